/**
 * The ring of three video elements. Place k shows the post whose number in the list is k modulo 3, so that no
 * element is ever moved in the page (a moved one loads anew). Exactly one plays.
 */
import type { Card } from '@vitrine/schema';
import { LOOKED_AHEAD } from './ahead.ts';
import { isGated } from './cards.ts';
import { copyOf } from './copy.ts';
import { mayAutoplay, onWatchPrefs, savesData, setWatchPrefs, wantsSound, watchPrefs } from './prefs.ts';
import { onFirstMovement } from './first-movement.ts';
import { createMeter, type Meter } from './meter.ts';
import { photoPlace } from './photo-place.ts';
import { createSupply, type Shown, type Supply } from './supply.ts';

/** How many elements the ring has: one shown, one before, one after. */
export const RING = 3;
const DWELLS_KEPT = 6;
const PHOTO_LOOK_MS = 500;

/** What the controls show. `blocked`: the browser refused sound, or refused to play at all. */
export interface PlayerState {
  isPaused: boolean;
  /** The person paused it, or it may not start by itself (a big play sign is due). */
  isStopped: boolean;
  isMuted: boolean;
  blocked: 'no' | 'sound' | 'all';
  isWaiting: boolean;
  /** The number of the video shown. */
  place: number;
  /** Set when the shown video cannot be loaded. */
  hasFailed: boolean;
}
/** The card of a number in the list, as far as it is known. */
export type CardAt = (place: number) => Card | undefined;
/** The ring as the feed uses it. */
export type Player = ReturnType<typeof createPlayer>;

interface Ring {
  videos: readonly HTMLVideoElement[];
  /** What each element has been given. */
  cards: (Card | undefined)[];
  state: PlayerState;
  listeners: Set<() => void>;
  /** Fetches for all of them. */
  supply: Supply;
  /** The list, as it was last told. */
  cardAt: CardAt;
  /** How long the last videos were watched, the newest last. */
  dwellsMs: number[];
  /** Ends the waiting for the shown video's first movement; aborted when nothing waits. */
  waiting: AbortController;
  /** Measures what of the shown video is watched. */
  meter: Meter;
  onEnded: () => void;
}

const AT_START: PlayerState = {
  isPaused: true,
  isStopped: false,
  isMuted: true,
  blocked: 'no',
  isWaiting: false,
  place: 0,
  hasFailed: false,
};

function newVideo(): HTMLVideoElement {
  const video = document.createElement('video');
  video.playsInline = true;
  video.preload = 'none';
  video.disableRemotePlayback = true;
  return video;
}

function change(ring: Ring, next: Partial<PlayerState>): void {
  ring.state = { ...ring.state, ...next };
  for (const listener of ring.listeners) listener();
}

function videoAt(ring: Ring, place: number = ring.state.place): HTMLVideoElement {
  return ring.videos[place % RING] as HTMLVideoElement;
}

/** What the element plays: a copy of the video, or the sound under photos. Undefined: nothing moves and nothing is heard. */
function addressOf(card: Card, shownPx: number): string | undefined {
  if (card.kind === 'video') return copyOf(card, shownPx)?.url;
  return card.audio === null ? undefined : `${card.audio.url}#t=${card.audio.offsetMs / 1000}`;
}

/** Gives the element of a place its card; does nothing when it has it already, so that playback goes on. */
function setSource(ring: Ring, place: number, card: Card | undefined): void {
  const element = videoAt(ring, place);
  const hasIt =
    card !== undefined &&
    element.dataset['post'] === card.id &&
    (element.hasAttribute('src') || (card.kind === 'photos' && card.audio === null));
  ring.cards[place % RING] = card;
  if (hasIt) {
    element.classList.toggle('has-picture', element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA);
    return;
  }
  for (const track of element.querySelectorAll('track')) track.remove();
  ring.supply.release(element);
  if (card === undefined) {
    delete element.dataset['post'];
    element.removeAttribute('src');
    element.load();
    return;
  }
  element.dataset['post'] = card.id;
  element.ariaLabel = card.altText || card.text;
  if (ring.supply.give(element, card)) return;
  const address = addressOf(card, element.clientHeight || innerHeight);
  if (address !== undefined) {
    element.src = address;
    return;
  }
  element.removeAttribute('src');
  element.load();
}

function isRefused(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotAllowedError';
}

/** Plays the shown video with sound if the person wants it; muted when the browser refuses; else waits for a tap. */
async function start(ring: Ring): Promise<void> {
  const element = videoAt(ring);
  const card = ring.cards[ring.state.place % RING];
  if (card === undefined || isGated(card)) return;
  if (!element.hasAttribute('src')) return change(ring, { isPaused: false, isStopped: false, isWaiting: false });
  const prefs = watchPrefs();
  element.volume = prefs.volume * Math.min(1, card.audio?.gain ?? 1);
  element.defaultPlaybackRate = prefs.speed;
  element.playbackRate = prefs.speed;
  element.loop = prefs.afterEnd === 'loop';
  element.muted = !wantsSound() || ring.state.blocked === 'sound';
  try {
    const started = element.play();
    change(ring, { isMuted: element.muted });
    await started;
    if (ring.state.blocked === 'all') change(ring, { blocked: 'no' });
  } catch (error) {
    if (isRefused(error) && element === videoAt(ring)) await startMuted(ring, element);
  }
}

async function startMuted(ring: Ring, element: HTMLVideoElement): Promise<void> {
  element.muted = true;
  change(ring, { isMuted: true, blocked: 'sound' });
  try {
    await element.play();
  } catch (error) {
    if (isRefused(error)) change(ring, { blocked: 'all', isPaused: true });
  }
}

/** Follows an element's own events; only those of the shown one reach the controls. */
function hear(ring: Ring, element: HTMLVideoElement): void {
  const ifShown = (act: () => void) => (): void => {
    if (element === videoAt(ring)) act();
  };
  const tell = (next: () => Partial<PlayerState>) => ifShown(() => change(ring, next()));
  element.addEventListener(
    'playing',
    tell(() => ({ isPaused: false, isStopped: false, isWaiting: false, hasFailed: false })),
  );
  element.addEventListener(
    'pause',
    tell(() => ({ isPaused: true })),
  );
  element.addEventListener(
    'waiting',
    tell(() => ({ isWaiting: true })),
  );
  element.addEventListener('error', () => {
    if (ring.supply.recover(element)) return;
    if (element === videoAt(ring)) change(ring, { hasFailed: element.hasAttribute('src'), isWaiting: false });
  });
  element.addEventListener(
    'timeupdate',
    ifShown(() => {
      ring.meter.look(element.currentTime * 1000);
      ring.supply.look();
    }),
  );
  element.addEventListener(
    'seeking',
    ifShown(() => ring.supply.look()),
  );
  element.addEventListener('loadeddata', () => element.classList.add('has-picture'));
  element.addEventListener('emptied', () => element.classList.remove('has-picture'));
  element.addEventListener(
    'ended',
    ifShown(() => (watchPrefs().afterEnd === 'advance' ? ring.onEnded() : change(ring, { isStopped: true }))),
  );
}

/** Readies the videos before and after: their first picture is there when a finger moves. */
function readyNeighbours(ring: Ring, place: number, cardAt: CardAt): void {
  for (const near of [place + 1, place - 1]) {
    if (near < 0) continue;
    const neighbour = videoAt(ring, near);
    neighbour.preload = savesData() ? 'none' : 'metadata';
    setSource(ring, near, cardAt(near));
    if (neighbour.readyState > 0 && neighbour.currentTime > 0) neighbour.currentTime = 0;
  }
  ring.supply.look();
}

/** Readies the neighbours when the shown video has begun to move. */
function readyWhenMoving(ring: Ring, place: number, cardAt: CardAt): void {
  for (const near of [place + 1, place - 1]) {
    // The element that now stands for another post must not show the old one's picture meanwhile.
    if (near >= 0 && videoAt(ring, near).dataset['post'] !== cardAt(near)?.id)
      videoAt(ring, near).classList.remove('has-picture');
  }
  ring.waiting = new AbortController();
  onFirstMovement(videoAt(ring, place), () => readyNeighbours(ring, place, cardAt), ring.waiting);
}

/** Shows number `place`: plays it, silences the others, readies its neighbours. Called when the gesture commits. */
function show(ring: Ring, place: number, cardAt: CardAt): void {
  const card = cardAt(place);
  const hasMoved = place !== ring.state.place || ring.cards[place % RING]?.id !== card?.id;
  if (place !== ring.state.place)
    ring.dwellsMs = [...ring.dwellsMs, videoAt(ring).currentTime * 1000].slice(-DWELLS_KEPT);
  ring.state = { ...ring.state, place };
  ring.cardAt = cardAt;
  ring.meter.begin(card);
  const element = videoAt(ring, place);
  for (const other of ring.videos) if (other !== element) other.pause();
  setSource(ring, place, card);
  if (card !== undefined && hasMoved) {
    // Photos without sound stand still anyway.
    const isStill = !element.hasAttribute('src');
    const isStopped = !mayAutoplay() && element.paused && !isStill;
    change(ring, { hasFailed: element.error !== null, isStopped, isWaiting: false, isPaused: element.paused });
    element.preload = 'auto';
    if (!isStopped) void start(ring);
  }
  if (!hasMoved && !ring.waiting.signal.aborted) return;
  ring.waiting.abort();
  if (hasMoved && !ring.state.isStopped && card?.kind === 'video') readyWhenMoving(ring, place, cardAt);
  else readyNeighbours(ring, place, cardAt);
}

/** Applies changed choices to the shown video. */
function applyPrefs(ring: Ring): void {
  const prefs = watchPrefs();
  const element = videoAt(ring);
  element.volume = prefs.volume;
  element.loop = prefs.afterEnd === 'loop';
  if (element.playbackRate !== prefs.speed) element.playbackRate = prefs.speed;
}

function setSound(ring: Ring, hasSound: boolean): void {
  setWatchPrefs({ hasSound, ...(hasSound && watchPrefs().volume === 0 && { volume: 0.8 }) });
  const element = videoAt(ring);
  element.muted = !hasSound;
  change(ring, { isMuted: !hasSound, blocked: 'no' });
  if (hasSound && element.paused && !ring.state.isStopped) void start(ring);
}

/** What the supply looks at. */
function shownNow(ring: Ring): Shown {
  const { place } = ring.state;
  return {
    card: ring.cards[place % RING],
    element: videoAt(ring),
    isMoving: ring.waiting.signal.aborted,
    next: Array.from({ length: LOOKED_AHEAD }, (_, i) => ring.cardAt(place + 1 + i)).filter(
      (card) => card !== undefined,
    ),
    dwellsMs: ring.dwellsMs,
  };
}

/** Photos do not play: they are looked at from time to time. */
function lookAtPhotos(ring: Ring): void {
  const card = ring.cards[ring.state.place % RING];
  if (card?.kind === 'photos' && !document.hidden && !isGated(card))
    ring.meter.lookAtPhoto(photoPlace(card.id), PHOTO_LOOK_MS);
}

function makeRing(onEnded: () => void, adopted?: { video: HTMLVideoElement; place: number }): Ring {
  const videos = Array.from({ length: RING }, (_, slot) =>
    adopted !== undefined && adopted.place % RING === slot ? adopted.video : newVideo(),
  );
  const ring: Ring = {
    videos,
    cards: [],
    state: { ...AT_START, place: adopted?.place ?? 0 },
    listeners: new Set(),
    supply: createSupply(
      () => shownNow(ring),
      (element) => {
        if (element === videoAt(ring) && !ring.state.isStopped) void start(ring);
      },
    ),
    cardAt: () => undefined,
    dwellsMs: [],
    waiting: new AbortController(),
    meter: createMeter(),
    onEnded,
  };
  ring.waiting.abort();
  for (const video of videos) hear(ring, video);
  if (adopted !== undefined && adopted.video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA)
    adopted.video.classList.add('has-picture');
  return ring;
}

/** Follows what happens to the page around the ring; gives the way to stop. */
function followPage(ring: Ring): () => void {
  const onVisibility = (): void => {
    if (document.hidden) {
      videoAt(ring).pause();
      ring.meter.leave();
      return;
    }
    ring.meter.comeBack();
    if (!ring.state.isStopped) void start(ring);
  };
  document.addEventListener('visibilitychange', onVisibility);
  addEventListener('pagehide', ring.meter.leave);
  const photoTimer = setInterval(() => lookAtPhotos(ring), PHOTO_LOOK_MS);
  const offPrefs = onWatchPrefs(() => applyPrefs(ring));
  return () => {
    offPrefs();
    document.removeEventListener('visibilitychange', onVisibility);
    removeEventListener('pagehide', ring.meter.leave);
    clearInterval(photoTimer);
  };
}

/** Makes the ring. `onEnded` moves on when the person chose so. `adopted` is a video that the server's page already plays. */
export function createPlayer(onEnded: () => void, adopted?: { video: HTMLVideoElement; place: number }) {
  const ring = makeRing(onEnded, adopted);
  const { videos } = ring;
  const play = (): void => {
    change(ring, { isStopped: false });
    void start(ring);
  };
  const pause = (): void => {
    videoAt(ring).pause();
    change(ring, { isStopped: true });
  };
  const unfollow = followPage(ring);
  return {
    videos,
    /** The element shown now. */
    video: (): HTMLVideoElement => videoAt(ring),
    state: (): PlayerState => ring.state,
    /** Hears of each change of state; gives the way to stop. */
    subscribe: (listener: () => void): (() => void) => {
      ring.listeners.add(listener);
      return () => ring.listeners.delete(listener);
    },
    show: (place: number, cardAt: CardAt): void => show(ring, place, cardAt),
    play,
    pause,
    toggle: (): void => (videoAt(ring).paused ? play() : pause()),
    /** Sound on or off, remembered for all following videos. */
    setSound: (hasSound: boolean): void => setSound(ring, hasSound),
    /** Twice as fast while held; the chosen speed after. */
    hurry: (isOn: boolean): void => {
      videoAt(ring).playbackRate = isOn ? 2 : watchPrefs().speed;
    },
    /** Loads the shown video anew after a failure. */
    retry: (card: Card): void => {
      videoAt(ring).removeAttribute('src');
      ring.supply.release(videoAt(ring));
      setSource(ring, ring.state.place, card);
      play();
    },
    close: (): void => {
      ring.waiting.abort();
      unfollow();
      ring.meter.end();
      ring.supply.close();
      for (const element of videos) {
        element.pause();
        element.removeAttribute('src');
        element.load();
      }
    },
  };
}
