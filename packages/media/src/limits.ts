/** Bounds of what is taken in and of what the work on it may cost. */
import type { SourceLimits } from './types.ts';

/** Ten minutes, 36 million pixels (6000x6000), 32 streams, 2 GiB: media.md and quality.md. */
export const DEFAULT_LIMITS: SourceLimits = {
  maxDurationMs: 600_000,
  maxPixels: 36_000_000,
  maxStreams: 32,
  maxSizeBytes: 2 * 1024 ** 3,
};

/** Wall-clock budget of a probe, after which its process group is killed. */
export const PROBE_WALL_MS = 20_000;
/** Wall-clock budget of a render: a minute, and ten seconds for each second of video. */
export function renderWallMs(durationMs: number): number {
  return 60_000 + 10 * durationMs;
}
/** Wall-clock budget of a composition: several sources are decoded, and the picture is as large as it gets. */
export function composeWallMs(durationMs: number): number {
  return 120_000 + 30 * durationMs;
}
/** Address space of a worker. Under 3 GB good encodes crash. */
export const ADDRESS_SPACE_BYTES = 4 * 1024 ** 3;
/** Largest single file that a worker may write. */
export const OUTPUT_FILE_BYTES = 2 * 1024 ** 3;
/** Most that a worker may say on its standard output. */
export const OUTPUT_TEXT_BYTES = 4 * 1024 ** 2;
