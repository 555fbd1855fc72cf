/** The video elements behind the preview: one per clip near the playhead, kept at the moment that is shown. */
import type { PictureLayer } from '@vitrine/edit';

/** More than these at once exhausts the decoders of phones. */
const MOST_ELEMENTS = 4;
/** Playing elements may be this far off before they are moved: moving costs a stutter. */
const PLAYING_SLACK_MS = 140;
/** A paused element shows the wanted frame when it is this near. */
const PAUSED_SLACK_MS = 12;

/** A wanted moment of a source. */
export type Moment = Pick<PictureLayer, 'of' | 'clipId' | 'key' | 'sourceMs'> & { url: string; speed: number };

/** Name of the element that plays a layer. */
export function elementName(layer: Pick<PictureLayer, 'of' | 'clipId'>): string {
  return layer.clipId ?? layer.of;
}

interface Held {
  element: HTMLVideoElement;
  url: string;
  usedAt: number;
}

/** The elements of one preview. */
export class Pictures {
  readonly #elements = new Map<string, Held>();
  readonly #onPicture: () => void;
  readonly #onElement: (name: string, element: HTMLVideoElement) => void;
  #round = 0;

  /** @param onPicture a frame came in; @param onElement a new element, for its sound */
  constructor(onPicture: () => void, onElement: (name: string, element: HTMLVideoElement) => void) {
    this.#onPicture = onPicture;
    this.#onElement = onElement;
  }

  /** The element of a layer, brought to its moment; undefined until it has a picture. */
  show(moment: Moment, isPlaying: boolean): HTMLVideoElement | undefined {
    this.#round += 1;
    const element = this.#elementOf(moment);
    if (isPlaying) run(element, moment);
    else hold(element, moment);
    return element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? element : undefined;
  }

  /** Gets a clip ready that will be shown soon. */
  prepare(moment: Moment): void {
    const element = this.#elementOf(moment);
    if (offMs(element, moment) >= PLAYING_SLACK_MS) move(element, moment);
  }

  /** Stops every element but those shown in this round. */
  settle(shown: ReadonlySet<string>): void {
    for (const [name, { element }] of this.#elements) if (!shown.has(name) && !element.paused) element.pause();
  }

  /** Lets all go. */
  close(): void {
    for (const name of this.#elements.keys()) this.#drop(name);
  }

  #elementOf(moment: Moment): HTMLVideoElement {
    const name = elementName(moment);
    const held = this.#elements.get(name);
    if (held?.url === moment.url) {
      held.usedAt = this.#round;
      return held.element;
    }
    if (held) this.#drop(name);
    const element = document.createElement('video');
    element.playsInline = true;
    element.preload = 'auto';
    element.crossOrigin = 'anonymous';
    element.src = moment.url;
    element.addEventListener('seeked', this.#onPicture);
    element.addEventListener('loadeddata', this.#onPicture);
    this.#elements.set(name, { element, url: moment.url, usedAt: this.#round });
    this.#onElement(name, element);
    this.#dropOldest(name);
    return element;
  }

  #dropOldest(newest: string): void {
    if (this.#elements.size <= MOST_ELEMENTS) return;
    const [oldest] = [...this.#elements].sort(([, one], [, other]) => one.usedAt - other.usedAt)[0] ?? [];
    if (oldest !== undefined && oldest !== newest) this.#drop(oldest);
  }

  #drop(name: string): void {
    const held = this.#elements.get(name);
    this.#elements.delete(name);
    held?.element.pause();
    held?.element.removeAttribute('src');
    held?.element.load();
  }
}

function offMs(element: HTMLVideoElement, moment: Moment): number {
  return Math.abs(element.currentTime * 1000 - moment.sourceMs);
}

function move(element: HTMLVideoElement, moment: Moment): void {
  if (element.readyState >= HTMLMediaElement.HAVE_METADATA && !element.seeking)
    element.currentTime = moment.sourceMs / 1000;
}

function run(element: HTMLVideoElement, moment: Moment): void {
  if (element.playbackRate !== moment.speed) element.playbackRate = moment.speed;
  if (element.ended) return;
  if (offMs(element, moment) > PLAYING_SLACK_MS) move(element, moment);
  if (element.paused) void element.play().catch(() => undefined);
}

function hold(element: HTMLVideoElement, moment: Moment): void {
  if (!element.paused) element.pause();
  if (offMs(element, moment) > PAUSED_SLACK_MS) move(element, moment);
}
