/** Small real clips, made by the clip maker of the journeys in a process of its own and kept in the temporary folder. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** What a clip is like. */
export interface TestClip {
  widthPx?: number;
  heightPx?: number;
  durationMs?: number;
  /** Colour of the ground: clips that differ in it differ in their bytes. */
  hueDegrees?: number;
  /** h264 is remuxed by the server, hevc must be encoded anew. */
  codec?: 'h264' | 'hevc';
  hasAudio?: boolean;
}

const USUAL = {
  widthPx: 180,
  heightPx: 320,
  durationMs: 1000,
  hueDegrees: 200,
  framesPerSecond: 30,
  codec: 'h264',
  hasAudio: true,
};
const MAKER = fileURLToPath(new URL('../../../e2e/clip-maker.ts', import.meta.url));

/** The bytes of a clip. */
export async function clipBytes(wanted: TestClip = {}): Promise<Buffer> {
  const order = JSON.stringify({ ...USUAL, ...wanted });
  const key = createHash('sha256')
    .update(await readFile(MAKER))
    .update(order)
    .digest('hex')
    .slice(0, 16);
  const folder = join(tmpdir(), `vitrine-test-clips-${userInfo().uid}`);
  const path = join(folder, `${key}.mp4`);
  const known = await readFile(path).catch(() => undefined);
  if (known) return known;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `${process.pid}-${key}.mp4`);
  await promisify(execFile)(process.execPath, [MAKER, draft, order]);
  await rename(draft, path);
  return readFile(path);
}
