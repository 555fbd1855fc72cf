/** Turns decoded pictures of any kind into upright SDR pictures of a rung's size. */
import { Filter, FilterGraph, Frame, avGetPixFmtName } from 'node-av';
import type { FilterContext } from 'node-av';
import type { Orientation } from '../orientation.ts';
import { check } from './mp4-writer.ts';

/** Numbers of ITU-T H.273, as FFmpeg uses them. */
const BT709 = 1;
const SMPTE170M = 6;
const BT470BG = 5;
const UNSPECIFIED = 2;
const FULL_RANGE = 2;
const SDR_MATRICES = new Set([BT709, BT470BG, SMPTE170M]);

/** What a picture's numbers mean, as far as a filter has to know. */
export type PictureLook = {
  widthPx: number;
  heightPx: number;
  pixelFormat: number;
  matrix: number;
  range: number;
  transfer: number;
  primaries: number;
  /** Its odd and even lines are of two moments. */
  isInterlaced: boolean;
};
/** AV_FRAME_FLAG_INTERLACED of libavutil/frame.h. */
const AV_FRAME_FLAG_INTERLACED = 8;
/** Colours of the filtered picture, to be written into the stream. */
export type OutputColour = { matrix: number; primaries: number; transfer: number };

/** Reads the look of a frame. */
export function lookOf(frame: Frame): PictureLook {
  return {
    widthPx: frame.width,
    heightPx: frame.height,
    pixelFormat: frame.format,
    matrix: frame.colorSpace,
    range: frame.colorRange,
    transfer: frame.colorTrc,
    primaries: frame.colorPrimaries,
    isInterlaced: (frame.flags & AV_FRAME_FLAG_INTERLACED) !== 0,
  };
}

/** BT.2020, and DCI-P3 with either white: more colours than the screens that BT.709 is made for. */
const WIDE_PRIMARIES = new Set([9, 11, 12]);

/** True for PQ and HLG. */
function isHdr(look: PictureLook): boolean {
  return look.transfer === 16 || look.transfer === 18;
}

/** True where numbers alone cannot be turned into BT.709. */
function needsLight(look: PictureLook): boolean {
  return isHdr(look) || WIDE_PRIMARIES.has(look.primaries);
}

/** Colours that come out for a look: the source's own where every player knows them, else BT.709. Unmarked ones go by size, as players do. */
export function outputColour(look: PictureLook): OutputColour {
  if (needsLight(look)) return { matrix: BT709, primaries: BT709, transfer: BT709 };
  if (!SDR_MATRICES.has(look.matrix)) {
    const isSmall = look.matrix === UNSPECIFIED && look.widthPx < 1280 && look.heightPx <= 576;
    return isSmall
      ? { matrix: SMPTE170M, primaries: SMPTE170M, transfer: SMPTE170M }
      : { matrix: BT709, primaries: BT709, transfer: BT709 };
  }
  const known = (value: number): number =>
    value === BT709 || value === BT470BG || value === SMPTE170M ? value : look.matrix;
  return {
    matrix: look.matrix,
    primaries: known(look.primaries),
    transfer:
      look.transfer === BT709 || look.transfer === SMPTE170M
        ? look.transfer
        : look.matrix === BT709
          ? BT709
          : SMPTE170M,
  };
}

/** Each line with half of its neighbours: two moments become a soft one, instead of a comb. In all planes. */
const BLEND_LINES = [0, 1, 2].map((n) => `${n}m=0 1 0 0 2 0 0 1 0:${n}rdiv=0.25`).join(':');

/** The chain of filters, by name and arguments. Pure. */
export function pictureFilters(
  look: PictureLook,
  size: { widthPx: number; heightPx: number },
  orientation: Orientation,
): [string, string][] {
  const isTurned = orientation.quarterTurns % 2 === 1;
  const [width, height] = isTurned ? [size.heightPx, size.widthPx] : [size.widthPx, size.heightPx];
  const chain: [string, string][] = needsLight(look)
    ? throughLight(look, width, height)
    : [['scale', scaleArguments(look, width, height)]];
  if (look.isInterlaced) chain.unshift(['convolution', BLEND_LINES]);
  chain.push(['format', 'pix_fmts=yuv420p']);
  if (orientation.isMirrored) chain.push(['hflip', '']);
  const turn = ['', 'clock', 'half', 'cclock'][orientation.quarterTurns] ?? '';
  if (turn === 'half') chain.push(['hflip', ''], ['vflip', '']);
  else if (turn !== '') chain.push(['transpose', `dir=${turn}`]);
  chain.push(['setsar', 'sar=1'], ['sidedata', 'mode=delete']);
  return chain;
}

function scaleArguments(look: PictureLook, width: number, height: number): string {
  const keepsMatrix = SDR_MATRICES.has(look.matrix) || look.matrix === UNSPECIFIED;
  return `w=${width}:h=${height}:flags=bicubic+accurate_rnd+bitexact:out_range=tv${keepsMatrix ? '' : ':out_color_matrix=bt709'}`;
}

/** HDR and wide colours to BT.709: linear light, tone curve where there is more of it. Bitstreams often leave primaries and matrix unsaid. */
function throughLight(look: PictureLook, width: number, height: number): [string, string][] {
  const transfer = look.transfer === 16 ? 'smpte2084' : 'arib-std-b67';
  const usual = look.transfer === UNSPECIFIED ? '709' : 'input';
  const said = [
    `tin=${isHdr(look) ? transfer : usual}`,
    `pin=${look.primaries === UNSPECIFIED ? '2020' : 'input'}`,
    `min=${look.matrix !== UNSPECIFIED ? 'input' : isHdr(look) ? '2020_ncl' : '709'}`,
  ].join(':');
  return [
    ['zscale', `w=${width}:h=${height}:${said}:t=linear:npl=203`],
    ['format', 'pix_fmts=gbrpf32le'],
    ['zscale', 'p=709'],
    ...(isHdr(look) ? [['tonemap', 'tonemap=hable:desat=0'] as [string, string]] : []),
    ['zscale', 't=709:m=709:p=709:r=limited'],
  ];
}

/** Filters one picture at a time; builds itself anew when the pictures change in size or kind. */
export class PictureFilter {
  readonly #size: { widthPx: number; heightPx: number };
  readonly #orientation: Orientation;
  readonly #tail: readonly (readonly [string, string])[];
  #built: { key: string; graph: FilterGraph; source: FilterContext; sink: FilterContext } | undefined;

  /** `tail`: more filters behind the usual ones. */
  constructor(
    size: { widthPx: number; heightPx: number },
    orientation: Orientation,
    tail: readonly (readonly [string, string])[] = [],
  ) {
    this.#tail = tail;
    this.#size = size;
    this.#orientation = orientation;
  }

  /** The filtered picture; the caller frees it. Undefined if this one cannot be filtered. */
  apply(frame: Frame): Frame | undefined {
    const look = lookOf(frame);
    const { source, sink } = this.#build(look);
    if (source.buffersrcAddFrameSync(frame, KEEP_REFERENCE) < 0) return undefined;
    const out = new Frame();
    out.alloc();
    if (sink.buffersinkGetFrameSync(out) >= 0) return out;
    out.free();
    return undefined;
  }

  close(): void {
    this.#built?.graph.free();
    this.#built = undefined;
  }

  #build(look: PictureLook): { source: FilterContext; sink: FilterContext } {
    const key = JSON.stringify(look);
    if (this.#built?.key === key) return this.#built;
    this.close();
    const graph = new FilterGraph();
    graph.alloc();
    graph.nbThreads = 1;
    const start = `video_size=${look.widthPx}x${look.heightPx}:pix_fmt=${avGetPixFmtName(look.pixelFormat as Frame['format'] as never) ?? ''}:time_base=1/1000000:pixel_aspect=1/1:colorspace=${look.matrix}:range=${look.range === FULL_RANGE ? FULL_RANGE : 1}`;
    const chain = buildChain(graph, [
      ['buffer', start],
      ...pictureFilters(look, this.#size, this.#orientation),
      ...this.#tail,
      ['buffersink', ''],
    ]);
    this.#built = { key, graph, ...chain };
    return this.#built;
  }
}

/** AV_BUFFERSRC_FLAG_KEEP_REF: the same picture goes to several rungs. */
const KEEP_REFERENCE = 8 as never;

/** Makes a straight chain of filters and configures it. */
export function buildChain(
  graph: FilterGraph,
  filters: readonly (readonly [string, string])[],
): { source: FilterContext; sink: FilterContext } {
  const contexts = filters.map(([name, args], n) => {
    const filter = Filter.getByName(name);
    const context = filter === null ? null : graph.createFilter(filter, `${name}${n}`, args === '' ? null : args);
    if (context === null) throw new Error(`no filter ${name}=${args}`);
    return context;
  });
  contexts.slice(1).forEach((context, n) => check(contexts[n]?.link(0, context, 0) ?? -1, 'link filters'));
  check(graph.configSync(), 'configure filters');
  const [source, sink] = [contexts[0], contexts.at(-1)];
  if (source === undefined || sink === undefined) throw new Error('an empty chain of filters');
  return { source, sink };
}
