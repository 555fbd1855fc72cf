/** Small pictures of a medium along its time, for the timeline and the covers: read here where the file is, else the server's strip. */
import { useEffect } from 'react';
import type { SourceKey } from '@vitrine/edit';
import { readFrames, type Frame } from '../post/frames.ts';
import { mediumOf } from './media.ts';

const strips = new Map<SourceKey, readonly Frame[]>();
const reading = new Set<SourceKey>();
/** One decoder at a time: phones have few. */
let queue: Promise<unknown> = Promise.resolve();

/** A picture of a strip: of its own, or a part of a wide one. */
interface StripPicture {
  url: string;
  /** Of a wide picture: how many stand in it, and which this is. */
  part?: { count: number; place: number };
}

/** Reads the pictures of a medium once; `onRead` when there are new ones. */
export function useStrip(key: SourceKey, onRead: () => void): void {
  const { file } = mediumOf(key);
  useEffect(() => {
    if (file === undefined || strips.has(key) || reading.has(key)) return;
    reading.add(key);
    queue = queue.then(async () => {
      strips.set(key, await readFrames(file, new AbortController().signal));
      reading.delete(key);
      onRead();
    });
  }, [key, file]);
}

/** The picture nearest to a moment of the source. */
export function stripPicture(key: SourceKey, sourceMs: number): StripPicture | undefined {
  const own = strips.get(key) ?? [];
  if (own.length > 0) {
    const nearest = own.reduce((best, frame) =>
      Math.abs(frame.atMs - sourceMs) < Math.abs(best.atMs - sourceMs) ? frame : best,
    );
    return { url: nearest.url };
  }
  const { strip, posterUrl, facts } = mediumOf(key);
  if (strip && facts && facts.durationMs > 0) {
    const place = Math.min(strip.frames - 1, Math.max(0, Math.floor((sourceMs / facts.durationMs) * strip.frames)));
    return { url: strip.url, part: { count: strip.frames, place } };
  }
  return posterUrl === undefined ? undefined : { url: posterUrl };
}

/** CSS that shows a picture of a strip as a ground. */
export function stripStyle(picture: StripPicture | undefined): Record<string, string> {
  if (picture === undefined) return {};
  const { part } = picture;
  return {
    backgroundImage: `url("${picture.url}")`,
    ...(part && {
      backgroundSize: `${part.count * 100}% 100%`,
      backgroundPosition: `${(part.place / Math.max(1, part.count - 1)) * 100}% 0`,
    }),
  };
}
