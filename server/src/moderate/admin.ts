/** What the operator does on the machine itself: `npm run admin`. Each command answers with lines for people and a value for machines. */
import { COMPLAINT_REASONS, idSchema, roleSchema } from '@vitrine/schema';
import { z } from 'zod';
import type { AccountStore } from '../accounts/store.ts';
import type { Settings } from '../platform/settings.ts';
import { isGround } from './grounds.ts';
import type { ModerateStore } from './store.ts';
import type { Subject } from './tell-author.ts';

/** What was typed, already taken apart. */
export const adminRequestSchema = z.object({
  command: z.string(),
  words: z.array(z.string()).max(10),
  ground: z.string().optional(),
  isAll: z.boolean().default(false),
});
/** The same, as the commands get it. */
export type AdminRequest = z.infer<typeof adminRequestSchema>;

/** What is said back. */
export interface AdminAnswer {
  lines: string[];
  json: unknown;
}

/** A command that cannot be done as it was typed; the message says why. */
export class AdminRefusal extends Error {
  override name = 'AdminRefusal';
}

/** What the commands work on. */
interface AdminParts {
  accounts: AccountStore;
  moderate: ModerateStore;
  settings: Settings;
}

/** The text of `--help`. */
export const ADMIN_HELP = `npm run admin -- COMMAND

  grant HANDLE ROLE             make somebody operator or moderator
  revoke-role HANDLE ROLE       take the role away
  complaints [--all]            what people complain about; --all: decided ones too
  dismiss COMPLAINT             close a complaint: nothing is wrong
  remove POST --ground G        show a post (or comment) to nobody; POST is its id or its address
  restore POST                  take that back
  suspend HANDLE --ground G     withhold an account and all that it published
  unsuspend HANDLE              take that back
  mute-sound SOUND --ground G   silence a sound, and every post that uses it or one made from it
  unmute-sound SOUND            give them their sound back
  copies                        sounds that hold a muted recording and are still heard
  invite                        make a code for one new account, good for 14 days

  --json   answer for machines
  --help   this text

Removing, suspending and taking back write the ledger entry, the restriction and the message to the author together.
Works while the server runs and while it does not; settings as for npm start (DATA_DIR, DATABASE_URL).
Grounds: ${COMPLAINT_REASONS.slice(0, 9).join(' ')}
         ${COMPLAINT_REASONS.slice(9).join(' ')}`;

type Command = (parts: AdminParts, request: AdminRequest) => Promise<AdminAnswer>;

const COMMANDS: Readonly<Record<string, Command>> = {
  grant: (parts, request) => changeRole(parts, request, true),
  'revoke-role': (parts, request) => changeRole(parts, request, false),
  complaints: listComplaints,
  dismiss: dismissComplaint,
  remove: async (parts, request) => decide(parts, await findPost(parts, request), request),
  restore: async (parts, request) => takeBack(parts, await findPost(parts, request), request),
  suspend: async (parts, request) => decide(parts, await findAccount(parts, request), request),
  unsuspend: async (parts, request) => takeBack(parts, await findAccount(parts, request), request),
  'mute-sound': async (parts, request) => decide(parts, await findSound(parts, request), request),
  'unmute-sound': async (parts, request) => takeBack(parts, await findSound(parts, request), request),
  copies: listCopies,
  invite: makeInvite,
};

/**
 * Does a command.
 * @throws AdminRefusal or a refusal of the stores, with words for people
 */
export async function runAdmin(parts: AdminParts, request: AdminRequest): Promise<AdminAnswer> {
  const command = Object.hasOwn(COMMANDS, request.command) ? COMMANDS[request.command] : undefined;
  if (!command)
    throw new AdminRefusal(`There is no command ${JSON.stringify(request.command)}. See npm run admin -- --help`);
  return command(parts, request);
}

/** What main prints while nobody runs the region. */
export function firstStartText(): string {
  return [
    'Nobody runs this region yet. Sign up in the browser, then on this machine:',
    '  npm run admin -- grant YOUR_HANDLE operator',
  ].join('\n  ');
}

function wordOf(request: AdminRequest, index: number, name: string): string {
  const word = request.words[index];
  if (word === undefined) throw new AdminRefusal(`${request.command} needs ${name}. See npm run admin -- --help`);
  return word;
}

async function changeRole(parts: AdminParts, request: AdminRequest, isGranted: boolean): Promise<AdminAnswer> {
  const { id } = await findAccount(parts, request);
  const role = roleSchema.safeParse(wordOf(request, 1, 'a role: operator or moderator'));
  if (!role.success) throw new AdminRefusal('A role is operator or moderator.');
  const handle = wordOf(request, 0, 'a handle').replace(/^@/, '');
  const isChanged = isGranted
    ? await parts.accounts.grantRole(id, role.data)
    : await parts.accounts.revokeRole(id, role.data);
  const now = `@${handle} is ${isGranted ? '' : 'not '}${role.data}`;
  return {
    lines: [isChanged ? `${now} now.` : `${now} already.`],
    json: { handle, role: role.data, isGranted, isChanged },
  };
}

async function findAccount(parts: AdminParts, request: AdminRequest): Promise<Subject> {
  const typed = wordOf(request, 0, 'a handle');
  const holder = await parts.accounts.findHandle(typed);
  if (!holder) throw new AdminRefusal(`There is no account ${typed}.`);
  return { kind: 'account', id: holder.accountId, accountId: holder.accountId };
}

/** A post or comment, by id or by the address of its page. */
async function findPost(parts: AdminParts, request: AdminRequest): Promise<Subject> {
  const typed = wordOf(request, 0, 'a post');
  const id = idSchema.safeParse(/[0-9a-f-]{36}(?=\/?$|[?#])/i.exec(typed)?.[0].toLowerCase());
  const subject = id.success ? await parts.moderate.findSubject(id.data) : undefined;
  if (!subject) throw new AdminRefusal(`There is no post or comment ${typed}.`);
  return subject;
}

/** A sound, by id or by the address of its page. */
async function findSound(parts: AdminParts, request: AdminRequest): Promise<Subject> {
  const typed = wordOf(request, 0, 'a sound');
  const id = idSchema.safeParse(/[0-9a-f-]{36}(?=\/?$|[?#])/i.exec(typed)?.[0].toLowerCase());
  const subject = id.success ? await parts.moderate.findSound(id.data) : undefined;
  if (!subject) throw new AdminRefusal(`There is no sound ${typed}.`);
  return subject;
}

async function decide(parts: AdminParts, subject: Subject, { ground, command }: AdminRequest): Promise<AdminAnswer> {
  if (!isGround(ground)) throw new AdminRefusal(`${command} needs --ground, one of: ${COMPLAINT_REASONS.join(' ')}`);
  const ledgerIndex = await parts.moderate.restrict(subject, ground);
  return {
    lines: [`Done: ${subject.kind} ${subject.id}, ground ${ground}. Ledger entry ${ledgerIndex}; the author is told.`],
    json: { subject: { kind: subject.kind, id: subject.id }, ground, ledgerIndex },
  };
}

/** Takes the decision in force back; a ground that is named must be that decision's. */
async function takeBack(parts: AdminParts, subject: Subject, { ground }: AdminRequest): Promise<AdminAnswer> {
  const decision = await parts.moderate.openDecision(subject);
  if (ground !== undefined && decision && decision.ground !== ground) {
    throw new AdminRefusal(`The decision in force has the ground ${decision.ground}, not ${ground}.`);
  }
  const ledgerIndex = await parts.moderate.lift(subject);
  return {
    lines: [`Taken back: ${subject.kind} ${subject.id}. Ledger entry ${ledgerIndex}; the author is told.`],
    json: { subject: { kind: subject.kind, id: subject.id }, ledgerIndex },
  };
}

const COMPLAINTS_AT_ONCE = 200;

async function listComplaints(parts: AdminParts, request: AdminRequest): Promise<AdminAnswer> {
  const complaints = await parts.moderate.complaints({ withDecided: request.isAll, limit: COMPLAINTS_AT_ONCE });
  const copies = await parts.moderate.heardCopies();
  const hint = `${copies.length} sounds hold a muted recording and are heard: npm run admin -- copies`;
  const lines = complaints.flatMap((one) => [
    `${one.id}  ${one.at.slice(0, 16)}Z  ${one.reason}${one.decision === null ? '' : `  (${one.decision})`}`,
    `  ${one.subjectKind} ${one.subjectId} of @${one.handle ?? '(gone)'}, ${one.open} open`,
    ...(one.text === '' ? [] : [`  "${onOneLine(one.text)}"`]),
  ]);
  const told = lines.length === 0 ? ['No complaints.'] : lines;
  return { lines: copies.length === 0 ? told : [...told, hint], json: { complaints } };
}

async function listCopies({ moderate }: AdminParts): Promise<AdminAnswer> {
  const copies = await moderate.heardCopies();
  const lines = copies.map(
    ({ soundId, ofSoundId, ledgerIndex }) =>
      `sound ${soundId}: the recording of ${ofSoundId}, which entry ${ledgerIndex} of the public log mutes`,
  );
  return { lines: lines.length === 0 ? ['None.'] : lines, json: { copies } };
}

/** Text of strangers on the operator's terminal: no line ends, no control codes. */
function onOneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').slice(0, 500);
}

async function dismissComplaint(parts: AdminParts, request: AdminRequest): Promise<AdminAnswer> {
  const typed = wordOf(request, 0, "a complaint's id");
  if (!idSchema.safeParse(typed).success || !(await parts.moderate.dismiss(typed)))
    throw new AdminRefusal(`There is no open complaint ${typed}.`);
  return { lines: ['Dismissed.'], json: { id: typed, decision: 'dismissed' } };
}

async function makeInvite({ accounts, settings }: AdminParts): Promise<AdminAnswer> {
  const { code, expiresAt } = await accounts.createInvite();
  const address = `${settings.publicUrl}/signup?invite=${code}`;
  return {
    lines: [code, `  ${address}`, `  good for one account until ${expiresAt.toISOString().slice(0, 10)}`],
    json: { code, address, expiresAt },
  };
}
