/** The two that are held against each other: what the pages ship, and three videos of 800 kB ahead. */
import { LOOKED_AHEAD, nextOrder, withTransfer, type Order } from '@vitrine/web';
import { momentAt, byteAt, type Policy, type Scene, type Wish } from './play.ts';

/** The pages fetch whole fragments of a second, at most so many in one request. */
const FRAGMENT_MS = 1000;
const FRAGMENTS_AT_ONCE = 4;
/** Requests under way, each of another video: a second one fills the way there and back of the first. */
const AT_ONCE = 2;
const NOTHING: Wish = { drop: [], ask: [] };

/** The decision that the pages take (web/src/watch/ahead.ts), done as they do it: one request at a time, for whole fragments. */
export function shippedPolicy(): Policy {
  let throughputBps: number | undefined;
  return {
    decide: (scene) => {
      const { transfers, shown } = scene;
      const order = nextOrder(suppliesOf(scene, throughputBps));
      if (order === undefined) return NOTHING;
      const video = shown + order.distance;
      const drop = order.isUrgent ? transfers.filter((one) => one.video !== video) : [];
      const isFull = transfers.length - drop.length >= AT_ONCE || transfers.some((one) => one.video === video);
      return { drop, ask: isFull ? [] : [pieceOf(scene, order)] };
    },
    ended: ({ start, end, firstByteAtMs }, nowMs) => {
      throughputBps = withTransfer(throughputBps, { bytes: end - start, tookMs: nowMs - firstByteAtMs });
    },
  };
}

function suppliesOf(scene: Scene, throughputBps: number | undefined): Parameters<typeof nextOrder>[0] {
  const supplied = (video: number, fromMs: number) => {
    const clip = scene.clips[video];
    if (clip === undefined) return [];
    const heldMs = Math.max(0, momentAt(clip, scene.held[video] ?? 0) - fromMs);
    const isComing = scene.transfers.some((one) => one.video === video);
    return [{ heldMs, isComing, leftMs: Math.max(0, clip.durationMs - fromMs), bitrateBps: clip.bitrateBps }];
  };
  const [shown] = supplied(scene.shown, scene.positionMs);
  if (shown === undefined) throw new Error('nothing is shown');
  return {
    throughputBps,
    savesData: false,
    shown: { ...shown, positionMs: scene.positionMs, isMoving: scene.hasMoved || scene.sinceSwipeMs > 400 },
    next: Array.from({ length: LOOKED_AHEAD }, (_, i) => supplied(scene.shown + 1 + i, 0)).flat(),
    dwellsMs: scene.dwellsMs,
  };
}

function pieceOf(scene: Scene, { distance, untilMs }: Order) {
  const { clips, shown, positionMs } = scene;
  const video = shown + distance;
  const clip = clips[video];
  if (clip === undefined) throw new Error('fetching ahead went beyond the list');
  const start = scene.held[video] ?? 0;
  const fromMs = momentAt(clip, start);
  const wantedMs = Math.min((distance === 0 ? positionMs : 0) + untilMs, fromMs + FRAGMENTS_AT_ONCE * FRAGMENT_MS);
  const end = byteAt(clip, Math.max(fromMs + FRAGMENT_MS, Math.ceil(wantedMs / FRAGMENT_MS) * FRAGMENT_MS));
  return { video, start, end };
}

const RIVAL_VIDEOS = 3;
const RIVAL_BYTES = 800_000;
/** What a browser reads ahead of the position of a playing video by itself (Chromium: two megabytes, or ten seconds where that is more). */
const READ_AHEAD_BYTES = 2_000_000;
const READ_AHEAD_MS = 10_000;

/** Three videos of 800 kB: one after the other, the next one first, from the moment the shown one moves; the browser reads that one by itself. */
export function rivalPolicy(): Policy {
  return {
    decide: (scene) => {
      const { shown, clips, held, transfers } = scene;
      const inWindow = ({ video }: { video: number }): boolean => video >= shown && video <= shown + RIVAL_VIDEOS;
      const drop = transfers.filter((one) => !inWindow(one));
      const ask = [...readShown(scene)];
      const isAhead = transfers.some((one) => one.video > shown && inWindow(one));
      for (let video = shown + 1; !isAhead && scene.hasMoved && video <= shown + RIVAL_VIDEOS; video += 1) {
        const end = Math.min(RIVAL_BYTES, clips[video]?.sizeBytes ?? 0);
        const start = held[video] ?? 0;
        if (start >= end - 1) continue;
        ask.push({ video, start, end });
        break;
      }
      return { drop, ask };
    },
    ended: () => undefined,
  };
}

/** A request that goes on to where the browser stops reading; asked again when a quarter of that was played. */
function readShown({ shown, clips, held, transfers, positionMs }: Scene): Wish['ask'] {
  const clip = clips[shown];
  if (clip === undefined || transfers.some(({ video }) => video === shown)) return [];
  const start = held[shown] ?? 0;
  const aheadBytes = Math.max(READ_AHEAD_BYTES, byteAt(clip, READ_AHEAD_MS));
  const wanted = Math.min(clip.sizeBytes, byteAt(clip, positionMs) + aheadBytes);
  const isWorthIt = wanted >= clip.sizeBytes || wanted - start > aheadBytes / 4;
  return isWorthIt && wanted - start > 1 ? [{ video: shown, start, end: wanted }] : [];
}
