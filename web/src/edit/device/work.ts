/** What the page gives to the worker that renders, and what it hears from it. */
import type { SourceFacts, SourceKey } from '@vitrine/edit';
import type { VideoEdit } from '@vitrine/schema';

/** Two channels of 48,000 samples a second. */
export interface Sound {
  left: Float32Array<ArrayBuffer>;
  right: Float32Array<ArrayBuffer>;
}

/** An edit with everything that it is made of. */
export interface DeviceWork {
  edit: VideoEdit;
  files: [SourceKey, Blob][];
  facts: [SourceKey, SourceFacts][];
  /** Workers cannot draw SVG. */
  emoji: [string, ImageBitmap][];
  sound: Sound | undefined;
}

/** What the worker answers. */
export type DeviceAnswer = { bytes: ArrayBuffer } | { trouble: string };

/** Of the sound it makes. */
export const SOUND_RATE_HZ = 48_000;
/** Of the pictures it makes. */
export const FRAMES_PER_SECOND = 30;
