/** Which picture of a source is shown at a moment: reads forward, decodes each picture once. Runs in the worker only. */
import { AVERROR_EAGAIN, AVSEEK_FLAG_BACKWARD, Frame, Packet } from 'node-av';
import type { CodecContext } from 'node-av';
import { RefusalError } from '../refusal.ts';
import { openDecoder, openSource, toMicroseconds } from '../source.ts';
import type { Source, Track } from '../source.ts';
import type { SourceLimits, VideoProbe } from '../types.ts';

type TimedFrame = { frame: Frame; timeUs: number };

/** Times of files may be rounded to milliseconds: a picture counts as shown this much earlier. */
const ROUNDING_US = 2_000;
/** Moments nearer to the start are reached by decoding from there. */
const SEEK_FROM_US = 1_500_000;
/** A seek that lands this far behind its aim is done again from the start. */
const MISSED_US = 120_000;
const DECODER_THREADS = 2;

/** Ask for moments in rising order. Must be closed. */
export class FrameReader {
  readonly #order: { path: string; probe: VideoProbe; limits: SourceLimits };
  #source: Source;
  #track: Track;
  #decoder: CodecContext;
  readonly #packet = new Packet();
  #isDraining = false;
  #shown: TimedFrame | undefined;
  #next: TimedFrame | undefined;
  #isStarted = false;
  /** Counts up with each other picture that is shown. */
  serial = 0;

  constructor(order: { path: string; probe: VideoProbe; limits: SourceLimits }) {
    this.#order = order;
    this.#packet.alloc();
    ({ source: this.#source, track: this.#track, decoder: this.#decoder } = open(order));
  }

  /** The last picture that does not lie after the moment, on the source's clock from its start; the first before there is one. */
  at(momentUs: number): Frame {
    if (!this.#isStarted) this.#start(momentUs);
    while (this.#next !== undefined && (this.#shown === undefined || this.#next.timeUs <= momentUs + ROUNDING_US)) {
      this.#shown?.frame.free();
      this.#shown = this.#next;
      this.serial += 1;
      this.#next = this.#decodeNext();
    }
    if (this.#shown === undefined) throw new RefusalError('corrupt', 'No picture in this file could be decoded.');
    return this.#shown.frame;
  }

  close(): void {
    this.#shown?.frame.free();
    this.#next?.frame.free();
    this.#packet.free();
    this.#decoder.freeContext();
    this.#source.close();
  }

  #start(momentUs: number): void {
    this.#isStarted = true;
    const { num, den } = this.#track.stream.timeBase;
    const isSought =
      momentUs > SEEK_FROM_US &&
      this.#source.context.seekFrameSync(
        this.#track.index,
        BigInt(Math.floor(((momentUs + this.#order.probe.reading.startUs) * den) / (num * 1e6))),
        AVSEEK_FLAG_BACKWARD,
      ) >= 0;
    this.#next = this.#decodeNext();
    if (!isSought || (this.#next !== undefined && this.#next.timeUs <= momentUs + MISSED_US)) return;
    this.#next?.frame.free();
    this.#decoder.freeContext();
    this.#source.close();
    this.#isDraining = false;
    ({ source: this.#source, track: this.#track, decoder: this.#decoder } = open(this.#order));
    this.#next = this.#decodeNext();
  }

  #decodeNext(): TimedFrame | undefined {
    const frame = new Frame();
    frame.alloc();
    for (;;) {
      if (this.#decoder.receiveFrameSync(frame) >= 0) {
        const stamp = toMicroseconds(frame.bestEffortTimestamp, this.#track.stream.timeBase);
        const { startUs } = this.#order.probe.reading;
        return { frame, timeUs: stamp === undefined ? (this.#next?.timeUs ?? 0) : stamp - startUs };
      }
      if (this.#isDraining) break;
      this.#feed();
    }
    frame.free();
    return undefined;
  }

  /** Gives the decoder one packet; at the end of the file tells it so. */
  #feed(): void {
    for (let retries = 0; retries < 1000; retries += 1) {
      const code = this.#source.context.readFrameSync(this.#packet);
      if (code === AVERROR_EAGAIN) continue;
      if (code < 0) break;
      const isOurs = this.#packet.streamIndex === this.#track.index;
      if (isOurs) this.#decoder.sendPacketSync(this.#packet);
      this.#packet.unref();
      if (isOurs) return;
    }
    this.#isDraining = true;
    this.#decoder.sendPacketSync(null);
  }
}

function open({ path, probe, limits }: { path: string; probe: VideoProbe; limits: SourceLimits }): {
  source: Source;
  track: Track;
  decoder: CodecContext;
} {
  const source = openSource(path, probe.reading.demuxer, limits);
  const track = source.tracks.find((candidate) => candidate.index === probe.reading.videoIndex);
  if (track === undefined) throw new RefusalError('corrupt');
  return { source, track, decoder: openDecoder(track, limits, DECODER_THREADS) };
}
