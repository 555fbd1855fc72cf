/** What people change: the owner its title and who may use it, anyone what they saved. */
import type { SoundLibrary } from '@vitrine/schema';
import { sql } from 'kysely';
import { cleanLine, cleanLines } from '../accounts/display-text.ts';
import type { Db, Tx } from '../platform/database.ts';
import { refuse } from '../platform/problem.ts';
import type { World } from '../platform/world.ts';
import { isMadeFrom, writeCredits } from './credits.ts';
import { moveFiles } from './end.ts';
import { isSoundMuted, isSoundShown } from './visibility.ts';

interface ChangeGrounds {
  db: Db;
  world: World;
}

/** Only what is given changes. */
export interface SoundChange {
  title?: string | undefined;
  artist?: string | undefined;
  licence?: string | null | undefined;
  creditLine?: string | undefined;
  allowUse?: boolean | undefined;
  /** The sound that it is credited to; null: to none. */
  madeFromId?: string | null | undefined;
}

/**
 * Changes a sound. A recording of one's own is heard by others from the moment it may be used.
 * @throws not_found when it is not the account's own
 */
export async function changeSound(
  { db, world }: ChangeGrounds,
  own: { accountId: string; soundId: string },
  change: SoundChange,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const sound = await tx
      .selectFrom('sounds')
      .selectAll()
      .where('id', '=', own.soundId)
      .forUpdate()
      .executeTakeFirst();
    if (sound?.account_id !== own.accountId) throw refuse('not_found');
    const title = change.title === undefined ? sound.title : cleanLine(change.title);
    if (title === '') throw refuse('malformed', 'A sound needs a title.');
    const allowUse = change.allowUse ?? sound.allow_use;
    const isPublic = sound.origin === 'upload' ? allowUse : sound.is_public;
    await tx
      .updateTable('sounds')
      .set({
        title,
        artist: change.artist === undefined ? sound.artist : cleanLine(change.artist),
        licence: change.licence === undefined ? sound.licence : cleanLine(change.licence ?? '') || null,
        credit_line: change.creditLine === undefined ? sound.credit_line : cleanLines(change.creditLine),
        allow_use: allowUse,
        is_public: isPublic,
      })
      .where('id', '=', sound.id)
      .execute();
    if (isPublic !== sound.is_public) await moveFiles(tx, world, { soundId: sound.id, isPublic });
    if (change.madeFromId !== undefined) await creditTo(tx, own, change.madeFromId ?? undefined);
  });
}

/**
 * Makes an uploaded sound the library's: of no account, free to use under the licence that is named. Again changes its words.
 * @throws not_found when it is neither the account's own upload nor the library's already
 */
export async function toLibrary(
  { db, world }: ChangeGrounds,
  own: { accountId: string; soundId: string },
  words: SoundLibrary,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const sound = await tx
      .selectFrom('sounds')
      .selectAll()
      .where('id', '=', own.soundId)
      .forUpdate()
      .executeTakeFirst();
    const isOwnUpload = sound?.origin === 'upload' && sound.account_id === own.accountId;
    if (!sound || !(isOwnUpload || sound.origin === 'library')) throw refuse('not_found');
    const title = cleanLine(words.title);
    const licence = cleanLine(words.licence);
    if (title === '' || licence === '')
      throw refuse('malformed', 'A sound of the library needs a title and a licence.');
    await tx
      .updateTable('sounds')
      .set({
        account_id: null,
        origin: 'library',
        title,
        artist: cleanLine(words.artist),
        licence,
        credit_line: cleanLines(words.creditLine),
        allow_use: true,
        is_public: true,
      })
      .where('id', '=', sound.id)
      .execute();
    if (!sound.is_public) await moveFiles(tx, world, { soundId: sound.id, isPublic: true });
  });
}

/** Credits a recording to the sound that it holds. A post's own sound keeps the chain that its making gave it. */
async function creditTo(
  tx: Tx,
  own: { accountId: string; soundId: string },
  madeFromId: string | undefined,
): Promise<void> {
  const sound = await tx
    .selectFrom('sounds')
    .select(['same_as_id', isSoundMuted('sounds.id').as('is_muted')])
    .where('id', '=', own.soundId)
    .executeTakeFirst();
  // Whoever took the credit back now would be heard again.
  if (sound?.is_muted) throw refuse('sound_muted');
  if (madeFromId !== undefined) {
    const isThere =
      await sql`select 1 from sounds where sounds.id = ${madeFromId} and ${isSoundShown(own.accountId)}`.execute(tx);
    if (
      isThere.rows.length === 0 ||
      sound?.same_as_id !== madeFromId ||
      (await isMadeFrom(tx, madeFromId, own.soundId))
    )
      throw refuse('not_found', 'This sound does not hold that recording.');
  }
  await tx
    .updateTable('sounds')
    .set({ made_from_id: madeFromId ?? null })
    .where('id', '=', own.soundId)
    .execute();
  await writeCredits(tx, own.soundId, madeFromId);
}

/** Keeps a sound among the account's saved ones. */
export async function saveSound({ db, world }: ChangeGrounds, accountId: string, soundId: string): Promise<void> {
  const found = await sql`select 1 from sounds where sounds.id = ${soundId} and ${isSoundShown(accountId)}`.execute(db);
  if (found.rows.length === 0) throw refuse('not_found');
  await db
    .insertInto('sound_saves')
    .values({ account_id: accountId, sound_id: soundId, created_at: world.now() })
    .onConflict((conflict) => conflict.columns(['account_id', 'sound_id']).doNothing())
    .execute();
}

/** Takes it away again; no error when it was not there. */
export async function unsaveSound(db: Db, accountId: string, soundId: string): Promise<void> {
  await db.deleteFrom('sound_saves').where('account_id', '=', accountId).where('sound_id', '=', soundId).execute();
}
