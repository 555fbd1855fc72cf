/** Restrictions in force and lifted. Every serving query joins them. */
import { sql, type RawBuilder } from 'kysely';
import type { Db, Tx } from '../platform/database.ts';
import type { World } from '../platform/world.ts';

/** What can be restricted. */
export type SubjectKind = 'post' | 'account' | 'comment' | 'sound';
/** removed: a post or comment is shown to nobody · suspended: an account and all that it published · muted: a sound, wherever it is used. */
type RestrictionKind = 'removed' | 'suspended' | 'muted';

/** A restriction as anyone may know it. */
export interface Restriction {
  what: string;
  ground: string;
  at: Date;
  ledgerIndex: number;
  scope: string;
}

/** A restriction with what became of it. */
export interface PastRestriction extends Restriction {
  subject: string;
  liftedAt: Date | undefined;
  liftedLedgerIndex: number | undefined;
}

/** What a new restriction needs; `ledgerIndex` comes from the entry written in the same transaction. */
interface NewRestriction {
  subjectKind: SubjectKind;
  subjectId: string;
  what: RestrictionKind;
  ground: string;
  scope: string;
  ledgerIndex: number;
}

/** The owner of restrictions. */
export interface RestrictStore {
  /** The restriction in force on a subject, or undefined. */
  openRestriction(subjectId: string): Promise<Restriction | undefined>;
  /** All restrictions ever on any of the subjects, newest first. */
  history(subjectIds: readonly string[]): Promise<PastRestriction[]>;
  /** Puts a restriction in force. Called by moderate alone. */
  restrict(tx: Tx, restriction: NewRestriction): Promise<void>;
  /** Ends the one in force; false if there was none. Called by moderate alone. */
  lift(tx: Tx, subjectId: string, ledgerIndex: number): Promise<boolean>;
}

/**
 * SQL condition: no restriction is in force on the row's subject.
 * @param subject the column that holds the subject's id, as `table.column`
 */
export function isUnrestricted(subject: string): RawBuilder<boolean> {
  return sql<boolean>`not exists (select 1 from restrictions where restrictions.subject_id = ${sql.ref(subject)} and restrictions.lifted_at is null)`;
}

/** The restriction in force on a subject, read with the given connection. */
export async function openRestriction(db: Db | Tx, subjectId: string): Promise<Restriction | undefined> {
  const row = await db
    .selectFrom('restrictions')
    .select(['what', 'ground', 'scope', 'made_at', 'ledger_index'])
    .where('subject_id', '=', subjectId)
    .where('lifted_at', 'is', null)
    .orderBy('made_at')
    .limit(1)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    what: row.what,
    ground: row.ground,
    scope: row.scope,
    at: row.made_at,
    ledgerIndex: Number(row.ledger_index),
  };
}

async function history(db: Db, subjectIds: readonly string[]): Promise<PastRestriction[]> {
  const rows = await db
    .selectFrom('restrictions')
    .selectAll()
    .where('subject_id', 'in', [...subjectIds])
    .orderBy('made_at', 'desc')
    .execute();
  return rows.map((row) => ({
    subject: row.subject_kind,
    what: row.what,
    ground: row.ground,
    scope: row.scope,
    at: row.made_at,
    ledgerIndex: Number(row.ledger_index),
    liftedAt: row.lifted_at ?? undefined,
    liftedLedgerIndex: row.lifted_ledger_index === null ? undefined : Number(row.lifted_ledger_index),
  }));
}

/** The store over a database. */
export function restrictStore(db: Db, world: World): RestrictStore {
  return {
    openRestriction: (subjectId) => openRestriction(db, subjectId),
    history: (subjectIds) => history(db, subjectIds),
    restrict: async (tx, restriction) => {
      await tx
        .insertInto('restrictions')
        .values({
          id: world.newId(),
          subject_kind: restriction.subjectKind,
          subject_id: restriction.subjectId,
          what: restriction.what,
          ground: restriction.ground,
          scope: restriction.scope,
          ledger_index: restriction.ledgerIndex,
          made_at: world.now(),
        })
        .execute();
    },
    lift: async (tx, subjectId, ledgerIndex) => {
      const lifted = await tx
        .updateTable('restrictions')
        .set({ lifted_at: world.now(), lifted_ledger_index: ledgerIndex })
        .where('subject_id', '=', subjectId)
        .where('lifted_at', 'is', null)
        .executeTakeFirst();
      return lifted.numUpdatedRows > 0n;
    },
  };
}
