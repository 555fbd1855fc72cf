/** Plays one person's swipes over a made-up line, with one policy of fetching: what was fetched and never seen, and how long it stood. */
import { carry, lostBytes, request, STEP_MS, type Profile, type Transfer } from './link.ts';
import type { Look } from './trace.ts';

/** A video with its one copy. */
export interface Clip extends Look {
  bitrateBps: number;
  sizeBytes: number;
}

/** What a policy sees. */
export interface Scene {
  nowMs: number;
  clips: readonly Clip[];
  /** The one in view. */
  shown: number;
  positionMs: number;
  /** How long it has been in view, waiting included. */
  sinceSwipeMs: number;
  hasMoved: boolean;
  /** Bytes held of each, from its start. */
  held: readonly number[];
  transfers: readonly Transfer[];
  dwellsMs: readonly number[];
}

/** What a policy wants done now. */
export interface Wish {
  /** Transfers to be broken off. */
  drop: readonly Transfer[];
  ask: readonly { video: number; start: number; end: number }[];
}

/** Called each step; hears of each transfer that has ended. */
export interface Policy {
  decide(scene: Scene): Wish;
  ended(transfer: Transfer, nowMs: number): void;
}

/** What came of it. */
export interface Outcome {
  /** Bytes that were fetched ahead of the swipe to their video and never played. */
  wastedAheadBytes: number;
  /** All bytes that were fetched and never played. */
  wastedBytes: number;
  playedBytes: number;
  /** Waiting after a swipe, and in the middle. */
  startWaitMs: number;
  middleWaitMs: number;
  waits: number;
}

/** Of a video, to begin, and to go on after it ran dry. */
const START_HELD_MS = 100;
const GO_ON_HELD_MS = 500;
/** A swipe takes so long; no two are faster. */
const SWIPE_MS = 300;
/** Shorter waits are not seen: three animation frames. */
const SEEN_WAIT_MS = 50;

/** Where a moment of a clip lies in its bytes. */
export function byteAt({ bitrateBps, sizeBytes }: Clip, positionMs: number): number {
  return Math.min(sizeBytes, Math.ceil((positionMs * bitrateBps) / 8000));
}

/** Up to which moment so many bytes of a clip reach. */
export function momentAt(clip: Clip, bytes: number): number {
  return bytes >= clip.sizeBytes ? clip.durationMs : (bytes * 8000) / clip.bitrateBps;
}

/** Plays them all, in order. */
export function play(clips: readonly Clip[], profile: Profile, policy: Policy): Outcome {
  const run: Run = {
    clips,
    profile,
    policy,
    nowMs: 0,
    shown: 0,
    held: clips.map(() => 0),
    fetched: clips.map(() => 0),
    fetchedAhead: clips.map(() => 0),
    transfers: [],
    early: [],
    waits: { startWaitMs: 0, middleWaitMs: 0, waits: 0 },
  };
  for (const place of clips.keys()) {
    run.shown = place;
    watch(run, place);
  }
  for (const left of run.transfers) breakOff(run, left);
  const played = clips.map((clip) => byteAt(clip, Math.min(clip.dwellMs, clip.durationMs)));
  const unplayed = (bytes: readonly number[]): number =>
    bytes.reduce((sum, each, place) => sum + Math.max(0, each - (played[place] ?? 0)), 0);
  return {
    wastedAheadBytes: unplayed(run.fetchedAhead),
    wastedBytes: unplayed(run.fetched),
    playedBytes: played.reduce((sum, bytes) => sum + bytes, 0),
    ...run.waits,
  };
}

interface Run {
  clips: readonly Clip[];
  profile: Profile;
  policy: Policy;
  nowMs: number;
  shown: number;
  /** Of each clip, from its start and without a gap; all that was fetched; what of it before the swipe to it. */
  held: number[];
  fetched: number[];
  fetchedAhead: number[];
  transfers: Transfer[];
  /** Parts that came before the part in front of them. */
  early: Transfer[];
  waits: Pick<Outcome, 'startWaitMs' | 'middleWaitMs' | 'waits'>;
}

/** One video, from the swipe to it until the swipe away. */
function watch(run: Run, place: number): void {
  const { clips, held, waits } = run;
  const clip = clips[place];
  if (clip === undefined) return;
  const sinceMs = run.nowMs;
  const dwellsMs = clips.slice(0, place).map((each) => each.dwellMs);
  let positionMs = 0;
  let isPlaying = false;
  let hasMoved = false;
  let waitMs = 0;
  while (positionMs < clip.dwellMs || run.nowMs - sinceMs < SWIPE_MS) {
    move(run, { ...run, positionMs, sinceSwipeMs: run.nowMs - sinceMs, hasMoved, dwellsMs });
    // After its end it begins anew from what is held.
    const heldMs = positionMs >= clip.durationMs ? Infinity : momentAt(clip, held[place] ?? 0) - positionMs;
    const isAll = (held[place] ?? 0) >= clip.sizeBytes - 1;
    if (heldMs < STEP_MS && !isAll) isPlaying = false;
    if (!isPlaying && (isAll || heldMs >= (hasMoved ? GO_ON_HELD_MS : START_HELD_MS))) {
      if (waitMs > SEEN_WAIT_MS) {
        waits[hasMoved ? 'middleWaitMs' : 'startWaitMs'] += waitMs;
        waits.waits += 1;
      }
      isPlaying = true;
      hasMoved = true;
      waitMs = 0;
    }
    if (isPlaying) positionMs += STEP_MS;
    else if (positionMs < clip.dwellMs) waitMs += STEP_MS;
  }
}

/** One step of time: what the policy wishes is done, and bytes come. */
function move(run: Run, scene: Scene): void {
  const { profile, policy, held } = run;
  const wish = policy.decide(scene);
  for (const gone of wish.drop) breakOff(run, gone);
  for (const { video, ...range } of wish.ask) run.transfers.push(request(video, range, { nowMs: run.nowMs, profile }));
  carry(run.transfers, { nowMs: run.nowMs, profile }, (transfer, bytes) => count(run, transfer, bytes));
  const done = run.transfers.filter(({ at, end }) => at >= end - 0.5);
  for (const one of done) policy.ended(one, run.nowMs);
  run.early = [...run.early, ...done].filter(({ video, end }) => end - 0.5 > (held[video] ?? 0));
  run.transfers = run.transfers.filter(({ at, end }) => at < end - 0.5);
  run.nowMs += STEP_MS;
}

/** Bytes have come; a later part may come before an earlier one: only what has no gap before it is held. */
function count(run: Run, { video }: Transfer, bytes: number): void {
  const { held, fetched, fetchedAhead, shown } = run;
  const parts = [...run.early, ...run.transfers].filter((one) => one.video === video);
  for (const part of parts.sort((one, other) => one.start - other.start))
    if (part.start <= (held[video] ?? 0)) held[video] = Math.max(held[video] ?? 0, part.at);
  fetched[video] = (fetched[video] ?? 0) + bytes;
  if (video > shown) fetchedAhead[video] = (fetchedAhead[video] ?? 0) + bytes;
}

/** A transfer ends before its end; what was on the line is lost. */
function breakOff(run: Run, gone: Transfer): void {
  const { video } = gone;
  const lost = lostBytes(gone, run);
  run.fetched[video] = (run.fetched[video] ?? 0) + lost;
  if (video > run.shown) run.fetchedAhead[video] = (run.fetchedAhead[video] ?? 0) + lost;
  run.transfers = run.transfers.filter((one) => one !== gone);
  if (gone.at > (run.held[video] ?? 0)) run.early.push({ ...gone, end: gone.at });
}
