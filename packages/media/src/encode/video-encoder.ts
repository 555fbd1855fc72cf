/** H.264 for one rung. */
import {
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PICTURE_TYPE_NONE,
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

/** Seconds from key frame to key frame; closed, so that any of them can start a segment. */
const GOP_SECONDS = 2;
const QUALITY_CRF = 23;
/** Bits a second that a rung may take at most over its buffer of one second; grows with the picture's area. */
function maxBitrateBps({ widthPx, heightPx }: Rung): number {
  const base = { areaPx: 540 * 960, bps: 2_500_000 };
  return Math.max(300_000, Math.round(base.bps * ((widthPx * heightPx) / base.areaPx) ** 0.75));
}
/** Bytes that the first picture may take at 540p, so that header and first picture fit the first 14.6 kB of a connection. */
const FIRST_PICTURE_BYTES = 9_500;

/** Encodes pictures; each stands on a beat of `rate`. */
export class VideoEncoder {
  readonly context = new CodecContext();
  readonly timeBase: { num: number; den: number };
  #hasStarted = false;

  constructor(rung: Rung, rate: FrameRate, colour: OutputColour) {
    const codec = Codec.findEncoderByName('libx264' as never);
    if (codec === null) throw new Error('this build of FFmpeg has no libx264');
    const { context } = this;
    this.timeBase = { num: rate.den, den: rate.num };
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
    context.threadCount = 4;
    context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER, BITEXACT);
    setOptions(context, {
      preset: 'veryfast',
      profile: 'high',
      crf: QUALITY_CRF,
      a53cc: 0,
      'x264-params': x264Parameters(rung, rate),
    });
    check(context.open2Sync(codec, null), 'open the H.264 encoder');
  }

  /** Encodes one picture at several beats ([from, to)). */
  *encode(frame: Frame, from: number, to: number): Generator<Packet> {
    frame.pictType = AV_PICTURE_TYPE_NONE;
    for (let beat = from; beat < to; beat += 1) {
      frame.pts = BigInt(beat);
      check(this.context.sendFrameSync(frame), 'encode a picture');
      yield* this.#packets();
    }
  }

  *flush(): Generator<Packet> {
    this.context.sendFrameSync(null);
    yield* this.#packets();
  }

  close(): void {
    this.context.freeContext();
  }

  *#packets(): Generator<Packet> {
    for (const packet of takePackets(this.context)) {
      // x264 writes 700 bytes about itself before its first picture.
      if (!this.#hasStarted && packet.data !== null) replaceData(packet, stripSei(packet.data));
      this.#hasStarted = true;
      // A beat lasts one unit of the time base.
      packet.duration = 1n;
      yield packet;
    }
  }
}

/** Same source, same bytes: fixed threads; a key frame on the same beats of all rungs; a small first picture. */
function x264Parameters(rung: Rung, rate: FrameRate): string {
  const gop = Math.max(1, Math.round((GOP_SECONDS * rate.num) / rate.den));
  const maxKbps = Math.round(maxBitrateBps(rung) / 1000);
  const areaFactor = Math.max(1, (rung.widthPx * rung.heightPx) / (540 * 960));
  const firstKbit = Math.max(
    Math.ceil((maxKbps * rate.den) / rate.num),
    Math.round((FIRST_PICTURE_BYTES * 8 * areaFactor) / 1000),
  );
  const vbvInit = Math.min(0.9, firstKbit / maxKbps);
  return [
    'threads=4',
    'lookahead-threads=1',
    'sliced-threads=0',
    `keyint=${gop}`,
    `min-keyint=${gop}`,
    'scenecut=0',
    'open-gop=0',
    `vbv-maxrate=${maxKbps}`,
    `vbv-bufsize=${maxKbps}`,
    `vbv-init=${vbvInit.toFixed(4)}`,
  ].join(':');
}
