/** A stretch of a source's sound, exact to the sample as far as the file's times are. Runs in the worker only. */
import {
  AVSEEK_FLAG_BACKWARD,
  AV_CHANNEL_ORDER_UNSPEC,
  Frame,
  avChannelLayoutDefault,
  avChannelLayoutDescribe,
  avGetSampleFmtName,
} from 'node-av';
import type { CodecContext } from 'node-av';
import { RefusalError } from '../refusal.ts';
import { openDecoder, openSource, readPackets, toMicroseconds } from '../source.ts';
import type { Source, Track } from '../source.ts';
import type { SoundProbe, SourceLimits, VideoProbe } from '../types.ts';
import { Graph } from './graph.ts';
import { channelsOf, RATE_HZ, samplesIn, silence, type Pcm } from './pcm.ts';

export type Stretch = {
  path: string;
  probe: VideoProbe | SoundProbe;
  limits: SourceLimits;
  /** On the source's own clock, from its start. */
  fromMs: number;
  lengthMs: number;
};

/** These containers say exactly where a packet stands; in others a seek may lie. */
const SEEKABLE = new Set(['mov', 'matroska']);
/** Decoders need some sound before the first that is right. */
const LEAD_MS = 200;
/** Times may wander by this much before sound is moved to where they say: rounding, not a hole. */
const WANDER_SAMPLES = samplesIn(15);

/** The sound between two moments; silence where the source has none. */
export async function readSound({ path, probe, limits, fromMs, lengthMs }: Stretch): Promise<Pcm> {
  const demuxer = probe.kind === 'video' ? probe.reading.demuxer : probe.demuxer;
  const source = openSource(path, demuxer, limits);
  const into = silence(samplesIn(lengthMs));
  try {
    const track = soundTrack(source, probe);
    const decoder = openDecoder(track, limits, 1);
    try {
      const startUs = probe.kind === 'video' ? probe.reading.startUs : firstUs(track);
      const aimUs = startUs + Math.max(0, fromMs - LEAD_MS) * 1000;
      if (fromMs > LEAD_MS && SEEKABLE.has(demuxer)) seek(source, track, aimUs);
      const line = new SoundLine(into, samplesIn(fromMs));
      try {
        await readPackets(source, [track], (packet) => {
          decoder.sendPacketSync(packet);
          return takeAll({ decoder, track, startUs, line }) ? 'stop' : undefined;
        });
        decoder.sendPacketSync(null);
        takeAll({ decoder, track, startUs, line });
        line.end();
      } finally {
        line.close();
      }
    } finally {
      decoder.freeContext();
    }
  } finally {
    source.close();
  }
  return into;
}

function soundTrack(source: Source, probe: VideoProbe | SoundProbe): Track {
  const sounds = source.tracks.filter((track) => track.type === 'audio' && track.decoder !== undefined);
  const track = probe.kind === 'video' ? sounds.find(({ index }) => index === probe.reading.audio?.index) : sounds[0];
  if (track === undefined) throw new RefusalError('corrupt', 'There is no sound in this file.');
  return track;
}

/** Where a sound file begins. */
function firstUs(track: Track): number {
  return Math.max(0, toMicroseconds(track.stream.startTime, track.stream.timeBase) ?? 0);
}

function seek(source: Source, track: Track, aimUs: number): void {
  const { num, den } = track.stream.timeBase;
  source.context.seekFrameSync(track.index, BigInt(Math.floor((aimUs * den) / (num * 1e6))), AVSEEK_FLAG_BACKWARD);
}

/** Takes what the decoder has ready; true once the stretch is full. */
function takeAll(from: { decoder: CodecContext; track: Track; startUs: number; line: SoundLine }): boolean {
  const { decoder, track, startUs, line } = from;
  using frame = new Frame();
  frame.alloc();
  while (decoder.receiveFrameSync(frame) >= 0) {
    const stamp = toMicroseconds(frame.bestEffortTimestamp, track.stream.timeBase);
    const isFull = line.take(frame, stamp === undefined ? undefined : stamp - startUs);
    frame.unref();
    if (isFull) return true;
  }
  return false;
}

/** Resamples frames and lays them where their times say. */
class SoundLine {
  readonly #into: Pcm;
  readonly #skip: number;
  #graph: { key: string; graph: Graph } | undefined;
  /** Where the next sample falls, on the source's clock. */
  #at: number | undefined;
  #isFull = false;

  /** `skip`: samples of the source that lie before the stretch. */
  constructor(into: Pcm, skip: number) {
    this.#into = into;
    this.#skip = skip;
  }

  take(frame: Frame, timeUs: number | undefined): boolean {
    const graph = this.#graphFor(frame);
    if (timeUs !== undefined) {
      const said = Math.round((timeUs * RATE_HZ) / 1e6);
      if (this.#at === undefined || Math.abs(said - this.#at) > WANDER_SAMPLES) this.#at = said;
    }
    this.#at ??= 0;
    graph.push('abuffer@in', frame);
    this.#drain(graph);
    return this.#isFull;
  }

  end(): void {
    if (this.#graph === undefined) return;
    this.#graph.graph.push('abuffer@in', null);
    this.#drain(this.#graph.graph);
  }

  close(): void {
    this.#graph?.graph.close();
  }

  #drain(graph: Graph): void {
    for (let out = graph.pull(); out !== undefined; out = graph.pull()) {
      this.#lay(channelsOf(out));
      out.free();
    }
  }

  #lay({ left, right }: Pcm): void {
    const from = (this.#at ?? 0) - this.#skip;
    const first = Math.max(0, -from);
    const last = Math.min(left.length, this.#into.left.length - from);
    if (last > first) {
      this.#into.left.set(left.subarray(first, last), from + first);
      this.#into.right.set(right.subarray(first, last), from + first);
    }
    this.#at = (this.#at ?? 0) + left.length;
    this.#isFull = this.#at - this.#skip >= this.#into.left.length;
  }

  #graphFor(frame: Frame): Graph {
    if (frame.channelLayout.order === AV_CHANNEL_ORDER_UNSPEC)
      frame.channelLayout = avChannelLayoutDefault(frame.channels);
    const layout = avChannelLayoutDescribe(frame.channelLayout) ?? 'stereo';
    const format = avGetSampleFmtName(frame.format as never) ?? 'fltp';
    const key = `${frame.sampleRate} ${format} ${layout}`;
    if (this.#graph?.key === key) return this.#graph.graph;
    this.end();
    this.close();
    // One channel stays one, as loud in both ears as it was.
    const wanted = frame.channels === 1 ? 'mono' : 'stereo';
    const source = `abuffer@in=time_base=1/${frame.sampleRate}:sample_rate=${frame.sampleRate}:sample_fmt=${format}:channel_layout=${layout}`;
    const graph = new Graph(
      `${source},aresample=${RATE_HZ},aformat=sample_fmts=fltp:sample_rates=${RATE_HZ}:channel_layouts=${wanted},abuffersink@out`,
      ['abuffer@in'],
      'abuffersink@out',
    );
    this.#graph = { key, graph };
    return graph;
  }
}
