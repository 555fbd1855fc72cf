/** What can be read off an edit without looking anything up. Pure. */
import type { Edit, VideoEdit } from '@vitrine/schema';

/** The uploads that an edit names, each once, in the order in which they are first needed. */
export function uploadsOf(edit: Edit | null): string[] {
  if (edit === null) return [];
  if (edit.kind === 'photos') return [...new Set(edit.photos.map((photo) => photo.uploadId))];
  const ofClips = edit.clips.flatMap(({ source }) => ('uploadId' in source ? [source.uploadId] : []));
  return [...new Set([...ofClips, ...edit.voiceOvers.map((voice) => voice.uploadId)])];
}

/** The upload whose picture stands for the edit; undefined while there is none. */
export function coverUploadOf(edit: Edit | null): string | undefined {
  if (edit === null) return undefined;
  if (edit.kind === 'photos') return edit.photos[0]?.uploadId;
  for (const { source } of edit.clips) if ('uploadId' in source) return source.uploadId;
  return undefined;
}

/** How long the finished video will be, in whole milliseconds; 0 for photos. */
export function durationMsOf(edit: Edit | null): number {
  if (edit?.kind !== 'video') return 0;
  return Math.round(edit.clips.reduce((sum, clip) => sum + Math.max(0, clip.outMs - clip.inMs) / clip.speed, 0));
}

/** The post that an edit is a duet or a stitch of. */
export function parentOf(edit: Edit): { kind: 'duet' | 'stitch'; postId: string } | undefined {
  if (edit.kind !== 'video') return undefined;
  if (edit.duet) return { kind: 'duet', postId: edit.duet.postId };
  const [first] = edit.clips;
  return first && 'postId' in first.source ? { kind: 'stitch', postId: first.source.postId } : undefined;
}

/** The same pictures with the author's own sound alone: nothing laid under it, and the parent's part silent. */
export function ownSoundOnly(edit: VideoEdit): VideoEdit {
  return {
    ...edit,
    sound: null,
    duet: edit.duet && { ...edit.duet, gain: 0 },
    clips: edit.clips.map((clip) => ('postId' in clip.source ? { ...clip, gain: 0 } : clip)),
  };
}
