/** Whole frames of a video at given moments, without loss. Runs in the worker only. */
import { join } from 'node:path';
import sharp from 'sharp';
import { FrameReader } from '../compose/frame-reader.ts';
import { PictureFilter } from '../encode/picture-filter.ts';
import type { FrameFile, FramesOrder, SourceLimits } from '../types.ts';

/** Files in the order of the moments, which must rise. */
export async function makeFrames({
  sourcePath,
  outDir,
  probe,
  momentsMs,
  limits,
}: Omit<FramesOrder, 'signal'> & { limits: SourceLimits }): Promise<{ kind: 'frames'; frames: FrameFile[] }> {
  const { widthPx, heightPx } = probe;
  const reader = new FrameReader({ path: sourcePath, probe, limits });
  const filter = new PictureFilter({ widthPx, heightPx }, probe.reading, [['format', 'pix_fmts=rgb24']]);
  const frames: FrameFile[] = [];
  try {
    for (const [n, atMs] of momentsMs.entries()) {
      const picture = filter.apply(reader.at(atMs * 1000));
      if (picture === undefined) throw new Error('a frame could not be drawn');
      const path = join(outDir, `frame${n}.png`);
      await sharp(Buffer.from(picture.toBuffer()), { raw: { width: widthPx, height: heightPx, channels: 3 } })
        .png({ compressionLevel: 1 })
        .toFile(path);
      picture.free();
      frames.push({ path, atMs, widthPx, heightPx });
    }
  } finally {
    filter.close();
    reader.close();
  }
  return { kind: 'frames', frames };
}
