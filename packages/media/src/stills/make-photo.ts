/** Copies of a photo that can be shown: upright, in sRGB, with nothing left of its metadata. Runs in the worker only. */
import { join } from 'node:path';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { packPlaceholder, placeholderGrid } from '../placeholder.ts';
import { refuse, RefusalError } from '../refusal.ts';
import type { PhotoFormat } from '../sniff.ts';
import type { PhotoCopies, PhotoOrder, Refusal, SourceLimits, StillFile } from '../types.ts';
import { BRIGHT_LUMINANCE, PAGE, readLuminance } from './luminance.ts';
import { openPhoto, photoRefusal } from './photo.ts';
import { sniffFile } from './sniff-file.ts';
import { writeStill } from './write-still.ts';

/** Short sides of the copies, largest first, as the ladder of videos names them; the poster's; and the longest side of any. */
const SHORT_SIDES_PX = [1080, 540] as const;
const POSTER_SHORT_PX = 720;
const MAX_LONG_PX = 8_192;
/** Two copies closer than this are one. */
const CLOSEST = 0.85;
const JPEG = { quality: 82, progressive: true } as const;
const WEBP = { quality: 80 } as const;
const AVIF = { quality: 55, effort: 2 } as const;
/** Stands behind what a photo leaves transparent. */
const GROUND = '#ffffff';

type Size = { widthPx: number; heightPx: number };

/** Decodes the photo (of a moving one the first frame) once, and writes its copies. */
export async function makePhoto(work: PhotoOrder & { limits: SourceLimits }): Promise<PhotoCopies | Refusal> {
  const sniffed = sniffFile(work.sourcePath);
  if (sniffed.kind === 'refused') return sniffed;
  if (sniffed.kind !== 'photo') return refuse('not_media', 'This is not a picture.');
  try {
    const largest = await decode(work, sniffed.format);
    return await writeCopies(largest, work);
  } catch (error) {
    return error instanceof RefusalError ? error.refusal : photoRefusal(error, sniffed.format);
  }
}

/** The photo as raw sRGB, no larger than its largest copy. */
type Raw = { size: Size; rgb: Buffer };

async function decode(
  { sourcePath, limits }: PhotoOrder & { limits: SourceLimits },
  format: PhotoFormat,
): Promise<Raw> {
  const photo = format === 'avif-sequence' ? await firstOfSequence(sourcePath, limits) : openPhoto(sourcePath, limits);
  const upright = photo.autoOrient().flatten({ background: GROUND }).toColourspace('srgb');
  const { autoOrient } = await photo.metadata();
  const size = fitted({ widthPx: autoOrient.width, heightPx: autoOrient.height }, SHORT_SIDES_PX[0]);
  const rgb = await upright
    .resize(size.widthPx, size.heightPx, { fit: 'fill', withoutEnlargement: true })
    .removeAlpha()
    .raw()
    .toBuffer();
  return { rgb, size };
}

/** A film of AVIF pictures: the picture library does not read these, FFmpeg does. */
async function firstOfSequence(sourcePath: string, limits: SourceLimits): Promise<Sharp> {
  const { AV_LOG_QUIET, Log } = await import('node-av');
  Log.setLevel(AV_LOG_QUIET);
  const { grabFrames } = await import('./grab-frames.ts');
  const [picture] = grabFrames({ sourcePath, limits, isExact: true }, () => [0]).pictures;
  if (!picture) throw new RefusalError('corrupt', 'This picture is damaged.');
  return sharpOf(picture.rgb, { widthPx: picture.widthPx, heightPx: picture.heightPx });
}

async function writeCopies(
  { rgb, size: largest }: Raw,
  { outDir, isPosterOnly = false }: PhotoOrder,
): Promise<PhotoCopies> {
  const grid = placeholderGrid(largest);
  const [page, cells] = await Promise.all([
    sharpOf(rgb, largest).resize(PAGE.widthPx, PAGE.heightPx, { fit: 'cover' }).raw().toBuffer(),
    sharpOf(rgb, largest).resize(grid.columns, grid.rows, { fit: 'fill' }).raw().toBuffer(),
  ]);
  const luminance = readLuminance(page);
  const write = async (type: StillFile['type'], size: Size, stem = 'photo'): Promise<StillFile> => {
    const bytes = await encode(sharpOf(rgb, largest).resize(size.widthPx, size.heightPx, { fit: 'fill' }), type);
    return writeStill(join(outDir, `${stem}-${size.widthPx}.${type.slice('image/'.length)}`), bytes, { type, ...size });
  };
  const files: StillFile[] = [];
  for (const size of isPosterOnly ? [] : copySizes(largest)) {
    files.push(await write('image/avif', size), await write('image/webp', size));
    if (size === largest) files.push(await write('image/jpeg', size));
  }
  const poster = fitted(largest, POSTER_SHORT_PX);
  return {
    kind: 'photo-copies',
    ...largest,
    placeholder: packPlaceholder(cells, grid.columns),
    isBright: Math.max(luminance.topLuminance, luminance.railLuminance) > BRIGHT_LUMINANCE,
    files,
    poster: { jpeg: await write('image/jpeg', poster, 'poster'), avif: await write('image/avif', poster, 'poster') },
  };
}

function encode(picture: Sharp, type: StillFile['type']): Promise<Buffer> {
  switch (type) {
    case 'image/avif':
      return picture.avif(AVIF).toBuffer();
    case 'image/webp':
      return picture.webp(WEBP).toBuffer();
    case 'image/jpeg':
      return picture.jpeg(JPEG).toBuffer();
  }
}

function sharpOf(rgb: Buffer, { widthPx, heightPx }: Size): Sharp {
  return sharp(rgb, { raw: { width: widthPx, height: heightPx, channels: 3 } });
}

/** Largest first; never larger than the photo. */
function copySizes(largest: Size): Size[] {
  const [, small] = SHORT_SIDES_PX;
  const isSmallWorth = small <= CLOSEST * Math.min(largest.widthPx, largest.heightPx);
  return isSmallWorth ? [largest, fitted(largest, small)] : [largest];
}

function fitted({ widthPx, heightPx }: Size, shortPx: number): Size {
  const scale = Math.min(1, shortPx / Math.min(widthPx, heightPx), MAX_LONG_PX / Math.max(widthPx, heightPx));
  const side = (lengthPx: number): number => Math.max(1, Math.round(lengthPx * scale));
  return { widthPx: side(widthPx), heightPx: side(heightPx) };
}
