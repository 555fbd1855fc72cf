/** What everyone may know of a public post that the operator took away, in every answer about it the same. */
import { sql } from 'kysely';
import type { Db, Tx } from '../platform/database.ts';
import { refuse, type Refusal } from '../platform/problem.ts';
import { wasPublic } from './visibility.ts';

/** A restriction in force, as it is told. */
interface RemovalFacts {
  what: string;
  ground: string;
  scope: string;
  at: Date | string;
  ledgerIndex: number;
}

/** The refusal that names a restriction. */
export function removedBy({ what, ground, scope, at, ledgerIndex }: RemovalFacts): Refusal {
  return refuse('removed', { restriction: { what, ground, scope, ledgerIndex, at: new Date(at).toISOString() } });
}

/** The refusal for whatever belongs to a post that the viewer is not shown: removed where it was public, else not there. */
export async function refusalOfPost(db: Db | Tx, postId: string, viewerId: string | undefined): Promise<Refusal> {
  const found = await sql<RemovalFacts>`
    select r.what, r.ground, r.scope, r.made_at as at, r.ledger_index as "ledgerIndex"
    from posts join restrictions r on r.subject_id in (posts.id, posts.account_id) and r.lifted_at is null
    where posts.id = ${postId} and ${wasPublic(viewerId)}
    order by r.subject_kind desc, r.made_at limit 1`.execute(db);
  const restriction = found.rows[0];
  return restriction ? removedBy(restriction) : refuse('not_found');
}
