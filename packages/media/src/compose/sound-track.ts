/** The sound of a composed file. Runs in the worker only. */
import { AudioEncoder } from '../encode/audio-encoder.ts';
import type { Mp4Writer } from '../encode/mp4-writer.ts';
import { BLOCK_SAMPLES, pcmFrame, RATE_HZ, type Pcm } from './pcm.ts';

/** Encodes a mix piece by piece, as the pictures go on. Must be closed. */
export class SoundTrack {
  readonly #mix: Pcm;
  readonly #writer: Mp4Writer;
  readonly #encoder = new AudioEncoder({ sampleRateHz: RATE_HZ, channels: 2 });
  #at = 0;

  constructor(mix: Pcm, writer: Mp4Writer) {
    this.#mix = mix;
    this.#writer = writer;
    writer.addStream('audio', { encoder: () => this.#encoder.context }, this.#encoder.timeBase);
  }

  async writeUntil(seconds: number): Promise<void> {
    const end = Math.min(this.#mix.left.length, Math.ceil(seconds * RATE_HZ));
    while (this.#at < end) {
      const to = Math.min(this.#mix.left.length, this.#at + BLOCK_SAMPLES);
      using frame = pcmFrame(this.#mix, this.#at, to);
      const packets = await this.#encoder.encode(frame, (this.#at * 1e6) / RATE_HZ);
      for (const packet of packets) this.#writer.push('audio', packet);
      this.#at = to;
    }
  }

  async end(): Promise<void> {
    await this.writeUntil(Infinity);
    for (const packet of await this.#encoder.flush()) this.#writer.push('audio', packet);
  }

  close(): void {
    this.#encoder.close();
  }
}
