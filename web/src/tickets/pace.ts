/** When a device draws tickets and sends reports. All times are chance within bounds, so that none of them tells of watching. */
import { TICKET_REST_MS, TICKETS_A_DAY } from '@vitrine/schema';

/** The bounds, in milliseconds. */
export interface Pace {
  /** A report waits this long after its watch, or after the next opening of the page. */
  report: readonly [number, number];
  /** Tickets are drawn this long after the opening of the page. */
  draw: readonly [number, number];
  /** After a failed or empty draw it is tried again in this time. */
  drawAgain: readonly [number, number];
  /** A ticket rests this long after it was drawn. */
  restMs: number;
  /** Between a single and a chunk lies more than a minute, the transport's own delays included. */
  apartMs: number;
  /** What could not be sent for so long is dropped. */
  keepMs: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** The pace of every page; tests give their own. */
export const PACE: Pace = {
  report: [MINUTE, 30 * MINUTE],
  draw: [5 * SECOND, 5 * MINUTE],
  drawAgain: [20 * MINUTE, 120 * MINUTE],
  restMs: TICKET_REST_MS,
  apartMs: 90 * SECOND,
  keepMs: 7 * DAY,
};

/** Of a day's tickets so many are planned for; the rest is for days that are fuller than the one before. */
export const PLANNED_TICKETS = Math.floor(TICKETS_A_DAY * 0.9);

/** A moment within bounds. `random` is at least 0 and below 1. */
export function between([least, most]: readonly [number, number], random: number): number {
  return least + random * (most - least);
}
