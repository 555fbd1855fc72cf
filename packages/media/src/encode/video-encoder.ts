/** H.264 for one rung. */
import {
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PICTURE_TYPE_I,
  AV_PICTURE_TYPE_NONE,
  AV_PKT_DATA_QUALITY_STATS,
  AV_PIX_FMT_YUV420P,
  AVCOL_RANGE_MPEG,
  Codec,
  CodecContext,
  Rational,
} from 'node-av';
import type { Frame, Packet } from 'node-av';
import type { FrameRate } from '../cadence.ts';
import { setOptions } from '../source.ts';
import type { Rung } from '../types.ts';
import { stripSei } from './nal.ts';
import { BITEXACT, check, replaceData, takePackets } from './mp4-writer.ts';
import type { OutputColour } from './picture-filter.ts';

/** Seconds from key frame to key frame; closed, so that any of them can start a fragment. The first is short: a player waits for it. */
const GOP_SECONDS = 2;
const FIRST_GOP_SECONDS = 1;
/** Quality (x264's constant rate factor) where the bits allow it. */
export const USUAL_CRF = 23;
/** Bytes that the first picture may take up to 540p, so that header and picture fit the first 14.6 kB of a connection. */
const FIRST_PICTURE_BYTES = 10_500;
/** What a new beginning aims at. */
const AIMED_BYTES = 9_500;
/** A first picture that x264 chose freely is finer than its quantiser says: others lean on it. */
const FREE_QP_OFFSET = 4;
const SMALL_SIDE_PX = 540;
/** x264's coarsest. */
const MAX_QP = 51;
const MAX_TRIALS = 4;

/** What to encode. `crf`: lower is better. */
type VideoSettings = { rung: Rung; rate: FrameRate; colour: OutputColour; crf: number };

/**
 * Encodes pictures; each stands on a beat of the rate. If the first one comes out too large, the encoder begins again
 * with a coarser first picture, as often as it takes: it has seen no more than a dozen pictures by then.
 */
export class VideoEncoder {
  readonly timeBase: { num: number; den: number };
  readonly #settings: VideoSettings;
  readonly #firstGop: number;
  #context: CodecContext;
  #isSettled: boolean;
  #firstQp: number | undefined;
  #trials = 0;
  readonly #held: Frame[] = [];

  constructor(settings: VideoSettings) {
    this.#settings = settings;
    this.timeBase = { num: settings.rate.den, den: settings.rate.num };
    this.#firstGop = beatsIn(FIRST_GOP_SECONDS, settings.rate);
    this.#isSettled = Math.min(settings.rung.widthPx, settings.rung.heightPx) > SMALL_SIDE_PX;
    this.#context = openEncoder(settings, undefined);
  }

  get context(): CodecContext {
    return this.#context;
  }

  /** Encodes one picture at several beats ([from, to)). */
  *encode(frame: Frame, from: number, to: number): Generator<Packet> {
    for (let beat = from; beat < to; beat += 1) {
      frame.pts = BigInt(beat);
      frame.pictType = beat === this.#firstGop ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
      const copy = this.#isSettled ? null : frame.clone();
      if (copy !== null) this.#held.push(copy);
      check(this.#context.sendFrameSync(frame), 'encode a picture');
      yield* this.#packets(false);
    }
  }

  *flush(): Generator<Packet> {
    this.#context.sendFrameSync(null);
    yield* this.#packets(true);
  }

  close(): void {
    this.#release();
    this.#context.freeContext();
  }

  *#packets(isEnding: boolean): Generator<Packet> {
    for (const packet of takePackets(this.#context)) {
      if (!this.#isSettled) {
        // x264 writes 700 bytes about itself before its first picture.
        if (packet.data !== null) replaceData(packet, stripSei(packet.data));
        if (packet.size > FIRST_PICTURE_BYTES && this.#trials < MAX_TRIALS && this.#firstQp !== MAX_QP) {
          this.#beginAgain(packet);
          if (isEnding) this.#context.sendFrameSync(null);
          yield* this.#packets(isEnding);
          return;
        }
        this.#isSettled = true;
        this.#release();
      }
      // A beat lasts one unit of the time base.
      packet.duration = 1n;
      yield packet;
    }
  }

  #beginAgain(first: Packet): void {
    // Six steps of the quantiser halve the bits.
    const steps = Math.max(1, Math.ceil(6 * Math.log2(first.size / AIMED_BYTES)));
    this.#firstQp = Math.min(MAX_QP, (this.#firstQp ?? quantiserOf(first) + FREE_QP_OFFSET) + steps);
    this.#trials += 1;
    first.free();
    this.#context.freeContext();
    this.#context = openEncoder(this.#settings, this.#firstQp);
    for (const held of this.#held) check(this.#context.sendFrameSync(held), 'encode a picture again');
  }

  #release(): void {
    for (const held of this.#held) held.free();
    this.#held.length = 0;
  }
}

/** Beats in so many seconds, at least one. */
function beatsIn(seconds: number, rate: FrameRate): number {
  return Math.max(1, Math.round((seconds * rate.num) / rate.den));
}

/** FFmpeg's unit of quality in a packet's statistics: so many to a step of the quantiser. */
const LAMBDA_PER_QP = 118;

/** The mean quantiser of an encoded picture; x264's usual first one if the packet does not say. */
function quantiserOf(packet: Packet): number {
  const statistics = packet.getSideData(AV_PKT_DATA_QUALITY_STATS);
  return statistics === null ? USUAL_CRF : Math.round(statistics.readUInt32LE(0) / LAMBDA_PER_QP);
}

function openEncoder({ rung, rate, colour, crf }: VideoSettings, firstQp: number | undefined): CodecContext {
  const codec = Codec.findEncoderByName('libx264' as never);
  if (codec === null) throw new Error('this build of FFmpeg has no libx264');
  const context = new CodecContext();
  context.allocContext3(codec);
  context.width = rung.widthPx;
  context.height = rung.heightPx;
  context.pixelFormat = AV_PIX_FMT_YUV420P;
  context.timeBase = new Rational(rate.den, rate.num);
  context.framerate = new Rational(rate.num, rate.den);
  context.sampleAspectRatio = new Rational(1, 1);
  context.colorRange = AVCOL_RANGE_MPEG;
  context.colorSpace = colour.matrix as never;
  context.colorPrimaries = colour.primaries as never;
  context.colorTrc = colour.transfer as never;
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER, BITEXACT);
  setOptions(context, {
    preset: 'veryfast',
    profile: 'high',
    crf,
    a53cc: 0,
    'forced-idr': 1,
    'x264-params': steadyParameters(rate, firstQp),
  });
  check(context.open2Sync(codec, null), 'open the H.264 encoder');
  return context;
}

/**
 * Same source, same bytes: a fixed number of threads, arithmetic that no processor does in its own way (x264's quick
 * form of macroblock-tree gave other bytes in one run of ten), and no decoder's buffer model (vbv), which looks at what other
 * threads happen to have done. Key frames stand on the same beats of all rungs.
 */
function steadyParameters(rate: FrameRate, firstQp: number | undefined): string {
  const gop = beatsIn(GOP_SECONDS, rate);
  const threads = ['threads=4', 'lookahead-threads=1', 'sliced-threads=0', 'cpu-independent=1'];
  const keys = [`keyint=${gop}`, `min-keyint=${gop}`, 'scenecut=0', 'open-gop=0'];
  return [...threads, ...keys, ...(firstQp === undefined ? [] : [`zones=0,0,q=${firstQp}`])].join(':');
}
