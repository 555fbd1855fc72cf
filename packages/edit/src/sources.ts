/** What an edit must know of the files it names: by key, so that browser and server can look them up alike. */
import type { Clip, VideoEdit } from '@vitrine/schema';

/** `upload:<id>`, `post:<id>` or `sound:<id>`. */
export type SourceKey = `upload:${string}` | `post:${string}` | `sound:${string}`;

/** Facts about a source. Size as displayed, after rotation; 0 for sounds. */
export type SourceFacts = { durationMs: number; widthPx: number; heightPx: number; hasAudio: boolean };

/** All sources of an edit; one that is missing is not there (yet). */
export type Sources = ReadonlyMap<SourceKey, SourceFacts>;

/** The key of a clip's source. */
export function clipKey(clip: Pick<Clip, 'source'>): SourceKey {
  return 'uploadId' in clip.source ? `upload:${clip.source.uploadId}` : `post:${clip.source.postId}`;
}

/** Every key that an edit names, each once. */
export function sourceKeys(edit: VideoEdit): SourceKey[] {
  const keys: SourceKey[] = edit.clips.map(clipKey);
  if (edit.duet !== null) keys.push(`post:${edit.duet.postId}`);
  if (edit.sound !== null) keys.push(`sound:${edit.sound.soundId}`);
  for (const { uploadId } of edit.voiceOvers) keys.push(`upload:${uploadId}`);
  return [...new Set(keys)];
}
