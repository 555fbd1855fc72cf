/**
 * The ring of three video elements. Place k shows the post whose number in the list is k modulo 3, so that no
 * element is ever moved in the page (a moved one loads anew). Exactly one plays.
 */
import type { Card } from '@vitrine/schema';
import { mayAutoplay, onWatchPrefs, savesData, setWatchPrefs, wantsSound, watchPrefs } from './prefs.ts';
import { isGated } from './cards.ts';
import { pickRendition } from './rendition.ts';
import { throughputBps } from './throughput.ts';

/** How many elements the ring has: one shown, one before, one after. */
export const RING = 3;

/** What the controls show. `blocked`: the browser refused sound, or refused to play at all. */
export interface PlayerState {
  isPaused: boolean;
  /** The person paused it (a big play sign is due), not the page. */
  isStopped: boolean;
  isMuted: boolean;
  blocked: 'no' | 'sound' | 'all';
  isWaiting: boolean;
  /** The number of the video shown. */
  place: number;
  /** Set when the shown video cannot be loaded. */
  hasFailed: boolean;
}

/** The ring as the feed uses it. */
export type Player = ReturnType<typeof createPlayer>;

function newVideo(): HTMLVideoElement {
  const video = document.createElement('video');
  video.playsInline = true;
  video.preload = 'none';
  video.disableRemotePlayback = true;
  video.setAttribute('webkit-playsinline', '');
  return video;
}

/** Asks the network for the first second of a copy, so that it starts at once; ended by `signal` on a fling. */
async function fetchHead(card: Card, url: string, headBytes: number, signal: AbortSignal): Promise<void> {
  if (card.audience !== 'everyone' || headBytes <= 0) return;
  const response = await fetch(url, { headers: { range: `bytes=0-${headBytes - 1}` }, signal });
  await response.arrayBuffer();
}

/** Makes the ring. `onEnded` moves on when the person chose so. `adopted` is a video that the server's page already plays; it takes the first place. */
export function createPlayer(onEnded: () => void, adopted?: HTMLVideoElement) {
  const videos = [adopted ?? newVideo(), newVideo(), newVideo()];
  const shownCards: (Card | undefined)[] = [undefined, undefined, undefined];
  const listeners = new Set<() => void>();
  let ahead = new AbortController();
  let state: PlayerState = { isPaused: true, isStopped: false, isMuted: true, blocked: 'no', isWaiting: false, place: 0, hasFailed: false };
  let isHeld = false;

  const change = (next: Partial<PlayerState>): void => {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  };
  const video = (place: number = state.place): HTMLVideoElement => videos[place % RING] as HTMLVideoElement;

  const setSource = (place: number, card: Card | undefined): void => {
    const slot = place % RING;
    const element = video(place);
    if (shownCards[slot]?.id === card?.id && card !== undefined) {
      shownCards[slot] = card;
      return;
    }
    const isAdopted = element.dataset['post'] === card?.id && card !== undefined && element.currentSrc !== '';
    shownCards[slot] = card;
    if (isAdopted) return;
    if (card === undefined) {
      element.removeAttribute('src');
      element.load();
      return;
    }
    const shownPx = element.clientHeight * devicePixelRatio || innerHeight * devicePixelRatio;
    const rendition = pickRendition(card.renditions, { throughputBps: throughputBps(), shownPx, savesData: savesData() });
    for (const track of element.querySelectorAll('track')) track.remove();
    element.dataset['post'] = card.id;
    element.ariaLabel = card.altText || card.text;
    element.src = rendition.url;
  };

  const start = async (): Promise<void> => {
    const element = video();
    const card = shownCards[state.place % RING];
    if (card === undefined || isGated(card)) return;
    element.volume = watchPrefs().volume;
    element.defaultPlaybackRate = watchPrefs().speed;
    element.playbackRate = watchPrefs().speed;
    element.loop = watchPrefs().afterEnd === 'loop';
    element.muted = !wantsSound() || state.blocked === 'sound';
    change({ isMuted: element.muted });
    try {
      await element.play();
      if (state.blocked === 'all') change({ blocked: 'no' });
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'NotAllowedError' || element !== video()) return;
      await startMuted(element);
    }
  };
  const startMuted = async (element: HTMLVideoElement): Promise<void> => {
    element.muted = true;
    change({ isMuted: true, blocked: 'sound' });
    try {
      await element.play();
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotAllowedError') change({ blocked: 'all', isPaused: true });
    }
  };

  const hear = (element: HTMLVideoElement): void => {
    const ifShown = (next: () => Partial<PlayerState>) => (): void => {
      if (element === video()) change(next());
    };
    element.addEventListener('playing', ifShown(() => ({ isPaused: false, isStopped: false, isWaiting: false, hasFailed: false })));
    element.addEventListener('pause', ifShown(() => ({ isPaused: true })));
    element.addEventListener('waiting', ifShown(() => ({ isWaiting: true })));
    element.addEventListener('error', ifShown(() => ({ hasFailed: element.getAttribute('src') !== null, isWaiting: false })));
    element.addEventListener('ended', () => {
      if (element !== video()) return;
      if (watchPrefs().afterEnd === 'advance') onEnded();
      else change({ isStopped: true });
    });
    element.addEventListener('loadeddata', () => element.classList.add('has-picture'));
    element.addEventListener('emptied', () => element.classList.remove('has-picture'));
  };
  videos.forEach(hear);
  if (adopted !== undefined && adopted.readyState >= 2) adopted.classList.add('has-picture');

  const play = (): void => {
    change({ isStopped: false });
    void start();
  };
  const pause = (): void => {
    video().pause();
    change({ isStopped: true });
  };
  const onVisibility = (): void => {
    if (document.hidden) video().pause();
    else if (!state.isStopped && !isHeld && video().currentSrc !== '') void start();
  };
  document.addEventListener('visibilitychange', onVisibility);
  const offPrefs = onWatchPrefs(() => {
    const prefs = watchPrefs();
    const element = video();
    element.volume = prefs.volume;
    element.loop = prefs.afterEnd === 'loop';
    if (element.playbackRate !== prefs.speed) element.playbackRate = prefs.speed;
  });

  return {
    videos,
    /** The element shown now, or that of another number in the list. */
    video,
    state: (): PlayerState => state,
    /** Hears of each change of state; gives the way to stop. */
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Shows number `place`: plays it, readies its neighbours, silences the others. Called when the gesture commits. */
    show: (place: number, cardAt: (place: number) => Card | undefined): void => {
      const hasMoved = place !== state.place || shownCards[place % RING] === undefined;
      state = { ...state, place };
      const card = cardAt(place);
      setSource(place, card);
      const element = video(place);
      for (const other of videos) if (other !== element) other.pause();
      if (card !== undefined && hasMoved) {
        change({ hasFailed: false, isStopped: !mayAutoplay() && element.dataset['first'] === undefined, isWaiting: false, isPaused: element.paused });
        element.preload = 'auto';
        if (!state.isStopped && !isHeld) void start();
      }
      ahead.abort();
      ahead = new AbortController();
      for (const near of [place + 1, place - 1]) {
        if (near < 0) continue;
        const neighbour = video(near);
        neighbour.preload = savesData() ? 'none' : 'metadata';
        setSource(near, cardAt(near));
        if (neighbour.readyState > 0) neighbour.currentTime = 0;
      }
      const later = cardAt(place + 2);
      if (later === undefined || savesData()) return;
      const rendition = pickRendition(later.renditions, { throughputBps: throughputBps(), shownPx: innerHeight * devicePixelRatio, savesData: false });
      fetchHead(later, rendition.url, rendition.headBytes, ahead.signal).catch(() => undefined);
    },
    play,
    pause,
    toggle: (): void => (video().paused ? play() : pause()),
    /** Sound on or off, remembered for all following videos. */
    setSound: (hasSound: boolean): void => {
      setWatchPrefs({ hasSound, ...(hasSound && watchPrefs().volume === 0 && { volume: 0.8 }) });
      video().muted = !hasSound;
      change({ isMuted: !hasSound, blocked: 'no' });
      if (hasSound && video().paused && !state.isStopped) void start();
    },
    /** Twice as fast while held; the chosen speed after. */
    hurry: (isOn: boolean): void => {
      video().playbackRate = isOn ? 2 : watchPrefs().speed;
    },
    /** Holds the video (a full page is over it) and lets it go on after. */
    hold: (isOn: boolean): void => {
      isHeld = isOn;
      if (isOn) video().pause();
      else if (!state.isStopped && !document.hidden) void start();
    },
    /** Loads the shown video anew after a failure. */
    retry: (card: Card): void => {
      shownCards[state.place % RING] = undefined;
      delete video().dataset['post'];
      setSource(state.place, card);
      play();
    },
    close: (): void => {
      ahead.abort();
      offPrefs();
      document.removeEventListener('visibilitychange', onVisibility);
      for (const element of videos) {
        element.pause();
        element.removeAttribute('src');
        element.load();
      }
    },
  };
}
