/** Sounds: how they begin, who may use them, what their owner changes of them. */
import type { SoundLibrary, SoundOrigin } from '@vitrine/schema';
import { sql } from 'kysely';
import type { Db, Tx } from '../platform/database.ts';
import { enqueue } from '../platform/jobs.ts';
import { refuse } from '../platform/problem.ts';
import type { World } from '../platform/world.ts';
import { isMadeFrom, soundsMadeFrom, writeCredits } from './credits.ts';
import { changeSound, saveSound, toLibrary, unsaveSound } from './change.ts';
import { discardOriginal, discardSound, discardUploaded, eraseSounds, letHear, showSounds } from './end.ts';
import { heardCopies } from './prints.ts';
import { isSoundMuted, isSoundShown } from './visibility.ts';

/** What an edit needs of a sound. */
interface UsableSound {
  id: string;
  title: string;
  durationMs: number;
  /** The played file on the media store: AAC in MP4 at -14 LUFS. */
  storeKey: string;
}

/** A sound as it is named and credited. */
interface SoundNaming {
  id: string;
  title: string;
  artist: string;
  origin: SoundOrigin;
}

/** The sound of a post that is being published. */
interface WantedOriginal {
  videoId: string;
  postId: string;
  accountId: string;
  /** The sound that plays in it beside the author's own. */
  madeFromSoundId?: string | undefined;
  title?: string | undefined;
  isPublic: boolean;
}

/** The job that measures and keeps a sound. */
export const MAKE_SOUND = 'sound.make';
/** After what makes a video playable. */
const MAKE_PRIORITY = 30;
const ORIGINAL_TITLE = 'Original sound';

/** The owner of sounds. */
export type SoundStore = ReturnType<typeof soundStore>;

/** Opens the store. */
export function soundStore(db: Db, world: World) {
  return {
    beginUploaded: (tx: Tx, upload: { id: string; accountId: string; title: string }) =>
      beginUploaded(tx, world, upload),
    /**
     * The post has sound of its own: it gets a page. Called in the transaction that publishes; the same post again gets the same sound.
     * @returns the sound's id, which the post keeps as its `sound_id`
     */
    wantOriginal: (tx: Tx, wanted: WantedOriginal) => wantOriginal(tx, world, wanted),
    /**
     * A sound for an edit of the account.
     * @throws refusals not_found, sound_not_ready, sound_muted, sound_not_lent
     */
    forUse: (tx: Tx | Db, soundId: string, accountId: string) => forUse(tx, soundId, accountId),
    /** Names of sounds, whoever asks; ids of none are missing. */
    names: (ids: readonly string[], tx?: Tx) => names(tx ?? db, ids),
    /** Whether a claim of rights mutes it, or one that it was made from. */
    isMuted: (tx: Tx | Db, soundId: string) => isMuted(tx, soundId),
    madeFrom: (tx: Tx | Db, soundId: string) => soundsMadeFrom(tx, soundId),
    /** Sounds that are heard although a claim mutes their recording elsewhere. */
    heardCopies: () => heardCopies(db),
    isMadeFrom: (soundId: string, ofSoundId: string) => isMadeFrom(db, soundId, ofSoundId),
    /** A sound of the account plays in a public post of it. */
    letHear: (tx: Tx, own: { soundId: string; accountId: string }) => letHear(tx, world, own),
    /** The audience of a video's post changed: its sound follows. */
    show: (tx: Tx, video: { videoId: string; isPublic: boolean }) => showSounds(tx, world, video),
    change: (own: { accountId: string; soundId: string }, change: Parameters<typeof changeSound>[2]) =>
      changeSound({ db, world }, own, change),
    toLibrary: (own: { accountId: string; soundId: string }, words: SoundLibrary) =>
      toLibrary({ db, world }, own, words),
    save: (accountId: string, soundId: string) => saveSound({ db, world }, accountId, soundId),
    unsave: (accountId: string, soundId: string) => unsaveSound(db, accountId, soundId),
    /** Forgets a sound; returns the keys to remove from the store after the commit. */
    discard: discardSound,
    /** The upload that a sound was made of goes; the sound too, unless it is the library's. */
    discardUploaded,
    /** The post is gone for good: its sound goes too, unless others use it. */
    discardOriginal: (postId: string) => db.transaction().execute((tx) => discardOriginal(tx, postId)),
    eraseAccount: (accountId: string) => db.transaction().execute((tx) => eraseSounds(tx, accountId)),
  };
}

async function insertSound(
  tx: Tx,
  world: World,
  sound: {
    id: string;
    accountId: string;
    origin: SoundOrigin;
    title: string;
    allowUse: boolean;
    isPublic: boolean;
    videoId?: string;
    postId?: string;
    madeFromId?: string | undefined;
  },
): Promise<void> {
  await tx
    .insertInto('sounds')
    .values({
      id: sound.id,
      account_id: sound.accountId,
      origin: sound.origin,
      state: 'processing',
      title: sound.title,
      artist: '',
      credit_line: '',
      allow_use: sound.allowUse,
      is_public: sound.isPublic,
      video_id: sound.videoId ?? null,
      post_id: sound.postId ?? null,
      made_from_id: sound.madeFromId ?? null,
      created_at: world.now(),
    })
    .execute();
  await writeCredits(tx, sound.id, sound.madeFromId);
  await enqueue(tx, world, {
    kind: MAKE_SOUND,
    subjectId: sound.id,
    accountId: sound.accountId,
    priority: MAKE_PRIORITY,
  });
}

async function beginUploaded(
  tx: Tx,
  world: World,
  upload: { id: string; accountId: string; title: string },
): Promise<void> {
  if (await tx.selectFrom('sounds').select('id').where('id', '=', upload.id).executeTakeFirst()) return;
  await insertSound(tx, world, { ...upload, origin: 'upload', allowUse: false, isPublic: false });
}

async function wantOriginal(tx: Tx, world: World, wanted: WantedOriginal): Promise<string> {
  const known = await tx.selectFrom('sounds').select('id').where('post_id', '=', wanted.postId).executeTakeFirst();
  if (known) return known.id;
  const id = world.newId();
  await insertSound(tx, world, {
    id,
    accountId: wanted.accountId,
    origin: 'original',
    title: wanted.title || ORIGINAL_TITLE,
    allowUse: true,
    isPublic: wanted.isPublic,
    videoId: wanted.videoId,
    postId: wanted.postId,
    madeFromId: wanted.madeFromSoundId,
  });
  return id;
}

async function forUse(tx: Tx | Db, soundId: string, accountId: string): Promise<UsableSound> {
  const row = await tx
    .selectFrom('sounds')
    .leftJoin('media_files', 'media_files.id', 'sounds.file_id')
    .select([
      'sounds.id',
      'sounds.title',
      'sounds.duration_ms',
      'sounds.state',
      'sounds.account_id',
      'sounds.allow_use',
    ])
    .select(['media_files.store_key', isSoundMuted('sounds.id').as('is_muted')])
    .where('sounds.id', '=', soundId)
    .where(isSoundShown(accountId))
    .executeTakeFirst();
  if (!row) throw refuse('not_found', 'There is no such sound, or it is not shown to you.');
  if (row.is_muted) throw refuse('sound_muted');
  if (!row.allow_use && row.account_id !== accountId) throw refuse('sound_not_lent');
  if (row.state !== 'ready' || row.store_key === null || row.duration_ms === null) throw refuse('sound_not_ready');
  return { id: row.id, title: row.title, durationMs: row.duration_ms, storeKey: row.store_key };
}

async function isMuted(db: Tx | Db, soundId: string): Promise<boolean> {
  const found = await sql<{
    muted: boolean;
  }>`select ${isSoundMuted('sounds.id')} as muted from sounds where sounds.id = ${soundId}`.execute(db);
  return found.rows[0]?.muted ?? false;
}

async function names(db: Tx | Db, ids: readonly string[]): Promise<Map<string, SoundNaming>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('sounds')
    .leftJoin('accounts', 'accounts.id', 'sounds.account_id')
    .select(['sounds.id', 'sounds.title', 'sounds.artist', 'sounds.origin', 'accounts.name', 'accounts.handle'])
    .where('sounds.id', 'in', ids)
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        title: row.title,
        artist: row.artist || row.name || row.handle || '',
        origin: toOrigin(row.origin),
      },
    ]),
  );
}

/** Reads the column `sounds.origin`. */
export function toOrigin(origin: string): SoundOrigin {
  if (origin === 'library' || origin === 'original' || origin === 'upload') return origin;
  throw new Error(`a sound of the origin ${origin}`);
}
