/** Small sounds for journeys: a plucked tune on a steady beat. */
import { writeFile } from 'node:fs/promises';

const RATE_HZ = 22_050;

/** Writes a WAV file of one channel; other notes for every seed. */
export async function makeSound(path: string, { seed, seconds }: { seed: number; seconds: number }): Promise<string> {
  const count = seconds * RATE_HZ;
  const bytes = Buffer.alloc(44 + count * 2);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.set([16, 0, 0, 0, 1, 0, 1, 0], 16);
  bytes.writeUInt32LE(RATE_HZ, 24);
  bytes.writeUInt32LE(RATE_HZ * 2, 28);
  bytes.set([2, 0, 16, 0], 32);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(count * 2, 40);
  for (let n = 0; n < count; n += 1) {
    const beat = (n / RATE_HZ) * 2;
    const note = (Math.imul(Math.floor(beat) + 1, seed * 7919 + 13) >>> 3) % 24;
    const sample = 0.6 * Math.exp(-(beat % 1) * 3) * Math.sin((2 * Math.PI * 220 * 2 ** (note / 12) * n) / RATE_HZ);
    bytes.writeInt16LE(Math.round(sample * 30_000), 44 + n * 2);
  }
  await writeFile(path, bytes);
  return path;
}
