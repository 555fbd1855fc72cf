/** The chain of credits: what a sound was made from, nearest first. */
import type { Db, Tx } from '../platform/database.ts';
import { sql } from 'kysely';

/** Longest chain that is kept; what lies further back is still in the chain of what it was made from. */
const LONGEST_CHAIN = 50;

/** Writes a sound's chain: itself, then the chain of what it was made from; and the same into the chains of all that were made from it. */
export async function writeCredits(tx: Tx, soundId: string, madeFromId: string | undefined): Promise<void> {
  await sql`delete from sound_credits
    where sound_id in (select own.sound_id from sound_credits own where own.of_sound_id = ${soundId})
      and of_sound_id in (select above.of_sound_id from sound_credits above where above.sound_id = ${soundId} and above.distance > 0)`.execute(
    tx,
  );
  await tx
    .insertInto('sound_credits')
    .values({ sound_id: soundId, of_sound_id: soundId, distance: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  if (madeFromId === undefined) return;
  await sql`insert into sound_credits (sound_id, of_sound_id, distance)
    select own.sound_id, above.of_sound_id, own.distance + above.distance + 1
    from sound_credits own, sound_credits above
    where own.of_sound_id = ${soundId} and above.sound_id = ${madeFromId} and own.distance + above.distance < ${LONGEST_CHAIN}
      and above.of_sound_id != ${soundId} on conflict do nothing`.execute(tx);
}

/** A sound and all that were made from it, over any number of steps. */
export async function soundsMadeFrom(db: Db | Tx, soundId: string): Promise<string[]> {
  const rows = await db.selectFrom('sound_credits').select('sound_id').where('of_sound_id', '=', soundId).execute();
  return rows.map((row) => row.sound_id);
}

/** Whether one sound has the other in its chain. */
export async function isMadeFrom(db: Db | Tx, soundId: string, ofSoundId: string): Promise<boolean> {
  const found = await db
    .selectFrom('sound_credits')
    .select('distance')
    .where('sound_id', '=', soundId)
    .where('of_sound_id', '=', ofSoundId)
    .executeTakeFirst();
  return found !== undefined;
}
