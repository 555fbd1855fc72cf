/** Algorithms that people made. */
import { createHash } from 'node:crypto';
import { readWeights, type Weights, weightsHash } from '@vitrine/ranking';
import { LIMITS } from '@vitrine/schema';
import { sql } from 'kysely';
import { isAccountShown } from '../accounts/visibility.ts';
import type { Db } from '../platform/database.ts';
import { refuse } from '../platform/problem.ts';
import type { World } from '../platform/world.ts';

/** An algorithm as the list has it. */
interface AlgorithmRow {
  hash: string;
  name: string;
  about: string;
  handle: string;
  authorName: string;
  isMine: boolean;
  createdAt: Date;
}

/** The owner of algorithms. */
export type AlgorithmStore = ReturnType<typeof algorithmStore>;

/** The store over a database. */
export function algorithmStore(db: Db, world: World) {
  return {
    /** Publishes one; answers with its hash. The same weights again are the same algorithm. */
    make: (accountId: string, made: { name: string; about: string; weights: unknown }) =>
      make(db, world, { accountId, ...made }),
    list: (viewerId: string | undefined, page: { after: string | undefined; limit: number }) =>
      list(db, viewerId, page),
    /** Its weights; undefined for a hash that nobody published, or whose author is not public now. */
    read: (hash: string) => read(db, hash),
    /** false: it is not the account's. */
    remove: async (accountId: string, hash: string): Promise<boolean> => {
      const gone = await db
        .deleteFrom('algorithms')
        .where('hash', '=', hash)
        .where('account_id', '=', accountId)
        .executeTakeFirst();
      return gone.numDeletedRows > 0n;
    },
    forgetAccount: async (accountId: string): Promise<void> =>
      void (await db.deleteFrom('algorithms').where('account_id', '=', accountId).execute()),
  };
}

async function make(
  db: Db,
  world: World,
  { accountId, name, about, weights }: { accountId: string; name: string; about: string; weights: unknown },
): Promise<string> {
  const checked = checkedWeights(weights);
  const hash = weightsHash(checked, (bytes) => createHash('sha256').update(bytes).digest());
  await db.transaction().execute(async (tx) => {
    await sql`select id from accounts where id = ${accountId} for update`.execute(tx);
    const own = await tx
      .selectFrom('algorithms')
      .select((eb) => eb.fn.countAll().as('n'))
      .where('account_id', '=', accountId)
      .executeTakeFirstOrThrow();
    if (Number(own.n) >= LIMITS.algorithmsPerAccount) throw refuse('too_many_algorithms');
    const row = { hash, account_id: accountId, name, about, weights: JSON.stringify(checked), created_at: world.now() };
    const made = await tx
      .insertInto('algorithms')
      .values(row)
      .onConflict((conflict) => conflict.column('hash').doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows === 0n) throw refuse('algorithm_known');
  });
  return hash;
}

function checkedWeights(weights: unknown): Weights {
  try {
    return readWeights(weights);
  } catch (cause) {
    throw refuse('algorithm_refused', cause instanceof Error ? `${cause.message}.` : undefined);
  }
}

async function list(
  db: Db,
  viewerId: string | undefined,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<{ rows: AlgorithmRow[]; next: string | undefined }> {
  const rows = await db
    .selectFrom('algorithms')
    .innerJoin('accounts', 'accounts.id', 'algorithms.account_id')
    .select([
      'algorithms.hash',
      'algorithms.name',
      'algorithms.about',
      'algorithms.account_id',
      'algorithms.created_at',
      'accounts.handle',
      'accounts.name as author_name',
    ])
    .where(isAccountShown('algorithms.account_id', viewerId))
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(algorithms.created_at, algorithms.hash) < (select created_at, hash from algorithms where hash = ${after})`,
      ),
    )
    .orderBy('algorithms.created_at', 'desc')
    .orderBy('algorithms.hash', 'desc')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit).map((row) => ({
    hash: row.hash,
    name: row.name,
    about: row.about,
    handle: row.handle,
    authorName: row.author_name,
    isMine: row.account_id === viewerId,
    createdAt: row.created_at,
  }));
  return { rows: shown, next: rows.length > limit ? shown.at(-1)?.hash : undefined };
}

async function read(db: Db, hash: string): Promise<unknown> {
  const row = await db
    .selectFrom('algorithms')
    .select('weights')
    .where('hash', '=', hash)
    .where(isAccountShown('algorithms.account_id', undefined))
    .executeTakeFirst();
  return row?.weights;
}
