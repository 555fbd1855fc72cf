/** Whatever picture comes in, a square WebP of ours goes out: made in the sandbox, without the original's metadata. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeAvatar, type StillFile } from '@vitrine/media';
import { refuse } from '../platform/problem.ts';

/**
 * Makes it and gives it to `keep`; its folder within `workDir` goes with the end of that.
 * @throws a refusal with the reason when it is no picture, or one too large
 */
export async function withSquarePicture(
  order: { workDir: string; picture: Uint8Array; widthPx: number },
  keep: (made: StillFile) => Promise<void>,
): Promise<void> {
  const { workDir, picture, widthPx } = order;
  await mkdir(workDir, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(workDir, 'picture-'));
  try {
    const sourcePath = join(folder, 'source');
    await writeFile(sourcePath, picture, { mode: 0o600 });
    const outcome = await makeAvatar({ sourcePath, outDir: folder });
    if (outcome.kind === 'refused') throw refuse('picture_refused', outcome.sentence);
    const made = outcome.files.find((file) => file.widthPx === widthPx);
    if (!made) throw new Error(`no picture of ${widthPx} pixels was made`);
    await keep(made);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
