/** A filter graph described in FFmpeg's own words: inputs are called `buffer@name` or `abuffer@name`, the output `buffersink@out`. */
import { FilterGraph, Frame } from 'node-av';
import type { FilterContext } from 'node-av';
import { check } from '../encode/mp4-writer.ts';

/** AV_BUFFERSRC_FLAG_KEEP_REF: the frame stays the caller's. */
const KEEP_REFERENCE = 8 as never;

/** Must be closed. */
export class Graph {
  readonly #graph = new FilterGraph();
  readonly #inputs = new Map<string, FilterContext>();
  readonly #out: FilterContext;

  /** `inputs`: full names, as in the description. `sink`: the output's. */
  constructor(description: string, inputs: readonly string[], sink = 'buffersink@out') {
    this.#graph.alloc();
    this.#graph.nbThreads = 1;
    check(this.#graph.parsePtr(description), `understand the filters ${description}`);
    check(this.#graph.configSync(), `configure the filters ${description}`);
    for (const name of inputs) this.#inputs.set(name, this.#find(name));
    this.#out = this.#find(sink);
  }

  /** Puts a frame in; null ends the input. The frame stays the caller's. */
  push(name: string, frame: Frame | null): void {
    const input = this.#inputs.get(name);
    if (input === undefined) throw new Error(`no input ${name}`);
    check(input.buffersrcAddFrameSync(frame, KEEP_REFERENCE), `filter a frame of ${name}`);
  }

  /** The next frame that is ready; the caller frees it. */
  pull(): Frame | undefined {
    const frame = new Frame();
    frame.alloc();
    if (this.#out.buffersinkGetFrameSync(frame) >= 0) return frame;
    frame.free();
    return undefined;
  }

  close(): void {
    this.#graph.free();
  }

  #find(name: string): FilterContext {
    const found = this.#graph.getFilter(name);
    if (found === null) throw new Error(`no filter ${name} in the graph`);
    return found;
  }
}
