/** Where each clip stands in the finished video, and which moment of its source is seen when. */
import type { Clip, VideoEdit } from '@vitrine/schema';

/** A clip in its place: [startMs, endMs) of the finished video. */
export type PlacedClip = { clip: Clip; index: number; startMs: number; endMs: number };
/** All clips where they play, one after the other. */
export type Timeline = { clips: PlacedClip[]; durationMs: number };

/** Length of a clip in the finished video, in whole milliseconds. */
export function clipLengthMs(clip: Pick<Clip, 'inMs' | 'outMs' | 'speed'>): number {
  return Math.max(0, Math.round((clip.outMs - clip.inMs) / clip.speed));
}

/** All clips, one after the other. */
export function timelineOf(edit: Pick<VideoEdit, 'clips'>): Timeline {
  const clips: PlacedClip[] = [];
  let startMs = 0;
  for (const [index, clip] of edit.clips.entries()) {
    const endMs = startMs + clipLengthMs(clip);
    clips.push({ clip, index, startMs, endMs });
    startMs = endMs;
  }
  return { clips, durationMs: startMs };
}

/** The clip that is seen at a moment; past the end the last one; undefined in an empty edit. */
export function clipAt(timeline: Timeline, atMs: number): PlacedClip | undefined {
  const shown = timeline.clips.filter((placed) => placed.endMs > placed.startMs);
  return shown.find((placed) => atMs < placed.endMs) ?? shown.at(-1);
}

/** Which moment of the clip's source is seen at a moment of the finished video. */
export function sourceMsAt({ clip, startMs }: PlacedClip, atMs: number): number {
  return Math.min(clip.outMs, Math.max(clip.inMs, clip.inMs + (atMs - startMs) * clip.speed));
}
