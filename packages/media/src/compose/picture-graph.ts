/** The filters that turn decoded pictures into a finished frame without texts: turned, cropped, scaled, coloured, put in place. Pure. */
import { FILTER_MATRICES, type Box, type PictureLayer, type Size } from '@vitrine/edit';
import type { FilterName } from '@vitrine/schema';
import { avGetPixFmtName } from 'node-av';
import { pictureFilters } from '../encode/picture-filter.ts';
import type { PictureLook } from '../encode/picture-filter.ts';
import type { VideoProbe } from '../types.ts';

/** A decoded source: `of` names the graph's input. */
export type PictureInput = { of: PictureLayer['of']; look: PictureLook; probe: VideoProbe };

const SCALE = 'flags=bicubic+accurate_rnd+bitexact';
/** A blurred ground is made this much smaller: nobody sees the difference, and it costs a sixty-fourth. */
const GROUND_SHRINK = 8;

/** One description for all layers of a frame, bottom first; times are frame numbers. */
export function pictureGraph(inputs: readonly PictureInput[], layers: readonly PictureLayer[], frame: Size): string {
  const parts: string[] = [];
  for (const { of, look, probe } of inputs) {
    const own = layers.filter((layer) => layer.of === of);
    const outputs = own.map((_, n) => `[${of}${n}]`).join('');
    const split = own.length > 1 ? `,split=${own.length}` : '';
    const upright = pictureFilters(look, probe, probe.reading).map(filterText).join(',');
    parts.push(`${bufferText(of, look)},${upright}${split}${outputs}`);
    own.forEach((layer, n) => parts.push(`[${of}${n}]${layerFilters(layer, { look, probe })}[${of}${n}done]`));
  }
  const counts: Record<PictureLayer['of'], number> = { clip: 0, parent: 0 };
  const names = layers.map((layer) => `[${layer.of}${counts[layer.of]++}done]`);
  parts.push(...stack(layers, names, frame));
  return parts.join(';');
}

/** A filter with its options, in a description. */
function filterText([name, options]: readonly [string, string]): string {
  return options === '' ? name : `${name}=${options}`;
}

function bufferText(name: string, look: PictureLook): string {
  const format = avGetPixFmtName(look.pixelFormat as never) ?? '';
  const range = look.range === 2 ? 2 : 1;
  return `buffer@${name}=video_size=${look.widthPx}x${look.heightPx}:pix_fmt=${format}:time_base=1/1000:pixel_aspect=1/1:colorspace=${look.matrix}:range=${range}`;
}

function layerFilters(layer: PictureLayer, { look, probe }: { look: PictureLook; probe: VideoProbe }): string {
  const { box, blur } = layer;
  const chain = [...cropFilter(layer, probe)];
  const from = `in_color_matrix=${matrixName(look)}`;
  if (blur === null) return [...chain, ...scaleAndColour(box, layer.filter, from)].join(',');
  const small = { ...box, width: even(box.width / GROUND_SHRINK), height: even(box.height / GROUND_SHRINK) };
  return [
    ...chain,
    ...scaleAndColour(small, layer.filter, from),
    `gblur=sigma=${(blur.radiusPx / GROUND_SHRINK).toFixed(3)}:steps=2`,
    `scale=${box.width}:${box.height}:${SCALE}`,
    `lutyuv=y=16+(val-16)*${blur.brightness}:u=128+(val-128)*${blur.brightness}:v=128+(val-128)*${blur.brightness}`,
  ].join(',');
}

function even(length: number): number {
  return Math.max(2, 2 * Math.round(length / 2));
}

function cropFilter({ crop }: PictureLayer, { widthPx, heightPx }: VideoProbe): string[] {
  const width = Math.max(1, Math.round(crop.width * widthPx));
  const height = Math.max(1, Math.round(crop.height * heightPx));
  if (width === widthPx && height === heightPx) return [];
  const x = Math.min(widthPx - width, Math.round(crop.x * widthPx));
  const y = Math.min(heightPx - height, Math.round(crop.y * heightPx));
  return [`crop=${width}:${height}:${x}:${y}:exact=1`];
}

/** The matrix of the pictures behind `pictureFilters`. Unmarked ones go by size, as players do. */
function matrixName({ matrix, transfer, widthPx, heightPx }: PictureLook): 'bt709' | 'bt601' {
  if (transfer === 16 || transfer === 18) return 'bt709';
  if (matrix === 5 || matrix === 6) return 'bt601';
  return matrix === 2 && widthPx < 1280 && heightPx <= 576 ? 'bt601' : 'bt709';
}

const TO_BT709 = 'out_color_matrix=bt709:out_range=tv';

function scaleAndColour(box: Box, filter: FilterName, from: string): string[] {
  const size = `${box.width}:${box.height}:${SCALE}`;
  if (filter === 'none') return [`scale=${size}:${from}:${TO_BT709}`, 'format=yuv420p'];
  return [`scale=${size}:${from}`, 'format=rgba', colourMatrix(filter), `scale=${TO_BT709}:${SCALE}`, 'format=yuv420p'];
}

/** The filter's matrix; what it adds comes in through the alpha, which is 1 everywhere. */
function colourMatrix(filter: FilterName): string {
  const rows = ['r', 'g', 'b'].map((colour, n) => {
    const row = FILTER_MATRICES[filter][n] ?? [0, 0, 0, 0];
    return ['r', 'g', 'b', 'a'].map((from, m) => `${colour}${from}=${(row[m] ?? 0).toFixed(5)}`).join(':');
  });
  return `colorchannelmixer=${rows.join(':')}`;
}

const LAST =
  'setsar=1,format=yuv420p,setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv,buffersink@out';

/** The lowest layer on black, each other one over it. */
function stack(layers: readonly PictureLayer[], names: readonly string[], frame: Size): string[] {
  const [first, ...others] = layers;
  if (first === undefined) throw new Error('a frame without a picture');
  const { x, y, width, height } = first.box;
  const isWhole = width === frame.widthPx && height === frame.heightPx;
  const base = `${names[0]}${isWhole ? 'null' : `pad=${frame.widthPx}:${frame.heightPx}:${x}:${y}:black`}[stack0]`;
  const over = others.map(
    ({ box }, n) => `[stack${n}]${names[n + 1]}overlay=${box.x}:${box.y}:format=yuv420[stack${n + 1}]`,
  );
  return [base, ...over, `[stack${others.length}]${LAST}`];
}
