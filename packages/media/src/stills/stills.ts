/** Poster, placeholder and storyboard of a video. Runs in the worker only. */
import { join } from 'node:path';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { packPlaceholder, placeholderGrid } from '../placeholder.ts';
import { RefusalError } from '../refusal.ts';
import type { Poster, Refusal, SourceLimits, StillsOutcome, Storyboard, VideoProbe } from '../types.ts';
import { grabFrames } from './grab-frames.ts';
import type { Picture } from './grab-frames.ts';
import { BRIGHT_LUMINANCE, PAGE, readLuminance } from './luminance.ts';
import { writeStill } from './write-still.ts';

type StillsWork = {
  sourcePath: string;
  outDir: string;
  probe?: VideoProbe;
  coverMs?: number;
  limits: SourceLimits;
};

const STORYBOARD_FRAMES = 5;
const STORYBOARD_LONG_PX = 160;
const JPEG_QUALITY = 80;
const WEBP_QUALITY = 78;
const AVIF = { quality: 52, effort: 2 } as const;

/** Decodes a handful of frames and writes four pictures. */
export async function makeStills(work: StillsWork): Promise<Omit<Exclude<StillsOutcome, Refusal>, 'cpuMs'>> {
  sharp.cache(false);
  const { pictures, durationMs } = grabFrames(work, (lengthMs) => momentsOf(lengthMs, work.coverMs));
  const first = pictures[0];
  if (first === undefined) throw new RefusalError('corrupt', 'No picture in this file could be decoded.');
  const cover = work.coverMs === undefined ? await chooseCover(pictures) : first;
  const strip = storyboardMoments(durationMs).map((timeMs) => nearest(pictures, timeMs));
  return {
    kind: 'stills',
    poster: await writePoster(cover, work.outDir),
    storyboard: await writeStoryboard(strip, work.outDir),
  };
}

/** The cover's moment first (the very beginning, if none is wished for), then the storyboard's. */
function momentsOf(durationMs: number, coverMs: number | undefined): number[] {
  return [Math.min(coverMs ?? 0, Math.max(0, durationMs - 1)), ...storyboardMoments(durationMs)];
}

function storyboardMoments(durationMs: number): number[] {
  return Array.from({ length: STORYBOARD_FRAMES }, (_, n) => Math.round(((n + 0.5) * durationMs) / STORYBOARD_FRAMES));
}

function nearest(pictures: readonly Picture[], timeMs: number): Picture {
  const sorted = [...pictures].sort((a, b) => Math.abs(a.timeMs - timeMs) - Math.abs(b.timeMs - timeMs));
  if (sorted[0] === undefined) throw new Error('no pictures');
  return sorted[0];
}

/** Darker than this all over, or this even, a picture shows nothing (0 to 255). */
const MIN_MEAN = 20;
const MIN_SPREAD = 12;

/** The earliest that shows something: the video then begins where its poster ends. Else the one with most in it. */
async function chooseCover(pictures: readonly Picture[]): Promise<Picture> {
  const judged = await Promise.all(
    pictures.map(async (picture) => {
      const { channels } = await sharpOf(picture).resize(64, 64, { fit: 'inside' }).greyscale().stats();
      return { picture, mean: channels[0]?.mean ?? 0, spread: channels[0]?.stdev ?? 0 };
    }),
  );
  const good = judged.find(({ mean, spread }) => mean >= MIN_MEAN && spread >= MIN_SPREAD);
  const best = good ?? judged.sort((a, b) => b.spread - a.spread)[0];
  if (best === undefined) throw new Error('no pictures');
  return best.picture;
}

function sharpOf({ rgb, widthPx, heightPx }: Picture): Sharp {
  return sharp(rgb, { raw: { width: widthPx, height: heightPx, channels: 3 } });
}

async function writePoster(cover: Picture, outDir: string): Promise<Poster> {
  const size = { widthPx: cover.widthPx, heightPx: cover.heightPx };
  const [jpeg, webp, avif, page, cells] = await Promise.all([
    sharpOf(cover).jpeg({ quality: JPEG_QUALITY, progressive: true }).toBuffer(),
    sharpOf(cover).webp({ quality: WEBP_QUALITY }).toBuffer(),
    sharpOf(cover).avif(AVIF).toBuffer(),
    sharpOf(cover).resize(PAGE.widthPx, PAGE.heightPx, { fit: 'cover' }).raw().toBuffer(),
    sharpOf(cover).resize(placeholderGrid(size).columns, placeholderGrid(size).rows, { fit: 'fill' }).raw().toBuffer(),
  ]);
  const luminance = readLuminance(page);
  return {
    coverMs: cover.timeMs,
    jpeg: writeStill(join(outDir, 'poster.jpg'), jpeg, { type: 'image/jpeg', ...size }),
    webp: writeStill(join(outDir, 'poster.webp'), webp, { type: 'image/webp', ...size }),
    avif: writeStill(join(outDir, 'poster.avif'), avif, { type: 'image/avif', ...size }),
    ...luminance,
    isBright: Math.max(luminance.topLuminance, luminance.railLuminance) > BRIGHT_LUMINANCE,
    placeholder: packPlaceholder(cells, placeholderGrid(size).columns),
  };
}

async function writeStoryboard(frames: readonly Picture[], outDir: string): Promise<Storyboard> {
  const first = frames[0];
  if (first === undefined) throw new Error('no pictures');
  const scale = STORYBOARD_LONG_PX / Math.max(first.widthPx, first.heightPx);
  const frameWidthPx = Math.max(1, Math.round(first.widthPx * scale));
  const frameHeightPx = Math.max(1, Math.round(first.heightPx * scale));
  const raw = { width: frameWidthPx, height: frameHeightPx, channels: 3 } as const;
  const parts = await Promise.all(
    frames.map((frame) => sharpOf(frame).resize(frameWidthPx, frameHeightPx, { fit: 'fill' }).raw().toBuffer()),
  );
  const size = { widthPx: frameWidthPx * frames.length, heightPx: frameHeightPx };
  const bytes = await sharp({ create: { width: size.widthPx, height: size.heightPx, channels: 3, background: '#000' } })
    .composite(parts.map((input: Buffer, n: number) => ({ input, raw, left: n * frameWidthPx, top: 0 })))
    .jpeg({ quality: 72 })
    .toBuffer();
  return {
    ...writeStill(join(outDir, 'storyboard.jpg'), bytes, { type: 'image/jpeg', ...size }),
    frames: frames.length,
    frameWidthPx,
    frameHeightPx,
  };
}
