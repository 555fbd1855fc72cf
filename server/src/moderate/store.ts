/** Complaints and decisions. A decision is one transaction: entry, restriction, notice, complaints closed. */
import type { ComplaintReason } from '@vitrine/schema';
import type { LedgerStore } from '../ledger/store.ts';
import type { NotifyStore } from '../notify/store.ts';
import type { Db, Tx } from '../platform/database.ts';
import { writeEvent } from '../platform/outbox.ts';
import { refuse } from '../platform/problem.ts';
import { utcDay, type World } from '../platform/world.ts';
import type { SoundStore } from '../sounds/store.ts';
import type { VideoStore } from '../transcode/store.ts';
import { openRestriction, type RestrictStore } from '../restrict/store.ts';
import {
  closeComplaints,
  dismissComplaint,
  fileComplaint,
  forgetComplainant,
  isSubjectShown,
  listComplaints,
  type NewComplaint,
} from './complaint-rows.ts';
import { settleSound } from './sound-claims.ts';
import { decisionEntry, liftEntry, sourceOf } from './statement.ts';
import { tellAuthor, type Subject } from './tell-author.ts';

/** Where a decision holds. */
const EVERYWHERE = 'everywhere';

/** What the store is built from. */
interface ModerateGrounds {
  db: Db;
  world: World;
  ledger: LedgerStore;
  restrict: RestrictStore;
  notify: NotifyStore;
  sounds: SoundStore;
  videos: VideoStore;
}

/** The owner of complaints and decisions. */
export type ModerateStore = ReturnType<typeof moderateStore>;

/** The store over a database. */
export function moderateStore(grounds: ModerateGrounds) {
  const { db, world } = grounds;
  return {
    isSubjectShown: (kind: 'post' | 'comment' | 'sound', id: string, viewerId: string | undefined) =>
      isSubjectShown(db, { kind, id }, viewerId),
    complain: (complaint: NewComplaint) => fileComplaint(db, world, complaint),
    complaints: (query: { withDecided: boolean; limit: number }) => listComplaints(db, query),
    dismiss: (id: string) => dismissComplaint(db, world, id),
    forgetComplainant: (accountId: string) => forgetComplainant(db, accountId),
    /** The post or comment of an id. */
    findSubject: (id: string) => findSubject(db, id),
    /** The sound of an id. */
    findSound: (id: string) => findSound(db, id),
    /** Sounds that hold a recording that is muted elsewhere. */
    heardCopies: () => grounds.sounds.heardCopies(),
    /** The decision in force about a subject. */
    openDecision: (subject: Subject) => openRestriction(db, subject.id),
    restrict: (subject: Subject, ground: ComplaintReason) => restrict(grounds, subject, ground),
    lift: (subject: Subject) => lift(grounds, subject),
  };
}

async function findSound(db: Db, id: string): Promise<Subject | undefined> {
  const sound = await db.selectFrom('sounds').select(['id', 'account_id']).where('id', '=', id).executeTakeFirst();
  return sound && { kind: 'sound', id: sound.id, accountId: sound.account_id ?? '' };
}

async function findSubject(db: Db, id: string): Promise<Subject | undefined> {
  const post = await db.selectFrom('posts').select(['id', 'account_id']).where('id', '=', id).executeTakeFirst();
  if (post) return { kind: 'post', id: post.id, accountId: post.account_id };
  const comment = await db
    .selectFrom('comments')
    .select(['id', 'account_id', 'post_id'])
    .where('id', '=', id)
    .executeTakeFirst();
  return comment && { kind: 'comment', id: comment.id, accountId: comment.account_id, postId: comment.post_id };
}

/** Removes a post or comment, or suspends an account. Answers with the entry's index. */
async function restrict(grounds: ModerateGrounds, subject: Subject, ground: ComplaintReason): Promise<number> {
  const { db, world } = grounds;
  const what = subject.kind === 'account' ? 'suspended' : subject.kind === 'sound' ? 'muted' : 'removed';
  return db.transaction().execute(async (tx) => {
    await lockSubject(tx, subject);
    if (await openRestriction(tx, subject.id)) throw refuse('already_restricted');
    const complaints = await closeComplaints(tx, world, { subjectId: subject.id, decision: what });
    const decision = { subjectKind: subject.kind, ground, scope: EVERYWHERE, day: utcDay(world.now()) };
    const entry = await grounds.ledger.append(tx, decisionEntry({ ...decision, source: sourceOf(ground, complaints) }));
    await grounds.restrict.restrict(tx, {
      subjectKind: subject.kind,
      subjectId: subject.id,
      what,
      ground,
      scope: EVERYWHERE,
      ledgerIndex: entry.index,
    });
    const told = { subject, what, ground, ledgerIndex: entry.index, isLifted: false };
    if (subject.kind === 'sound') await settleSound(grounds, tx, { ...told, isMuted: true });
    else await tellAuthor(grounds, tx, told);
    await writeEvent(tx, world, { kind: `${subject.kind}.${what}`, writerKey: subject.id, body: idsOf(subject) });
    return entry.index;
  });
}

/** Takes the decision in force back: everything is shown again as it was. */
async function lift(grounds: ModerateGrounds, subject: Subject): Promise<number> {
  const { db, world } = grounds;
  return db.transaction().execute(async (tx) => {
    await lockSubject(tx, subject);
    const restriction = await openRestriction(tx, subject.id);
    if (!restriction) throw refuse('not_restricted');
    const entry = await grounds.ledger.append(
      tx,
      liftEntry({ decisionIndex: restriction.ledgerIndex, day: utcDay(world.now()) }),
    );
    await grounds.restrict.lift(tx, subject.id, entry.index);
    const { what, ground } = restriction;
    const told = { subject, what, ground, ledgerIndex: entry.index, isLifted: true };
    if (subject.kind === 'sound') await settleSound(grounds, tx, { ...told, isMuted: false });
    else await tellAuthor(grounds, tx, told);
    const word = subject.kind === 'account' ? 'unsuspended' : subject.kind === 'sound' ? 'unmuted' : 'restored';
    await writeEvent(tx, world, { kind: `${subject.kind}.${word}`, writerKey: subject.id, body: idsOf(subject) });
    return entry.index;
  });
}

/** Two decisions about one subject wait for each other. */
async function lockSubject(tx: Tx, subject: Subject): Promise<void> {
  const table = ({ post: 'posts', comment: 'comments', account: 'accounts', sound: 'sounds' } as const)[subject.kind];
  await tx.selectFrom(table).select('id').where('id', '=', subject.id).forUpdate().execute();
}

function idsOf(subject: Subject): Record<string, string> {
  const own = { accountId: subject.accountId, ...(subject.postId === undefined ? {} : { postId: subject.postId }) };
  return subject.kind === 'account' ? own : { ...own, [`${subject.kind}Id`]: subject.id };
}
