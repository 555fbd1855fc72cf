/** Complaints: who may complain about what, and which are open. */
import type { ComplaintReason } from '@vitrine/schema';
import { sql } from 'kysely';
import type { Db, Tx } from '../platform/database.ts';
import type { World } from '../platform/world.ts';
import { isPostShown } from '../publish/visibility.ts';
import { isSoundShown } from '../sounds/visibility.ts';
import { isUnrestricted, type SubjectKind } from '../restrict/store.ts';

/** A complaint on its way in; `subjectId` is an id, of accounts too. */
export interface NewComplaint {
  subjectKind: SubjectKind;
  subjectId: string;
  reason: ComplaintReason;
  text: string;
  complainantId: string | undefined;
}

/** A complaint as the operator reads it. */
export interface Complaint {
  id: string;
  subjectKind: string;
  subjectId: string;
  /** Who made what is complained about. */
  handle: string | null;
  reason: string;
  text: string;
  at: string;
  /** How it was answered; null while open. */
  decision: string | null;
  /** Open complaints about the same subject. */
  open: number;
}

/** Whether the viewer can see what the complaint is about; what one cannot see one cannot complain about. */
export async function isSubjectShown(
  db: Db,
  { kind, id }: { kind: 'post' | 'comment' | 'sound'; id: string },
  viewerId: string | undefined,
): Promise<boolean> {
  const found =
    kind === 'sound'
      ? await sql`select 1 from sounds where sounds.id = ${id} and ${isSoundShown(viewerId)}`.execute(db)
      : kind === 'post'
        ? await sql`select 1 from posts where posts.id = ${id} and ${isPostShown(viewerId)}`.execute(db)
        : await sql`select 1 from comments join posts on posts.id = comments.post_id
          where comments.id = ${id} and comments.deleted_at is null and ${isUnrestricted('comments.id')} and ${isPostShown(viewerId)}`.execute(
            db,
          );
  return found.rows.length > 0;
}

/** Files a complaint. The same person's second one about the same subject, while the first is open, is the first. */
export async function fileComplaint(db: Db, world: World, complaint: NewComplaint): Promise<string> {
  return db.transaction().execute(async (tx) => {
    const earlier =
      complaint.complainantId === undefined
        ? undefined
        : await tx
            .selectFrom('complaints')
            .select('id')
            .where('subject_id', '=', complaint.subjectId)
            .where('complainant_id', '=', complaint.complainantId)
            .where('decided_at', 'is', null)
            .executeTakeFirst();
    if (earlier) return earlier.id;
    const id = world.newId();
    await tx
      .insertInto('complaints')
      .values({
        id,
        subject_kind: complaint.subjectKind,
        subject_id: complaint.subjectId,
        reason: complaint.reason,
        text: complaint.text,
        complainant_id: complaint.complainantId ?? null,
        created_at: world.now(),
      })
      .execute();
    return id;
  });
}

interface ComplaintRow {
  id: string;
  subject_kind: string;
  subject_id: string;
  handle: string | null;
  reason: string;
  text: string;
  created_at: Date;
  decision: string | null;
  open: string;
}

/** Complaints, those about the most complained first, then the oldest; also the decided ones when asked for. */
export async function listComplaints(db: Db, query: { withDecided: boolean; limit: number }): Promise<Complaint[]> {
  const found =
    await sql<ComplaintRow>`select c.id, c.subject_kind, c.subject_id, c.reason, c.text, c.created_at, c.decision,
      (select handle from accounts where accounts.id = coalesce(
        (select account_id from posts where posts.id = c.subject_id), (select account_id from comments where comments.id = c.subject_id), (select account_id from sounds where sounds.id = c.subject_id), c.subject_id)) as handle,
      (select count(*) from complaints o where o.subject_id = c.subject_id and o.decided_at is null) as open
    from complaints c where ${query.withDecided} or c.decided_at is null
    order by open desc, c.created_at limit ${query.limit}`.execute(db);
  return found.rows.map((row) => ({
    id: row.id,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    handle: row.handle,
    reason: row.reason,
    text: row.text,
    at: row.created_at.toISOString(),
    decision: row.decision,
    open: Number(row.open),
  }));
}

/** Closes all open complaints about a subject; answers how many there were. */
export async function closeComplaints(
  tx: Tx,
  world: World,
  closed: { subjectId: string; decision: string },
): Promise<number> {
  const rows = await tx
    .updateTable('complaints')
    .set({ decided_at: world.now(), decision: closed.decision })
    .where('subject_id', '=', closed.subjectId)
    .where('decided_at', 'is', null)
    .executeTakeFirst();
  return Number(rows.numUpdatedRows);
}

/** Closes one complaint without a restriction; false when there is no such open one. */
export async function dismissComplaint(db: Db, world: World, id: string): Promise<boolean> {
  const dismissed = await db
    .updateTable('complaints')
    .set({ decided_at: world.now(), decision: 'dismissed' })
    .where('id', '=', id)
    .where('decided_at', 'is', null)
    .executeTakeFirst();
  return dismissed.numUpdatedRows === 1n;
}

/** Forgets an erased account as complainant; what it complained about stays. */
export async function forgetComplainant(db: Db, accountId: string): Promise<void> {
  await db.updateTable('complaints').set({ complainant_id: null }).where('complainant_id', '=', accountId).execute();
}
