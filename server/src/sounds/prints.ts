/** Fingerprints as kept: the same recording is found by the words that both hold. */
import { sql } from 'kysely';
import type { Db, Tx } from '../platform/database.ts';
import { indexWords, isSameRecording, readPrint, type Print } from './matching.ts';

/** Sounds that are compared bit by bit. */
const CANDIDATES = 20;
/** Words that must agree before a sound is compared at all. */
const MIN_SHARED_WORDS = 3;
const MOST_WORDS = 2000;

/** A sound that holds the same recording. */
export interface SameRecording {
  soundId: string;
  accountId: string | null;
  isPublic: boolean;
  /** The claim of rights in force on it, by its entry in the public log. */
  claim: { ledgerIndex: number; ground: string } | undefined;
}

/** Sounds with the same recording, oldest first. */
export async function findSame(db: Db, soundId: string, print: Print): Promise<SameRecording[]> {
  const words = indexWords(print).slice(0, MOST_WORDS);
  if (words.length === 0) return [];
  const found = await sql<{ sound_id: string }>`select sound_id from sound_print_words
    where word in (${sql.join(words)}) and sound_id != ${soundId}
    group by sound_id having count(*) >= ${MIN_SHARED_WORDS} order by count(*) desc limit ${CANDIDATES}`.execute(db);
  const same: string[] = [];
  for (const { sound_id: id } of found.rows) {
    const row = await db.selectFrom('sound_prints').select('print').where('sound_id', '=', id).executeTakeFirst();
    if (row && isSameRecording(print, readPrint(row.print))) same.push(id);
  }
  return describe(db, same);
}

/** A sound that is heard although the recording that it holds is muted as another one. */
export interface HeardCopy {
  soundId: string;
  accountId: string | null;
  ofSoundId: string;
  /** The entry of the public log that mutes the other. */
  ledgerIndex: number;
}

/** Most claims that are looked through, newest first. */
const MOST_CLAIMS = 500;

/** All of them. Nothing is muted for being alike: prints can err, so that is for people to decide. */
export async function heardCopies(db: Db): Promise<HeardCopy[]> {
  const claims = await sql<{ id: string; print: Uint8Array; ledger_index: string }>`
    select prints.sound_id as id, prints.print, claims.ledger_index from restrictions claims
    join sound_prints prints on prints.sound_id = claims.subject_id
    where claims.subject_kind = 'sound' and claims.lifted_at is null order by claims.ledger_index desc limit ${MOST_CLAIMS}`.execute(
    db,
  );
  const copies = new Map<string, HeardCopy>();
  for (const { id, print, ledger_index: index } of claims.rows) {
    for (const { soundId, accountId, isPublic, claim } of await findSame(db, id, readPrint(print)))
      if (isPublic && claim === undefined)
        copies.set(soundId, { soundId, accountId, ofSoundId: id, ledgerIndex: Number(index) });
  }
  return [...copies.values()];
}

async function describe(db: Db, ids: readonly string[]): Promise<SameRecording[]> {
  if (ids.length === 0) return [];
  const rows = await sql<{
    id: string;
    account_id: string | null;
    is_public: boolean;
    ledger_index: string | null;
    ground: string | null;
  }>`select sounds.id, sounds.account_id, sounds.is_public, claims.ledger_index, claims.ground
    from sounds left join lateral (select r.ledger_index, r.ground from sound_credits c
      join restrictions r on r.subject_id = c.of_sound_id and r.lifted_at is null
      where c.sound_id = sounds.id order by c.distance limit 1) claims on true
    where sounds.id in (${sql.join(ids)}) and sounds.state = 'ready' order by sounds.created_at, sounds.id`.execute(db);
  return rows.rows.map((row) => ({
    soundId: row.id,
    accountId: row.account_id,
    isPublic: row.is_public,
    claim: row.ledger_index === null ? undefined : { ledgerIndex: Number(row.ledger_index), ground: row.ground ?? '' },
  }));
}

/** Keeps a print and its index. */
export async function keepPrint(tx: Tx, soundId: string, bytes: Uint8Array): Promise<void> {
  await tx.deleteFrom('sound_prints').where('sound_id', '=', soundId).execute();
  await tx.deleteFrom('sound_print_words').where('sound_id', '=', soundId).execute();
  const words = indexWords(readPrint(bytes));
  if (words.length === 0) return;
  await tx.insertInto('sound_prints').values({ sound_id: soundId, print: bytes }).execute();
  for (let at = 0; at < words.length; at += MOST_WORDS)
    await tx
      .insertInto('sound_print_words')
      .values(words.slice(at, at + MOST_WORDS).map((word) => ({ word, sound_id: soundId })))
      .execute();
}
