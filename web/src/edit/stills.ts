/** Stills of an edit, for its cover: the frames that the preview would show at some moments. */
import { clipAt, frameAt, frameSize, sourceKeys, timelineOf, type PictureLayer } from '@vitrine/edit';
import type { VideoEdit } from '@vitrine/schema';
import type { Frame } from '../post/frames.ts';
import { mediumOf, sourcesOf } from './media.ts';
import { loadFonts, measureText, paintFrame } from './paint.ts';
import { elementName } from './pictures.ts';

const WIDTH_PX = 216;
const SEEK_LIMIT_MS = 4000;

function once(video: HTMLVideoElement, name: 'loadeddata' | 'seeked'): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, SEEK_LIMIT_MS);
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    video.addEventListener(name, done, { once: true });
    video.addEventListener('error', done, { once: true });
  });
}

/** Video elements by what they play, each brought to a moment before it is drawn. */
function makeSeeker() {
  const elements = new Map<string, HTMLVideoElement>();
  return {
    seek: async (url: string, atMs: number): Promise<HTMLVideoElement> => {
      let element = elements.get(url);
      if (element === undefined) {
        element = document.createElement('video');
        element.muted = true;
        element.playsInline = true;
        element.preload = 'auto';
        const loaded = once(element, 'loadeddata');
        element.src = url;
        elements.set(url, element);
        await loaded;
      }
      if (Math.abs(element.currentTime * 1000 - atMs) > 5) {
        const sought = once(element, 'seeked');
        element.currentTime = atMs / 1000;
        await sought;
      }
      return element;
    },
    close: () => {
      for (const element of elements.values()) {
        element.removeAttribute('src');
        element.load();
      }
    },
  };
}

/** Evenly spread moments of a video. */
export function spreadOver(durationMs: number, count: number): number[] {
  return Array.from({ length: durationMs > 0 ? count : 0 }, (_, place) =>
    Math.round((durationMs * (place + 0.5)) / count),
  );
}

/** Draws the frames at some moments. The addresses are the caller's to revoke. */
export async function stillsOf(edit: VideoEdit, momentsMs: readonly number[], signal: AbortSignal): Promise<Frame[]> {
  await loadFonts();
  const sources = sourcesOf(sourceKeys(edit));
  const timeline = timelineOf(edit);
  const shape = frameSize(edit.frame);
  const size = { widthPx: WIDTH_PX, heightPx: Math.round((WIDTH_PX * shape.heightPx) / shape.widthPx) };
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [size.widthPx, size.heightPx];
  const surface = canvas.getContext('2d');
  const seeker = makeSeeker();
  const frames: Frame[] = [];
  for (const atMs of momentsMs) {
    if (signal.aborted || surface === null || clipAt(timeline, atMs) === undefined) break;
    const frame = frameAt(edit, atMs, { sources, measure: measureText, size, timeline });
    const pictures = new Map<string, HTMLVideoElement>();
    for (const layer of frame.layers) {
      const { url } = layer.kind === 'picture' ? mediumOf(layer.key) : { url: undefined };
      if (layer.kind === 'picture' && url !== undefined)
        pictures.set(elementName(layer), await seeker.seek(url, layer.sourceMs));
    }
    surface.clearRect(0, 0, size.widthPx, size.heightPx);
    const pictureOf = (layer: PictureLayer): HTMLVideoElement | undefined => pictures.get(elementName(layer));
    paintFrame(surface, frame, { pictureOf, onLater: () => undefined });
    const blob = await new Promise<Blob | null>((made) => canvas.toBlob(made, 'image/jpeg', 0.85));
    if (blob) frames.push({ atMs, url: URL.createObjectURL(blob) });
  }
  seeker.close();
  return frames;
}
