/** What has changed of posts and accounts, noted by whoever delivers events, until the learner has taken it in. */
import type { Db } from '../platform/database.ts';
import type { World } from '../platform/world.ts';

/** A post or account to be looked at again. */
export interface NotedChange {
  subjectId: string;
  kind: 'post' | 'account';
  /** Public number of a post, if it ever had one. */
  publicNumber: number | undefined;
  notedAt: Date;
}

/** Notes a change; the number is kept from when the row was still there. */
export async function noteChange(
  db: Db,
  world: World,
  change: { subjectId: string; kind: 'post' | 'account'; publicNumber?: number | undefined },
): Promise<void> {
  const number = change.publicNumber ?? (change.kind === 'post' ? await numberOf(db, change.subjectId) : undefined);
  const own = { kind: change.kind, noted_at: world.now(), ...(number === undefined ? {} : { public_number: number }) };
  await db
    .insertInto('shelf_changes')
    .values({ subject_id: change.subjectId, ...own })
    .onConflict((conflict) => conflict.column('subject_id').doUpdateSet(own))
    .execute();
}

async function numberOf(db: Db, postId: string): Promise<number | undefined> {
  const row = await db.selectFrom('posts').select('public_number').where('id', '=', postId).executeTakeFirst();
  return row?.public_number == null ? undefined : Number(row.public_number);
}

/** Everything noted. */
export async function notedChanges(db: Db): Promise<NotedChange[]> {
  const rows = await db.selectFrom('shelf_changes').selectAll().orderBy('noted_at').limit(1000).execute();
  return rows.map((row) => ({
    subjectId: row.subject_id,
    kind: row.kind === 'account' ? 'account' : 'post',
    publicNumber: row.public_number === null ? undefined : Number(row.public_number),
    notedAt: row.noted_at,
  }));
}

/** Forgets what was taken in, but not what was noted again since. */
export async function forgetChanges(db: Db, changes: readonly NotedChange[]): Promise<void> {
  for (const { subjectId, notedAt } of changes) {
    await db.deleteFrom('shelf_changes').where('subject_id', '=', subjectId).where('noted_at', '<=', notedAt).execute();
  }
}
