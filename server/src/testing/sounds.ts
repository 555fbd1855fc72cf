/** Small sounds for tests: a plucked tune on a steady beat, other notes for every seed. */

const RATE_HZ = 22_050;

/** A WAV file of one channel. */
export function soundBytes({ seed, seconds = 8, bpm = 120 }: { seed: number; seconds?: number; bpm?: number }): Buffer {
  const count = Math.round(seconds * RATE_HZ);
  const samples = Float64Array.from({ length: count }, (_, n) => {
    const beat = (n / RATE_HZ) * (bpm / 60);
    const note = (Math.imul(Math.floor(beat) + 1, seed * 7919 + 13) >>> 3) % 24;
    const sinceMs = ((beat % 1) * 60_000) / bpm;
    const tone = Math.sin((2 * Math.PI * 220 * 2 ** (note / 12) * n) / RATE_HZ);
    return (
      0.5 * Math.exp(-sinceMs / 160) * (tone + 0.3 * Math.sin((2 * Math.PI * 660 * 2 ** (note / 12) * n) / RATE_HZ))
    );
  });
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
  samples.forEach((sample, n) => bytes.writeInt16LE(Math.round(sample * 25_000), 44 + n * 2));
  return bytes;
}
