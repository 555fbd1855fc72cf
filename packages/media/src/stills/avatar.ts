/** Square pictures of a person's photo. Runs in the worker only. */
import { join } from 'node:path';
import { refuse } from '../refusal.ts';
import type { AvatarOutcome, Refusal, SourceLimits, StillFile } from '../types.ts';
import { openPhoto, photoRefusal } from './photo.ts';
import { sniffFile } from './sniff-file.ts';
import { writeStill } from './write-still.ts';

const SIZES_PX = [512, 256, 96];
const WEBP_QUALITY = 82;

/** Largest first; upright; cut to the middle; nothing of the photo's metadata is kept. */
export async function makeAvatar({
  sourcePath,
  outDir,
  limits,
}: {
  sourcePath: string;
  outDir: string;
  limits: SourceLimits;
}): Promise<Omit<Exclude<AvatarOutcome, Refusal>, 'cpuMs'> | Refusal> {
  const sniffed = sniffFile(sourcePath);
  if (sniffed.kind === 'refused') return sniffed;
  if (sniffed.kind !== 'photo') return refuse('not_media', 'This is not a picture.');
  try {
    const files: StillFile[] = [];
    for (const sizePx of SIZES_PX) {
      const bytes = await openPhoto(sourcePath, limits)
        .autoOrient()
        .resize(sizePx, sizePx, { fit: 'cover' })
        .webp({ quality: WEBP_QUALITY })
        .toBuffer();
      files.push(
        writeStill(join(outDir, `avatar-${sizePx}.webp`), bytes, {
          type: 'image/webp',
          widthPx: sizePx,
          heightPx: sizePx,
        }),
      );
    }
    return { kind: 'avatar', files };
  } catch (error) {
    return photoRefusal(error, sniffed.format);
  }
}
