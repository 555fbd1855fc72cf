/** Whether it is better to render an edit on this device and send the result than to send its files. Pure. */
import { timelineOf } from '@vitrine/edit';
import type { Edit, VideoEdit } from '@vitrine/schema';

/** What a rendered second weighs: 8 Mbit of pictures and the sound. */
export const VIDEO_BPS = 8_000_000;
/** Of the sound that the device makes. */
export const SOUND_BPS = 128_000;
/** Longer ones would keep the device busy for minutes. */
const LONGEST_MS = 90_000;

/**
 * Only what becomes a post of one's own files alone: sounds of others, duets and stitches are credited by the server, which has to
 * see the edit. Sound at another speed keeps its pitch on the server only.
 */
export function canRenderAlone(edit: Edit): edit is VideoEdit {
  if (edit.kind !== 'video' || edit.sound !== null || edit.duet !== null) return false;
  const isOwn = edit.clips.every(({ source }) => 'uploadId' in source);
  const isHeardAsFilmed = edit.clips.every(({ speed, gain }) => speed === 1 || gain * edit.originalGain === 0);
  const { durationMs } = timelineOf(edit);
  return isOwn && isHeardAsFilmed && durationMs > 0 && durationMs <= LONGEST_MS;
}

/** More bytes of the files have still to be sent than the rendered video will have. */
export function isLighter(edit: VideoEdit, leftToSendBytes: number): boolean {
  return leftToSendBytes > ((VIDEO_BPS + SOUND_BPS) / 8000) * timelineOf(edit).durationMs;
}
