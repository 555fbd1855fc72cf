/** How fast a network is, from what it has carried. Pure. */

/** Smaller transfers say more of the way there and back than of the width. */
const USEFUL_BYTES = 60_000;
const WEIGHT_OF_NEW = 0.3;

/** The estimate after one more transfer; `tookMs` counts from its first byte. Bits per second; undefined before the first useful one. */
export function withTransfer(
  bps: number | undefined,
  { bytes, tookMs }: { bytes: number; tookMs: number },
): number | undefined {
  if (bytes < USEFUL_BYTES || tookMs < 1) return bps;
  const seen = (bytes * 8000) / tookMs;
  return bps === undefined ? seen : bps * (1 - WEIGHT_OF_NEW) + seen * WEIGHT_OF_NEW;
}
