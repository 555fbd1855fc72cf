/** Plays an edit in the page: pictures, texts and stickers on a canvas, sounds through the mixer, all on one clock. */
import { clipAt, clipKey, frameAt, sourceMsAt, soundPlan, timelineOf } from '@vitrine/edit';
import type { PictureLayer, SoundPiece, Sources, Timeline } from '@vitrine/edit';
import type { VideoEdit } from '@vitrine/schema';
import { bytesOf, mediumOf } from './media.ts';
import { Mix } from './mix.ts';
import { loadFonts, measureText, paintFrame } from './paint.ts';
import { elementName, Pictures } from './pictures.ts';

/** The next clip is made ready this long before it is shown. */
const AHEAD_MS = 1500;
const PREVIEW_WIDTH_PX = 540;

/** A preview; `close` it. */
export class Player {
  #edit: VideoEdit;
  #sources: Sources = new Map();
  #timeline: Timeline;
  #plan: readonly SoundPiece[] = [];
  #planWords = '';
  #canvas: HTMLCanvasElement | null = null;
  #moment = 0;
  #playingSince: { clockMs: number; atMs: number } | undefined;
  #isSilent = false;
  #isClosed = false;
  #frameRequest = 0;
  readonly #listeners = new Set<() => void>();
  readonly #mix = new Mix(bytesOf);
  readonly #pictures = new Pictures(() => this.#playingSince === undefined && this.#drawSoon(), this.#mix.attach);

  constructor(edit: VideoEdit) {
    this.#edit = edit;
    this.#timeline = timelineOf(edit);
    void loadFonts().then(this.#drawSoon);
  }

  /** Shows on this canvas from now on; null: nowhere. */
  attach(canvas: HTMLCanvasElement | null): void {
    this.#canvas = canvas;
    this.#drawSoon();
  }

  /** The edit and what is known of its media have changed. */
  setEdit(edit: VideoEdit, sources: Sources): void {
    this.#edit = edit;
    this.#sources = sources;
    this.#timeline = timelineOf(edit);
    this.#plan = soundPlan(edit, sources);
    this.#moment = Math.min(this.#moment, this.#timeline.durationMs);
    const words = JSON.stringify(this.#plan);
    if (this.#playingSince !== undefined && words !== this.#planWords) this.#playFrom(this.#moment);
    this.#planWords = words;
    this.#drawSoon();
  }

  /** @param isSilent pictures only, while a voice is recorded */
  play(isSilent = false): void {
    this.#isSilent = isSilent;
    const { durationMs } = this.#timeline;
    if (durationMs > 0) this.#playFrom(this.#moment >= durationMs - 1 ? 0 : this.#moment);
  }

  /** Stops where it is. */
  pause(): void {
    if (this.#playingSince === undefined) return;
    this.#playingSince = undefined;
    this.#mix.stop();
    this.#drawSoon();
    this.#tell();
  }

  /** Moves to a moment, playing or not. */
  seek(atMs: number): void {
    const next = Math.min(this.#timeline.durationMs, Math.max(0, atMs));
    if (this.#playingSince !== undefined) return this.#playFrom(next);
    this.#moment = next;
    this.#drawSoon();
    this.#tell();
  }

  /** The shown moment. */
  readonly atMs = (): number => this.#moment;
  readonly durationMs = (): number => this.#timeline.durationMs;
  readonly isPlaying = (): boolean => this.#playingSince !== undefined;

  /** Hears of the moment and of playing and pausing. @returns stops hearing */
  readonly onMove = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Lets all go. */
  close(): void {
    this.#isClosed = true;
    cancelAnimationFrame(this.#frameRequest);
    this.#pictures.close();
    this.#mix.close();
    this.#listeners.clear();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  readonly #drawSoon = (): void => {
    if (this.#frameRequest === 0 && !this.#isClosed) this.#frameRequest = requestAnimationFrame(this.#turn);
  };

  readonly #turn = (): void => {
    this.#frameRequest = 0;
    if (this.#playingSince !== undefined) {
      const { clockMs, atMs } = this.#playingSince;
      this.#moment = Math.min(this.#timeline.durationMs, atMs + performance.now() - clockMs);
      if (this.#moment >= this.#timeline.durationMs) this.pause();
      this.#tell();
    }
    this.#draw();
    if (this.#playingSince !== undefined) this.#drawSoon();
  };

  #playFrom(atMs: number): void {
    this.#moment = atMs;
    this.#playingSince = { clockMs: performance.now(), atMs };
    this.#mix.start(this.#heard(), atMs);
    this.#drawSoon();
    this.#tell();
  }

  #heard(): readonly SoundPiece[] {
    return this.#isSilent ? [] : this.#plan;
  }

  #draw(): void {
    const surface = this.#canvas?.getContext('2d');
    if (!surface) return;
    const size = { widthPx: surface.canvas.width, heightPx: surface.canvas.height };
    const shownMs = Math.min(this.#moment, Math.max(0, this.#timeline.durationMs - 1));
    const view = { sources: this.#sources, measure: measureText, size, timeline: this.#timeline };
    const frame = frameAt(this.#edit, shownMs, view);
    const pictured = this.#picturesOf(frame.layers.filter((layer) => layer.kind === 'picture'));
    // What is shown stays until the next picture is there: no flash of black at a cut.
    if (![...pictured.values()].includes(undefined)) {
      surface.clearRect(0, 0, size.widthPx, size.heightPx);
      paintFrame(surface, frame, {
        pictureOf: (layer) => pictured.get(elementName(layer)),
        onLater: this.#drawSoon,
      });
    }
    this.#pictures.settle(new Set(pictured.keys()));
    this.#prepareNext();
    if (this.#playingSince !== undefined) this.#mix.level(this.#heard(), this.#moment);
  }

  #picturesOf(layers: readonly PictureLayer[]): Map<string, HTMLVideoElement | undefined> {
    return new Map(
      layers.map((layer) => {
        const { url } = mediumOf(layer.key);
        const speed = this.#edit.clips.find((clip) => clip.id === layer.clipId)?.speed ?? 1;
        const isPlaying = this.#playingSince !== undefined;
        return [
          elementName(layer),
          url === undefined ? undefined : this.#pictures.show({ ...layer, url, speed }, isPlaying),
        ];
      }),
    );
  }

  #prepareNext(): void {
    const placed = clipAt(this.#timeline, this.#moment + AHEAD_MS);
    if (placed === undefined || placed === clipAt(this.#timeline, this.#moment)) return;
    const { clip } = placed;
    const key = clipKey(clip);
    const { url } = mediumOf(key);
    const sourceMs = sourceMsAt(placed, placed.startMs);
    if (url !== undefined)
      this.#pictures.prepare({ of: 'clip', clipId: clip.id, key, url, speed: clip.speed, sourceMs });
  }
}

/** Width of the preview's canvas in pixels: enough for phones, cheap enough to draw 60 times a second. */
export function previewSize(frame: { widthPx: number; heightPx: number }): { widthPx: number; heightPx: number } {
  const scale = Math.min(1, PREVIEW_WIDTH_PX / Math.min(frame.widthPx, frame.heightPx));
  return { widthPx: Math.round(frame.widthPx * scale), heightPx: Math.round(frame.heightPx * scale) };
}
