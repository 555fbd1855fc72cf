/** A made-up network: one line that all transfers share alike, each after a way there and back. Time goes in steps. */

/** A line. */
export interface Profile {
  name: string;
  /** Until its first byte comes. */
  latencyMs: number;
  /** Bits per second at a moment. */
  bpsAt(nowMs: number): number;
}

/** Bytes of one video that are on their way. */
export interface Transfer {
  video: number;
  /** Where the bytes lie that come next, and where the request ends. */
  at: number;
  readonly end: number;
  readonly firstByteAtMs: number;
  readonly start: number;
}

/** How long a step is. */
export const STEP_MS = 10;

/** A request that is made now. */
export function request(
  video: number,
  range: { start: number; end: number },
  at: { nowMs: number; profile: Profile },
): Transfer {
  const { start, end } = range;
  return { video, at: start, start, end, firstByteAtMs: at.nowMs + at.profile.latencyMs };
}

/** Moves what is due by one step; `arrived` hears of the bytes. */
export function carry(
  transfers: readonly Transfer[],
  { nowMs, profile }: { nowMs: number; profile: Profile },
  arrived: (transfer: Transfer, bytes: number) => void,
): void {
  let left = (profile.bpsAt(nowMs) * STEP_MS) / 8000;
  const flowing = transfers
    .filter(({ firstByteAtMs }) => firstByteAtMs <= nowMs)
    .sort((one, other) => one.end - one.at - (other.end - other.at));
  for (const [index, transfer] of flowing.entries()) {
    const bytes = Math.min(left / (flowing.length - index), transfer.end - transfer.at);
    left -= bytes;
    transfer.at += bytes;
    arrived(transfer, bytes);
  }
}

/** What is still under way when a transfer is broken off: it is carried, and nobody gets it. */
export function lostBytes(transfer: Transfer, { nowMs, profile }: { nowMs: number; profile: Profile }): number {
  if (nowMs < transfer.firstByteAtMs - profile.latencyMs / 2) return 0;
  return Math.min(transfer.end - transfer.at, (profile.bpsAt(nowMs) * profile.latencyMs) / 2 / 8000);
}
