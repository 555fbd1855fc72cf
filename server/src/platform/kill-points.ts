/** The named steps of a video's way at which tests kill the process. A name outside the list does not compile. */

/** In the order in which an upload passes them (media.md, Named steps). */
export const KILL_POINTS = [
  'created',
  'chunk written',
  'chunk fsynced',
  'hash checked',
  'renamed',
  'folder fsynced',
  'before commit',
  'committed before reply',
  'job leased',
  'probe done',
  'mid-encode',
  'output fsynced',
  "before renditions' commit",
  'committed',
  'outbox read',
  'outbox acknowledged',
  'first rendition published',
] as const;

/** The name of one of them. */
export type KillPoint = (typeof KILL_POINTS)[number];

let armed: string | undefined;

/** Called once by main.ts with VITRINE_KILL_AT; unset in production. */
export function armKillPoint(name: string | undefined): void {
  if (name && !KILL_POINTS.some((point) => point === name))
    throw new Error(`VITRINE_KILL_AT: no step is named ${name}`);
  armed = name;
}

/** Marks that a step is reached; kills the process there if a test asked for it. */
export function reach(point: KillPoint): void {
  if (armed === point) process.kill(process.pid, 'SIGKILL');
}
