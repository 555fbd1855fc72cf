/** Complaints, from anyone. */
import { complaintAnswerSchema, complaintSchema, idSchema } from '@vitrine/schema';
import type { AccountStore } from '../accounts/store.ts';
import type { App } from '../platform/http.ts';
import { refuse } from '../platform/problem.ts';
import type { ModerateStore } from './store.ts';

/** What these routes need. */
interface ModerateParts {
  moderate: ModerateStore;
  accounts: AccountStore;
}

/** Registers them. */
export function moderateRoutes(app: App, parts: ModerateParts): void {
  const schema = { body: complaintSchema, response: { 201: complaintAnswerSchema } };
  app.post('/api/v1/complaints', { schema }, async (request, reply) => {
    const { subject, reason, text } = request.body;
    const complainantId = request.viewer?.accountId;
    const subjectId = await findShown(parts, subject, complainantId);
    const id = await parts.moderate.complain({ subjectKind: subject.kind, subjectId, reason, text, complainantId });
    return reply.code(201).send({ id });
  });
}

/** The id of what is complained about; what one cannot see does not exist. */
async function findShown(
  { moderate, accounts }: ModerateParts,
  subject: { kind: 'post' | 'account' | 'comment' | 'sound'; id: string },
  viewerId: string | undefined,
): Promise<string> {
  if (subject.kind === 'account') return accounts.shownAccountId(subject.id, viewerId);
  const isShown =
    idSchema.safeParse(subject.id).success && (await moderate.isSubjectShown(subject.kind, subject.id, viewerId));
  if (!isShown) throw refuse('not_found');
  return subject.id;
}
