/** AAC for all rungs: decoded sound of any kind goes in, mono or stereo at 44.1 or 48 kHz comes out. */
import {
  AV_CHANNEL_ORDER_UNSPEC,
  AV_CHANNEL_LAYOUT_MONO,
  AV_CHANNEL_LAYOUT_STEREO,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_SAMPLE_FMT_FLTP,
  Codec,
  CodecContext,
  FilterGraph,
  Frame,
  Rational,
  avChannelLayoutDefault,
  avChannelLayoutDescribe,
  avGetSampleFmtName,
} from 'node-av';
import type { FilterContext, Packet } from 'node-av';
import { BITEXACT, check, takePackets } from './mp4-writer.ts';
import { buildChain } from './picture-filter.ts';

/** Samples in an AAC frame. */
const FRAME_SAMPLES = 1024;
const STEREO_BPS = 128_000n;
const MONO_BPS = 80_000n;

/** Keeps sound on its clock: silence before a late start and in holes, nothing before zero. */
export class AudioEncoder {
  readonly context = new CodecContext();
  readonly timeBase: { num: number; den: number };
  readonly #rateHz: number;
  readonly #layout: 'mono' | 'stereo';
  #built: { key: string; graph: FilterGraph; source: FilterContext; sink: FilterContext } | undefined;
  #samples = 0n;
  readonly #filters: readonly (readonly [string, string])[];

  /** `filters` stand before the encoder, at its sample rate. */
  constructor(
    source: { sampleRateHz: number; channels: number },
    filters: readonly (readonly [string, string])[] = [],
  ) {
    this.#filters = filters;
    const codec = Codec.findEncoderByName('aac' as never);
    if (codec === null) throw new Error('this build of FFmpeg has no AAC encoder');
    this.#rateHz = source.sampleRateHz === 44_100 ? 44_100 : 48_000;
    this.#layout = source.channels === 1 ? 'mono' : 'stereo';
    this.timeBase = { num: 1, den: this.#rateHz };
    const { context } = this;
    context.allocContext3(codec);
    context.sampleRate = this.#rateHz;
    context.sampleFormat = AV_SAMPLE_FMT_FLTP;
    context.channelLayout = this.#layout === 'mono' ? AV_CHANNEL_LAYOUT_MONO : AV_CHANNEL_LAYOUT_STEREO;
    context.bitRate = this.#layout === 'mono' ? MONO_BPS : STEREO_BPS;
    context.timeBase = new Rational(1, this.#rateHz);
    context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER, BITEXACT);
    check(context.open2Sync(codec, null), 'open the AAC encoder');
  }

  /** Takes one decoded frame that is heard at `timeUs`. */
  async encode(frame: Frame, timeUs: number | undefined): Promise<Packet[]> {
    if (frame.channelLayout.order === AV_CHANNEL_ORDER_UNSPEC)
      frame.channelLayout = avChannelLayoutDefault(frame.channels);
    const { source, sink } = this.#build(frame);
    const atUs = timeUs ?? (Number(this.#samples) * 1e6) / this.#rateHz;
    frame.pts = BigInt(Math.round((atUs * frame.sampleRate) / 1e6));
    if (source.buffersrcAddFrameSync(frame) < 0) return [];
    return this.#drain(sink);
  }

  /** Samples taken in so far, at the encoder's rate. */
  get samples(): bigint {
    return this.#samples;
  }

  async flush(): Promise<Packet[]> {
    const packets = await this.#endGraph();
    await this.context.sendFrame(null);
    return [...packets, ...takePackets(this.context)];
  }

  close(): void {
    this.#built?.graph.free();
    this.context.freeContext();
  }

  async #endGraph(): Promise<Packet[]> {
    if (this.#built === undefined) return [];
    this.#built.source.buffersrcAddFrameSync(null);
    const packets = await this.#drain(this.#built.sink);
    this.#built.graph.free();
    this.#built = undefined;
    return packets;
  }

  async #drain(sink: FilterContext): Promise<Packet[]> {
    const packets: Packet[] = [];
    using out = new Frame();
    out.alloc();
    while (sink.buffersinkGetFrameSync(out) >= 0) {
      out.pts = this.#samples;
      this.#samples += BigInt(out.nbSamples);
      // The synchronous call corrupts the heap with this encoder.
      check(await this.context.sendFrame(out), 'encode sound');
      packets.push(...takePackets(this.context));
      out.unref();
    }
    return packets;
  }

  #build(frame: Frame): { source: FilterContext; sink: FilterContext } {
    const layout = avChannelLayoutDescribe(frame.channelLayout) ?? 'stereo';
    const format = avGetSampleFmtName(frame.format as never) ?? 'fltp';
    const key = `${frame.sampleRate} ${format} ${layout}`;
    if (this.#built?.key === key) return this.#built;
    this.#built?.graph.free();
    const graph = new FilterGraph();
    graph.alloc();
    const chain = buildChain(graph, [
      [
        'abuffer',
        `time_base=1/${frame.sampleRate}:sample_rate=${frame.sampleRate}:sample_fmt=${format}:channel_layout=${layout}`,
      ],
      ['aresample', `${this.#rateHz}:async=1:first_pts=${this.#samples}`],
      ...this.#filters,
      ['aformat', `sample_fmts=fltp:sample_rates=${this.#rateHz}:channel_layouts=${this.#layout}`],
      ['asetnsamples', `n=${FRAME_SAMPLES}:p=0`],
      ['abuffersink', ''],
    ]);
    this.#built = { key, graph, ...chain };
    return this.#built;
  }
}
