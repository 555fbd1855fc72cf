/** The only clock and the only chance of the server. Passed by argument, so that tests can hold both still. */
import { randomBytes as systemRandomBytes } from 'node:crypto';
import { uuidV7, type Id } from '@vitrine/schema';

/** The only clock and chance there is. */
export interface World {
  /** The time now. */
  now(): Date;
  /** A new UUIDv7 of now. */
  newId(): Id;
  /** Bytes from a secure source. */
  randomBytes(length: number): Uint8Array;
}

/** The real clock and the system's random source. Ids of one process never run backwards. */
export function systemWorld(): World {
  let lastMs = 0;
  return {
    now: () => new Date(),
    newId: () => {
      lastMs = Math.max(Date.now(), lastMs);
      return uuidV7(lastMs, systemRandomBytes(10));
    },
    randomBytes: (length) => systemRandomBytes(length),
  };
}

/** `2026-11-22`, in UTC. */
export function utcDay(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** The moment that lies so many milliseconds later (or earlier, if negative). */
export function later(moment: Date, byMs: number): Date {
  return new Date(moment.getTime() + byMs);
}
