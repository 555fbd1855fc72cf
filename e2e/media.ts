/** Real clips for journeys: H.264 or HEVC with AAC, made by our own script in a process of its own and kept in the temporary folder. */
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { appendFile, copyFile, mkdir, rename } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What a clip shows: a flat hue, a white bar that sinks, and the number of the frame as 16 squares along the top. */
export interface ClipOrder {
  widthPx: number;
  heightPx: number;
  /** 200 to 600,000. */
  durationMs: number;
  /** Colour of the ground in degrees, 0 to 359: tells clips apart by one pixel. */
  hueDegrees: number;
  framesPerSecond: number;
  /** h264 is remuxed by the server, hevc must be encoded anew. */
  codec: 'h264' | 'hevc';
  hasAudio: boolean;
}

/** A phone clip of 3 s. */
const SHORT_CLIP: ClipOrder = {
  widthPx: 540,
  heightPx: 960,
  durationMs: 3000,
  hueDegrees: 200,
  framesPerSecond: 30,
  codec: 'h264',
  hasAudio: true,
};

/** A phone clip as phones make it: 15 s, 1080x1920. */
export const PHONE_CLIP: ClipOrder = { ...SHORT_CLIP, widthPx: 1080, heightPx: 1920, durationMs: 15_000 };

/** Makes the clip, or finds the same one made before; gives its path. */
export async function makeClip(wanted: Partial<ClipOrder> = {}): Promise<string> {
  const order = { ...SHORT_CLIP, ...wanted };
  const maker = join(import.meta.dirname, 'clip-maker.ts');
  const key = createHash('sha256').update(readFileSync(maker)).update(JSON.stringify(order)).digest('hex').slice(0, 16);
  const folder = join(tmpdir(), `vitrine-clips-${userInfo().uid}`);
  const path = join(folder, `${order.widthPx}x${order.heightPx}-${order.durationMs}ms-${key}.mp4`);
  if (existsSync(path)) return path;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `${process.pid}-${key}.mp4`);
  await promisify(execFile)(process.execPath, [maker, draft, JSON.stringify(order)]);
  await rename(draft, path);
  return path;
}

/** The same clip made large by a box that players skip (ISO 14496-12, `free`): for uploads that take a while. Gives its path. */
export async function makeHeavyClip(extraBytes: number, wanted: Partial<ClipOrder> = {}): Promise<string> {
  const clip = await makeClip(wanted);
  const path = clip.replace(/\.mp4$/, `-${extraBytes}.mp4`);
  if (existsSync(path)) return path;
  const draft = `${path}.${process.pid}`;
  await copyFile(clip, draft);
  const box = randomBytes(extraBytes);
  box.writeUInt32BE(extraBytes, 0);
  box.write('free', 4, 'latin1');
  await appendFile(draft, box);
  await rename(draft, path);
  return path;
}
