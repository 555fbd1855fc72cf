/** A chain of filters that is fed decoded sound in whatever form it comes. Runs in the worker only. */
import { FilterGraph, Frame, avChannelLayoutDescribe, avGetSampleFmtName } from 'node-av';
import type { FilterContext } from 'node-av';
import { buildChain } from '../encode/picture-filter.ts';

/** Puts sound through filters at one sample rate; `take` gets each frame that comes out. */
export class SoundTap {
  readonly #rateHz: number;
  readonly #filters: readonly (readonly [string, string])[];
  readonly #take: (frame: Frame) => void;
  #built: { key: string; graph: FilterGraph; source: FilterContext; sink: FilterContext } | undefined;
  #samples = 0;

  constructor(rateHz: number, filters: readonly (readonly [string, string])[], take: (frame: Frame) => void) {
    this.#rateHz = rateHz;
    this.#filters = filters;
    this.#take = take;
  }

  /** Takes a copy of one decoded frame that is heard at `timeUs`. */
  feed(frame: Frame, timeUs: number | undefined): void {
    const { source, sink } = this.#build(frame);
    using copy = frame.clone();
    if (copy === null) throw new Error('no memory for a frame');
    const atUs = timeUs ?? (this.#samples * 1e6) / this.#rateHz;
    copy.pts = BigInt(Math.round((atUs * frame.sampleRate) / 1e6));
    if (source.buffersrcAddFrameSync(copy) >= 0) this.#drain(sink);
  }

  /** Gives out what is still inside, and closes. */
  end(): void {
    if (this.#built === undefined) return;
    this.#built.source.buffersrcAddFrameSync(null);
    this.#drain(this.#built.sink);
    this.#built.graph.free();
    this.#built = undefined;
  }

  #drain(sink: FilterContext): void {
    using out = new Frame();
    out.alloc();
    while (sink.buffersinkGetFrameSync(out) >= 0) {
      this.#samples += out.nbSamples;
      this.#take(out);
      out.unref();
    }
  }

  #build(frame: Frame): { source: FilterContext; sink: FilterContext } {
    const layout = avChannelLayoutDescribe(frame.channelLayout) ?? 'stereo';
    const format = avGetSampleFmtName(frame.format as never) ?? 'fltp';
    const key = `${frame.sampleRate} ${format} ${layout}`;
    if (this.#built?.key === key) return this.#built;
    this.end();
    const graph = new FilterGraph();
    graph.alloc();
    const chain = buildChain(graph, [
      [
        'abuffer',
        `time_base=1/${frame.sampleRate}:sample_rate=${frame.sampleRate}:sample_fmt=${format}:channel_layout=${layout}`,
      ],
      ['aresample', `${this.#rateHz}:async=1:first_pts=${this.#samples}`],
      ...this.#filters,
      ['abuffersink', ''],
    ]);
    this.#built = { key, graph, ...chain };
    return this.#built;
  }
}
