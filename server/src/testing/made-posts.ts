/** Accounts and playable posts put straight into the tables, for tests of what stands on them. The files are a few bytes that no player would take. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Grounds } from '../stores.ts';

/** What a made account may differ in. */
export interface MadeAccount {
  handle: string;
  isPrivate?: boolean;
  name?: string;
  bio?: string;
}

/** Makes an account without any way to sign in; returns its id. */
export async function makeAccount({ db, world }: Grounds, made: MadeAccount): Promise<string> {
  const id = world.newId();
  await db
    .insertInto('accounts')
    .values({
      id,
      handle: made.handle,
      name: made.name ?? made.handle,
      bio: made.bio ?? '',
      links: '[]',
      is_private: made.isPrivate ?? false,
      age_band: '18over',
      created_at: world.now(),
    })
    .execute();
  await db.insertInto('handles').values({ handle: made.handle, account_id: id, is_current: true }).execute();
  return id;
}

/** What a made post may differ in. */
export interface MadePost {
  accountId: string;
  text?: string;
  altText?: string;
  tags?: string[];
  audience?: 'everyone' | 'followers' | 'onlyMe';
  state?: string;
  publishedAt?: Date;
  allow?: { comments?: boolean; save?: boolean; embed?: boolean };
  labels?: string[];
  /** Bytes of its one rendition. */
  bytes?: Uint8Array;
}

/** A post as made, with the ids of its files. */
export interface PostAndFiles {
  id: string;
  videoId: string;
  renditionFileId: string;
  posterFileId: string;
}

const PNG_LIKE = new Uint8Array([0xff, 0xd8, 0xff, 0xd9]);

/** Makes a published post of 12 s, 1080x1920, with one rendition, a poster and a storyboard. */
export async function makePost(grounds: Grounds, made: MadePost): Promise<PostAndFiles> {
  const { db, world } = grounds;
  const id = world.newId();
  const videoId = world.newId();
  const at = made.publishedAt ?? world.now();
  const isPublic = (made.audience ?? 'everyone') === 'everyone';
  const owner = { accountId: made.accountId, videoId, isPublic };
  const bytes = made.bytes ?? new Uint8Array(1000).map((_, place) => place % 251);
  const [posterFileId, storyboardFileId, renditionFileId] = [
    await makeFile(grounds, { ...owner, kind: 'poster', mime: 'image/jpeg', bytes: PNG_LIKE }),
    await makeFile(grounds, { ...owner, kind: 'storyboard', mime: 'image/jpeg', bytes: PNG_LIKE }),
    await makeFile(grounds, { ...owner, kind: 'rendition', mime: 'video/mp4', bytes }),
  ];
  await db
    .insertInto('videos')
    .values({
      account_id: made.accountId,
      id: videoId,
      source_id: videoId,
      state: 'ready',
      is_waiting: false,
      duration_ms: 12_000,
      width_px: 1080,
      height_px: 1920,
      has_audio: true,
      poster_file_id: posterFileId,
      poster_avif_file_id: posterFileId,
      poster_placeholder: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=',
      poster_is_bright: false,
      storyboard_file_id: storyboardFileId,
      storyboard_frames: 5,
      storyboard_width_px: 104,
      storyboard_height_px: 185,
      created_at: at,
      playable_at: at,
    })
    .execute();
  await db
    .insertInto('renditions')
    .values({
      video_id: videoId,
      id: world.newId(),
      file_id: renditionFileId,
      height_px: 960,
      width_px: 540,
      codec: 'avc1.64001f,mp4a.40.2',
      bitrate_bps: 1_200_000,
      size_bytes: bytes.length,
      head_bytes: 100,
      fragments: '[]',
      created_at: at,
    })
    .execute();
  await insertPost(grounds, { ...made, id, videoId, at });
  return { id, videoId, renditionFileId, posterFileId };
}

async function insertPost({ db }: Grounds, made: MadePost & { id: string; videoId: string; at: Date }): Promise<void> {
  await db
    .insertInto('posts')
    .values({
      account_id: made.accountId,
      id: made.id,
      video_id: made.videoId,
      text: made.text ?? '',
      audience: made.audience ?? 'everyone',
      allow_comments: made.allow?.comments ?? true,
      allow_duet: true,
      allow_stitch: true,
      allow_save: made.allow?.save ?? true,
      allow_embed: made.allow?.embed ?? true,
      allow_recommend: true,
      labels: JSON.stringify(made.labels ?? []),
      alt_text: made.altText ?? '',
      state: made.state ?? 'published',
      created_at: made.at,
      published_at: made.at,
    })
    .execute();
  for (const tag of made.tags ?? [])
    await db.insertInto('post_tags').values({ tag, post_id: made.id, published_at: made.at }).execute();
  const counted = await db
    .updateTable('counters')
    .set((eb) => ({ value: eb('value', '+', '1') }))
    .where('name', '=', 'post_number')
    .returning('value')
    .executeTakeFirstOrThrow();
  await db.updateTable('posts').set({ public_number: counted.value }).where('id', '=', made.id).execute();
}

async function makeFile(
  grounds: Grounds,
  made: { accountId: string; videoId: string; isPublic: boolean; kind: string; mime: string; bytes: Uint8Array },
): Promise<string> {
  const { db, world, media } = grounds;
  const id = Buffer.from(world.randomBytes(16)).toString('hex');
  const storeKey = `videos/${made.videoId}/1/${id}`;
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-made-'));
  await writeFile(join(folder, id), made.bytes);
  await media.put(storeKey, join(folder, id));
  await rm(folder, { recursive: true });
  const sha256 = createHash('sha256').update(made.bytes).digest('hex');
  await db
    .insertInto('media_files')
    .values({
      id,
      account_id: made.accountId,
      video_id: made.videoId,
      kind: made.kind,
      store_key: storeKey,
      mime: made.mime,
      size_bytes: made.bytes.length,
      sha256,
      is_public: made.isPublic,
      created_at: world.now(),
    })
    .execute();
  return id;
}

/** Puts a restriction in force without entry, as moderate would with one. */
export async function makeRestriction(
  { db, world }: Grounds,
  subject: { kind: 'post' | 'account'; id: string; ground?: string },
): Promise<void> {
  await db
    .insertInto('restrictions')
    .values({
      id: world.newId(),
      subject_kind: subject.kind,
      subject_id: subject.id,
      what: subject.kind === 'post' ? 'removed' : 'suspended',
      ground: subject.ground ?? 'spam',
      scope: 'everywhere',
      ledger_index: 7,
      made_at: world.now(),
    })
    .execute();
}
