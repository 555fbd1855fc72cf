/** Looks at photos. Runs in the worker only. */
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { refuse } from '../refusal.ts';
import type { PhotoFormat } from '../sniff.ts';
import type { PhotoProbe, Refusal, SourceLimits } from '../types.ts';

/** Opens a photo with every limit; metadata stays behind unless asked for. */
export function openPhoto(path: string, limits: SourceLimits): Sharp {
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp(path, { limitInputPixels: limits.maxPixels, failOn: 'error', sequentialRead: true, pages: 1 });
}

/** Decodes a photo wholly; its header alone proves nothing. */
export async function probePhoto(
  path: string,
  format: PhotoFormat,
  limits: SourceLimits,
): Promise<PhotoProbe | Refusal> {
  try {
    const photo = openPhoto(path, limits);
    const { autoOrient, pages = 1, width, height, compression } = await photo.metadata();
    if (format === 'heif' && compression === 'hevc')
      return refuse('unsupported_codec', 'HEIC photos cannot be read here. Send this picture as a JPEG.');
    if (width * height > limits.maxPixels) return refuse('too_large_pixels');
    await photo.resize(64, 64, { fit: 'inside', withoutEnlargement: true }).raw().toBuffer();
    return { kind: 'photo', format, widthPx: autoOrient.width, heightPx: autoOrient.height, isAnimated: pages > 1 };
  } catch (error) {
    return photoRefusal(error, format);
  }
}

/** A refusal for what the picture library said. */
export function photoRefusal(error: unknown, format: PhotoFormat): Refusal {
  const message = error instanceof Error ? error.message : '';
  if (/pixel limit/i.test(message)) return refuse('too_large_pixels');
  if (format === 'heif' && /compression|codec|unsupported/i.test(message))
    return refuse('unsupported_codec', 'HEIC photos cannot be read here. Send this picture as a JPEG.');
  return refuse('corrupt', 'This picture is damaged.');
}
