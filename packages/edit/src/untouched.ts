/** Whether an edit leaves the picture as it was filmed, so that it can be copied instead of being encoded again. */
import type { Clip, VideoEdit } from '@vitrine/schema';
import { frameSize } from './geometry.ts';
import { clipKey, type Sources } from './sources.ts';

/** Shapes this near to the frame's are the frame's. */
const SAME_SHAPE = 0.01;

/**
 * The only clip, if nothing is done to its picture. A contained clip needs no ground then: players put one behind it. It may still be
 * trimmed: whether the cuts fall between groups of pictures is for the renderer to see.
 */
export function untouchedClip(edit: VideoEdit, sources: Sources): Clip | undefined {
  const [clip, ...others] = edit.clips;
  if (clip === undefined || others.length > 0) return undefined;
  const isBare = edit.texts.length === 0 && edit.stickers.length === 0 && edit.duet === null;
  if (!isBare || clip.speed !== 1 || clip.crop !== null || clip.filter !== 'none') return undefined;
  const facts = sources.get(clipKey(clip));
  if (facts === undefined || facts.heightPx === 0) return undefined;
  const frame = frameSize(edit.frame);
  const ratio = (facts.widthPx * frame.heightPx) / (facts.heightPx * frame.widthPx);
  return clip.fit === 'contain' || Math.abs(ratio - 1) <= SAME_SHAPE ? clip : undefined;
}
