/** What an editor does to an edit. Each answers with a new edit and changes nothing; what cannot be done leaves it as it is. */
import { EDIT_LIMITS, type Clip, type VideoEdit } from '@vitrine/schema';
import { clipKey, type Sources } from './sources.ts';
import { clipLengthMs, sourceMsAt, timelineOf } from './timeline.ts';

/** An edit with nothing in it yet. */
export function emptyEdit(): VideoEdit {
  return {
    version: 1,
    kind: 'video',
    frame: '9:16',
    clips: [],
    originalGain: 1,
    sound: null,
    voiceOvers: [],
    texts: [],
    stickers: [],
    captions: null,
    duet: null,
    coverMs: null,
  };
}

/** Adds a clip at the end, or before the clip at `index`. */
export function addClip(edit: VideoEdit, clip: Clip, index: number = edit.clips.length): VideoEdit {
  return { ...edit, clips: edit.clips.toSpliced(Math.max(0, index), 0, clip) };
}

/** Cuts the clip at a moment of the finished video in two; the second half gets `newId`. Both halves last as long as the whole did. */
export function splitAt(edit: VideoEdit, atMs: number, newId: string): VideoEdit {
  const placed = timelineOf(edit).clips.find(({ startMs, endMs }) => startMs < atMs && atMs < endMs);
  if (placed === undefined) return edit;
  const { clip, index } = placed;
  const cutMs = Math.round(sourceMsAt(placed, atMs));
  if (cutMs - clip.inMs < EDIT_LIMITS.clipMinMs || clip.outMs - cutMs < EDIT_LIMITS.clipMinMs) return edit;
  const halves = [
    { ...clip, outMs: cutMs },
    { ...clip, id: newId, inMs: cutMs },
  ];
  return { ...edit, clips: edit.clips.toSpliced(index, 1, ...halves) };
}

/** Moves the ends of a clip on its source's clock, within the source and not closer than the shortest clip. */
export function trimClip(
  edit: VideoEdit,
  id: string,
  { inMs, outMs, sources }: { inMs?: number; outMs?: number; sources: Sources },
): VideoEdit {
  return changeClip(edit, id, (clip) => {
    const lastMs = sources.get(clipKey(clip))?.durationMs ?? clip.outMs;
    const start = Math.round(Math.max(0, Math.min(inMs ?? clip.inMs, lastMs - EDIT_LIMITS.clipMinMs)));
    const end = Math.round(Math.min(lastMs, Math.max(outMs ?? clip.outMs, start + EDIT_LIMITS.clipMinMs)));
    // A start that is pushed against the end stops there.
    const held = inMs === undefined ? start : Math.max(0, Math.min(start, end - EDIT_LIMITS.clipMinMs));
    return { ...clip, inMs: held, outMs: end };
  });
}

/** Puts a clip at another place in the row. */
export function moveClip(edit: VideoEdit, id: string, toIndex: number): VideoEdit {
  const clip = edit.clips.find((candidate) => candidate.id === id);
  if (clip === undefined) return edit;
  const others = edit.clips.filter((candidate) => candidate.id !== id);
  return { ...edit, clips: others.toSpliced(Math.max(0, Math.min(others.length, toIndex)), 0, clip) };
}

/** Speed of a clip, brought within its bounds. */
export function setSpeed(edit: VideoEdit, id: string, speed: number): VideoEdit {
  const bounded = Math.min(EDIT_LIMITS.speedMax, Math.max(EDIT_LIMITS.speedMin, speed));
  return changeClip(edit, id, (clip) => ({ ...clip, speed: bounded }));
}

/** Anything else about one clip. */
export function changeClip(edit: VideoEdit, id: string, change: (clip: Clip) => Clip): VideoEdit {
  return { ...edit, clips: edit.clips.map((clip) => (clip.id === id ? change(clip) : clip)) };
}

/** Beats of a sound; `firstBeatMs` on the sound's own clock. */
export type Beats = { bpm: number; firstBeatMs: number };

/** The moments of the finished video at which the edit's sound beats, up to its end. */
export function beatTimes(
  edit: Pick<VideoEdit, 'sound' | 'clips'>,
  { bpm, firstBeatMs }: Beats,
  untilMs?: number,
): number[] {
  const beatMs = 60_000 / bpm;
  if (!Number.isFinite(beatMs) || beatMs < 100) return [];
  const shiftMs = (edit.sound?.startMs ?? 0) - (edit.sound?.offsetMs ?? 0) + firstBeatMs;
  const endMs = untilMs ?? timelineOf(edit).durationMs;
  const times: number[] = [];
  for (let n = Math.ceil(-shiftMs / beatMs); shiftMs + n * beatMs <= endMs; n += 1) times.push(shiftMs + n * beatMs);
  return times;
}

/**
 * Lets every clip end on the beat nearest to its end, as far as its source reaches and the shortest clip allows; the last clip too.
 * A clip that no beat suits stays as it is.
 */
export function snapCuts(edit: VideoEdit, beats: Beats, sources: Sources): VideoEdit {
  const beatMs = 60_000 / beats.bpm;
  const times = beatTimes(edit, beats, timelineOf(edit).durationMs + edit.clips.length * beatMs);
  let startMs = 0;
  const clips = edit.clips.map((clip) => {
    const snapped = snapEnd(clip, { startMs, times, lastMs: sources.get(clipKey(clip))?.durationMs ?? clip.outMs });
    startMs += clipLengthMs(snapped);
    return snapped;
  });
  return { ...edit, clips };
}

function snapEnd(clip: Clip, { startMs, times, lastMs }: { startMs: number; times: number[]; lastMs: number }): Clip {
  const endMs = startMs + clipLengthMs(clip);
  const candidates = times
    .map((time) => ({ awayMs: Math.abs(time - endMs), outMs: Math.round(clip.inMs + (time - startMs) * clip.speed) }))
    .filter(({ outMs }) => outMs <= lastMs && outMs - clip.inMs >= EDIT_LIMITS.clipMinMs)
    .sort((a, b) => a.awayMs - b.awayMs);
  const nearest = candidates[0];
  return nearest === undefined ? clip : { ...clip, outMs: nearest.outMs };
}
