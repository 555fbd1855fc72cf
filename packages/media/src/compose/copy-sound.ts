/** A sound file as browsers play it: AAC in MP4, as loud as it was. Runs in the worker only. */
import { join } from 'node:path';
import { syncAndHash } from '../encode/finish-mp4.ts';
import { Mp4Writer } from '../encode/mp4-writer.ts';
import type { SoundCopyOrder, SoundCopyOutcome, Refusal, SourceLimits } from '../types.ts';
import { readSound } from './read-sound.ts';
import { SoundTrack } from './sound-track.ts';

/** One plain MP4 in `outDir`. */
export async function copySound({
  sourcePath,
  outDir,
  probe,
  limits,
}: Omit<SoundCopyOrder, 'signal'> & { limits: SourceLimits }): Promise<
  Omit<Exclude<SoundCopyOutcome, Refusal>, 'cpuMs'>
> {
  const { durationMs } = probe;
  const pcm = await readSound({ path: sourcePath, probe, limits, fromMs: 0, lengthMs: durationMs });
  const path = join(outDir, 'sound.mp4');
  const writer = new Mp4Writer(path, 'plain');
  const track = new SoundTrack(pcm, writer);
  try {
    await track.end();
    writer.end();
  } finally {
    track.close();
  }
  return { kind: 'sound-copied', file: { path, durationMs, ...syncAndHash(path) } };
}
