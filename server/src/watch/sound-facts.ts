/** From ids of sounds to facts: what a sound's page shows, and how the viewer stands to it. */
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../platform/database.ts';
import { isPostShown } from '../publish/visibility.ts';
import { isSoundMuted, isSoundShown } from '../sounds/visibility.ts';

/** Everything about a sound, before presentation. */
export interface SoundFacts {
  id: string;
  accountId: string | null;
  origin: string;
  state: string;
  title: string;
  artist: string;
  licence: string | null;
  creditLine: string;
  durationMs: number | null;
  loudnessLufs: number | null;
  tempoBpm: number | null;
  firstBeatMs: number | null;
  waveform: unknown;
  allowUse: boolean;
  handle: string | null;
  name: string | null;
  avatarFileId: string | null;
  fileId: string | null;
  isFilePublic: boolean | null;
  cover: { fileId: string; isPublic: boolean } | null;
  postId: string | null;
  postHandle: string | null;
  postCount: string;
  muted: { ground: string; at: string; ledgerIndex: number } | null;
  sameAsId: string | null;
  hasSaved: boolean;
}

/** A sound as a credit names it. */
export interface CreditFacts {
  id: string;
  title: string;
  artist: string;
  origin: string;
}

/** The sound of a post as read with the post. */
export interface CardSoundFacts extends CreditFacts {
  isMuted: boolean;
  fileId: string | null;
  isPublic: boolean;
  coverFileId: string | null;
  isCoverPublic: boolean | null;
  over: CreditFacts | null;
}

/** Whom a sound names: its artist, or the account that it is of. */
const ARTIST = sql`coalesce(nullif(sounds.artist, ''), nullif(owners.name, ''), owners.handle, '')`;

/** The post that an original sound was taken from, where the viewer may watch it. */
function shownPost(viewerId: string | undefined, what: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select ${what} from posts join accounts post_owners on post_owners.id = posts.account_id
    where posts.id = sounds.post_id and ${isPostShown(viewerId)})`;
}

/** The sound's own cover, or else the poster of its post. */
function coverColumn(viewerId: string | undefined): RawBuilder<unknown> {
  const own = sql`(select json_build_object('fileId', files.id, 'isPublic', files.is_public) from media_files files where files.id = sounds.cover_file_id)`;
  const poster = sql`(select json_build_object('fileId', files.id, 'isPublic', files.is_public) from media_files files
    join videos on videos.poster_file_id = files.id where videos.id = sounds.video_id and files.withdrawn_at is null)`;
  return sql`coalesce(${own}, case when ${shownPost(viewerId, sql`true`)} then ${poster} end)`;
}

/** The sounds that the viewer may see; in no order. */
export async function soundFacts(db: Db, ids: readonly string[], viewerId: string | undefined): Promise<SoundFacts[]> {
  if (ids.length === 0) return [];
  const saved =
    viewerId === undefined
      ? sql`false`
      : sql`exists (select 1 from sound_saves where sound_id = sounds.id and account_id = ${viewerId})`;
  const found =
    await sql<SoundFacts>`select sounds.id, sounds.account_id as "accountId", sounds.origin, sounds.state, sounds.title, ${ARTIST} as artist,
      sounds.licence, sounds.credit_line as "creditLine", sounds.duration_ms as "durationMs", sounds.loudness_lufs as "loudnessLufs",
      sounds.tempo_bpm as "tempoBpm", sounds.first_beat_ms as "firstBeatMs", sounds.waveform, sounds.allow_use as "allowUse",
      owners.handle, owners.name, owners.avatar_file_id as "avatarFileId",
      sounds.file_id as "fileId", played.is_public as "isFilePublic", ${coverColumn(viewerId)} as cover,
      ${shownPost(viewerId, sql`posts.id`)} as "postId", ${shownPost(viewerId, sql`post_owners.handle`)} as "postHandle",
      (select count(*) from posts where ${usesSound(sql`sounds.id`)} and ${isPostShown(undefined)}) as "postCount",
      (select json_build_object('ground', r.ground, 'at', r.made_at, 'ledgerIndex', r.ledger_index) from sound_credits c
        join restrictions r on r.subject_id = c.of_sound_id and r.lifted_at is null
        where c.sound_id = sounds.id order by c.distance, r.made_at limit 1) as muted,
      sounds.same_as_id as "sameAsId", ${saved} as "hasSaved"
    from sounds left join accounts owners on owners.id = sounds.account_id
      left join media_files played on played.id = sounds.file_id and played.withdrawn_at is null
    where sounds.id in (${sql.join(ids)}) and ${isSoundShown(viewerId)}`.execute(db);
  return found.rows;
}

/** SQL condition on `posts`: the post carries the sound, or one made from it. */
export function usesSound(sound: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`posts.sound_id in (select uses.sound_id from sound_credits uses where uses.of_sound_id = ${sound})`;
}

/** The chains of credits of sounds, nearest first; what is not shown to the viewer is left out. */
export async function creditsOf(
  db: Db,
  ids: readonly string[],
  viewerId: string | undefined,
): Promise<Map<string, CreditFacts[]>> {
  const chains = new Map<string, CreditFacts[]>();
  if (ids.length === 0) return chains;
  const found = await sql<
    CreditFacts & { ofId: string }
  >`select chain.sound_id as "ofId", sounds.id, sounds.title, ${ARTIST} as artist, sounds.origin
    from sound_credits chain join sounds on sounds.id = chain.of_sound_id left join accounts owners on owners.id = sounds.account_id
    where chain.sound_id in (${sql.join(ids)}) and chain.distance > 0 and ${isSoundShown(viewerId)}
    order by chain.distance`.execute(db);
  for (const { ofId, ...credit } of found.rows) chains.set(ofId, [...(chains.get(ofId) ?? []), credit]);
  return chains;
}

/** The sound that a post's own sound was laid over: the nearest credit that the viewer may see. */
function overColumn(viewerId: string | undefined): RawBuilder<unknown> {
  return sql`(select json_build_object('id', sounds.id, 'title', sounds.title, 'artist', ${ARTIST}, 'origin', sounds.origin)
    from sound_credits chain join sounds on sounds.id = chain.of_sound_id left join accounts owners on owners.id = sounds.account_id
    where chain.sound_id = posts.sound_id and chain.distance = 1 and ${isSoundShown(viewerId)} limit 1)`;
}

/** The column of a post's sound on its card. The table `posts` is the query's. */
export function cardSoundColumn(viewerId: string | undefined): RawBuilder<unknown> {
  return sql`(select json_build_object('id', sounds.id, 'title', sounds.title, 'artist', ${ARTIST}, 'origin', sounds.origin,
      'isMuted', ${isSoundMuted('sounds.id')}, 'fileId', sounds.file_id, 'isPublic', sounds.is_public, 'coverFileId', covers.id, 'isCoverPublic', covers.is_public, 'over', ${overColumn(viewerId)})
    from sounds left join accounts owners on owners.id = sounds.account_id left join media_files covers on covers.id = sounds.cover_file_id
    where sounds.id = posts.sound_id and ${isSoundShown(viewerId)})`;
}
