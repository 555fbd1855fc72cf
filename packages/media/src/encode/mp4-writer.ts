/** Writes one fragmented MP4. Interleaves and cuts fragments itself, so that they fall where we want them and nowhere else. */
import {
  AV_CODEC_FLAG_BITEXACT,
  AVFMT_FLAG_BITEXACT,
  AVIO_FLAG_WRITE,
  FFmpegError,
  FormatContext,
  IOContext,
  Packet,
  Rational,
  avRescaleQ,
} from 'node-av';
import type { CodecContext, CodecParameters, Stream } from 'node-av';
import { setOptions } from '../source.ts';

type StreamKind = 'video' | 'audio';
type TimeBase = { num: number; den: number };
type Queued = { packet: Packet; decodeUs: number };
/** An encoder that is open by the time its first packet is there, or a source's parameters for a copy. */
export type StreamSource = { encoder: () => CodecContext } | { parameters: CodecParameters };
type Lane = { from: StreamSource; stream: Stream | undefined; timeBase: TimeBase; queue: Queued[]; isEnded: boolean };

/** Key frames closer than this share a fragment. */
const MIN_FRAGMENT_US = 900_000;

/**
 * Fragments begin at key frames and nowhere else: browsers that seek into one that does not cannot decode it.
 * Give packets in decode order per stream; `end` finishes the file.
 */
export class Mp4Writer {
  readonly #context = new FormatContext();
  readonly #io = new IOContext();
  readonly #lanes = new Map<StreamKind, Lane>();
  #fragmentStartUs: number | undefined;
  #isHeaderWritten = false;
  #isMovieWritten = false;

  readonly #isFragmented: boolean;

  /** `plain`: one movie with its index in front, for keeping. */
  constructor(path: string, form: 'fragmented' | 'plain' = 'fragmented') {
    this.#isFragmented = form === 'fragmented';
    check(this.#context.allocOutputContext2(null, 'mp4', path), 'allocate the output');
    check(this.#io.open2Sync(`file:${path}`, AVIO_FLAG_WRITE), 'open the output');
    this.#context.pb = this.#io;
    this.#context.setFlags(AVFMT_FLAG_BITEXACT);
    setOptions(this.#context, {
      movflags: this.#isFragmented ? 'frag_custom+delay_moov+default_base_moof' : 'faststart',
    });
  }

  /** All streams have to be there before the first packet; they keep this order in the file. */
  addStream(kind: StreamKind, from: StreamSource, timeBase: TimeBase): void {
    this.#lanes.set(kind, { from, stream: undefined, timeBase, queue: [], isEnded: false });
  }

  /** Takes over the packet. Its times are in the stream's own time base. */
  push(kind: StreamKind, packet: Packet): void {
    const lane = this.#lane(kind);
    lane.queue.push({ packet, decodeUs: (Number(packet.dts) * lane.timeBase.num * 1e6) / lane.timeBase.den });
    this.#drain();
  }

  endStream(kind: StreamKind): void {
    this.#lane(kind).isEnded = true;
    this.#drain();
  }

  /** Writes the last fragment and closes the file. */
  end(): void {
    for (const lane of this.#lanes.values()) lane.isEnded = true;
    this.#drain();
    if (!this.#isHeaderWritten) throw new Error('nothing was encoded');
    check(this.#context.writeTrailerSync(), 'finish the file');
    this.close();
  }

  close(): void {
    // The context would close it a second time.
    this.#context.pb = null;
    this.#io.closepSync();
    this.#context.freeContext();
  }

  #lane(kind: StreamKind): Lane {
    const lane = this.#lanes.get(kind);
    if (lane === undefined) throw new Error(`no ${kind} stream`);
    return lane;
  }

  /** Writes in decode order as long as no stream that still runs could come earlier. */
  #drain(): void {
    for (;;) {
      const lanes = [...this.#lanes.entries()];
      if (lanes.some(([, lane]) => lane.queue.length === 0 && !lane.isEnded)) return;
      const next = lanes
        .filter(([, lane]) => lane.queue.length > 0)
        .sort(([, a], [, b]) => (a.queue[0]?.decodeUs ?? 0) - (b.queue[0]?.decodeUs ?? 0))[0];
      const queued = next?.[1].queue.shift();
      if (next === undefined || queued === undefined) return;
      this.#write(next[0], next[1], queued);
    }
  }

  #write(kind: StreamKind, lane: Lane, { packet, decodeUs }: Queued): void {
    if (!this.#isHeaderWritten) this.#writeHeader();
    if (lane.stream === undefined) throw new Error(`the ${kind} stream came too late`);
    this.#cutIfDue(kind, packet, decodeUs);
    packet.streamIndex = lane.stream.index;
    packet.rescaleTs(lane.timeBase, lane.stream.timeBase);
    check(this.#context.writeFrameSync(packet), 'write a packet');
    packet.free();
  }

  #writeHeader(): void {
    for (const lane of this.#lanes.values()) {
      const { from } = lane;
      const stream = this.#context.newStream(null);
      const described =
        'encoder' in from ? stream.codecpar.fromContext(from.encoder()) : from.parameters.copy(stream.codecpar);
      check(described, 'describe a stream');
      // The source's own tag may be one that MP4 does not know.
      if ('parameters' in from) stream.codecpar.codecTag = 0;
      stream.timeBase = new Rational(lane.timeBase.num, lane.timeBase.den);
      lane.stream = stream;
    }
    check(this.#context.writeHeaderSync(null), 'write the header');
    this.#isHeaderWritten = true;
  }

  #cutIfDue(kind: StreamKind, packet: Packet, decodeUs: number): void {
    this.#fragmentStartUs ??= decodeUs;
    const isDue = decodeUs - this.#fragmentStartUs >= MIN_FRAGMENT_US;
    if (!this.#isFragmented || kind !== 'video' || !packet.isKeyframe || !isDue) return;
    // The first flush writes only the movie header, once its streams are known.
    for (let n = this.#isMovieWritten ? 1 : 0; n < 2; n += 1) {
      check(this.#context.writeFrameSync(null), 'cut a fragment');
    }
    this.#isMovieWritten = true;
    this.#fragmentStartUs = decodeUs;
  }
}

/** Throws FFmpeg's error with what was tried. */
export function check(code: number, what: string): void {
  if (code < 0) throw new Error(`could not ${what}: ${FFmpegError.strerror(code)}`);
}

/** Gives a packet other bytes. The setter alone would wipe its times and flags. */
export function replaceData(packet: Packet, data: Buffer): void {
  const { pts, dts, duration, flags, streamIndex } = packet;
  packet.data = data;
  Object.assign(packet, { pts, dts, duration, flags, streamIndex });
}

/** A packet of a source as it is, on the clock that begins at `startUs` of the source's. */
export function copyFrom(packet: Packet, timeBase: TimeBase, startUs: number): Packet {
  const copy = packet.clone();
  if (copy === null) throw new Error('no memory for a packet');
  const shift = avRescaleQ(BigInt(Math.round(startUs)), { num: 1, den: 1_000_000 }, timeBase);
  copy.pts -= shift;
  copy.dts -= shift;
  return copy;
}

/** All packets an encoder has ready. */
export function* takePackets(encoder: CodecContext): Generator<Packet> {
  for (;;) {
    const packet = new Packet();
    packet.alloc();
    if (encoder.receivePacketSync(packet) < 0) {
      packet.free();
      return;
    }
    yield packet;
  }
}

/** Makes an encoder's output the same on every run. */
export const BITEXACT = AV_CODEC_FLAG_BITEXACT;
