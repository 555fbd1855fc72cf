/** What an author is told of a decision. */
import type { NotifyStore } from '../notify/store.ts';
import type { Tx } from '../platform/database.ts';
import type { World } from '../platform/world.ts';
import type { SubjectKind } from '../restrict/store.ts';

/** What is decided about. */
export interface Subject {
  kind: SubjectKind;
  id: string;
  /** Whose it is: who is told. Of a sound of the library: nobody's. */
  accountId: string;
  /** Of a comment: the post under which it stands. */
  postId?: string;
}

/** What is told of a decision. */
export interface Told {
  subject: Subject;
  what: string;
  ground: string;
  ledgerIndex: number;
  isLifted: boolean;
}

/** Tells whose it is. */
export async function tellAuthor(
  { notify, world }: { notify: NotifyStore; world: World },
  tx: Tx,
  told: Told,
): Promise<void> {
  const { subject, ...decision } = told;
  await notify.tell(tx, {
    id: world.newId(),
    accountId: subject.accountId,
    kind: 'decision',
    postId: subject.kind === 'post' ? subject.id : subject.postId,
    commentId: subject.kind === 'comment' ? subject.id : undefined,
    body: { ...decision, subjectKind: subject.kind },
  });
}
