import sharp from 'sharp';
import type { Picture } from './picture.ts';

/** A painted sheet with transparency: red, green, blue (already multiplied by alpha) and alpha, 0 to 1. */
export type Layer = { widthPx: number; heightPx: number; rgba: Float32Array };

/** Rasterises an SVG drawing (`body` without the outer tag) of the given size. */
export async function layerFromSvg(widthPx: number, heightPx: number, body: string): Promise<Layer> {
  const { data } = await drawing(widthPx, heightPx, body);
  const rgba = new Float32Array(data.length);
  for (let at = 0; at < data.length; at += 4) {
    const alpha = (data[at + 3] ?? 0) / 255;
    rgba[at] = ((data[at] ?? 0) / 255) * alpha;
    rgba[at + 1] = ((data[at + 1] ?? 0) / 255) * alpha;
    rgba[at + 2] = ((data[at + 2] ?? 0) / 255) * alpha;
    rgba[at + 3] = alpha;
  }
  return { widthPx, heightPx, rgba };
}

/** Draws an SVG body over a picture of the same size, for scenes whose shapes move in every frame. */
export async function drawSvg(picture: Picture, body: string): Promise<void> {
  const { data } = await drawing(picture.widthPx, picture.heightPx, body);
  const { rgb } = picture;
  for (let at = 0, to = 0; at < data.length; at += 4, to += 3) {
    const alpha = data[at + 3] as number;
    if (alpha === 0) continue;
    const share = alpha / 255;
    for (let part = 0; part < 3; part += 1) {
      const under = rgb[to + part] as number;
      rgb[to + part] = under + ((data[at + part] as number) / 255 - under) * share;
    }
  }
}

async function drawing(widthPx: number, heightPx: number, body: string): Promise<{ data: Buffer }> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${widthPx} ${heightPx}">${body}</svg>`;
  return sharp(Buffer.from(svg), { limitInputPixels: 64e6 }).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
}

/** Where a layer goes: its top left corner in pixels (fractions allowed), repeated sideways if it wraps. */
export type Placement = { x: number; y: number; alpha?: number; isWrapped?: boolean };

/** Lays a layer over a picture at a place, moved by fractions of a pixel sideways and whole pixels down. */
export function lay(picture: Picture, layer: Layer, place: Placement): void {
  const { widthPx, heightPx, rgb } = picture;
  const alphaGain = place.alpha ?? 1;
  const top = Math.round(place.y);
  const left = Math.floor(place.x);
  const share = place.x - left;
  const firstX = place.isWrapped ? 0 : Math.max(0, left);
  const lastX = place.isWrapped ? widthPx : Math.min(widthPx, left + layer.widthPx);
  for (let y = Math.max(0, top); y < Math.min(heightPx, top + layer.heightPx); y += 1) {
    const row = (y - top) * layer.widthPx;
    for (let x = firstX; x < lastX; x += 1) {
      let column = x - left;
      if (place.isWrapped) column = ((column % layer.widthPx) + layer.widthPx) % layer.widthPx;
      const here = (row + column) * 4;
      const before = (row + (column === 0 ? (place.isWrapped ? layer.widthPx - 1 : 0) : column - 1)) * 4;
      const cover = mixAt(layer.rgba, here + 3, before + 3, share) * alphaGain;
      if (cover <= 0.002) continue;
      const to = (y * widthPx + x) * 3;
      for (let part = 0; part < 3; part += 1) {
        rgb[to + part] =
          (rgb[to + part] as number) * (1 - cover) + mixAt(layer.rgba, here + part, before + part, share) * alphaGain;
      }
    }
  }
}

function mixAt(values: Float32Array, here: number, before: number, share: number): number {
  const value = values[here] as number;
  return value + ((values[before] as number) - value) * share;
}

/** Reads a layer bilinearly at a place in its own pixels into `out` (four numbers); clear outside. */
export function sample(layer: Layer, x: number, y: number, out: Float32Array): void {
  const column = Math.floor(x - 0.5);
  const row = Math.floor(y - 0.5);
  if (column < 0 || row < 0 || column >= layer.widthPx - 1 || row >= layer.heightPx - 1) {
    out.fill(0);
    return;
  }
  const u = x - 0.5 - column;
  const v = y - 0.5 - row;
  const a = (row * layer.widthPx + column) * 4;
  const c = a + layer.widthPx * 4;
  for (let part = 0; part < 4; part += 1) {
    const top = (layer.rgba[a + part] as number) * (1 - u) + (layer.rgba[a + 4 + part] as number) * u;
    const low = (layer.rgba[c + part] as number) * (1 - u) + (layer.rgba[c + 4 + part] as number) * u;
    out[part] = top * (1 - v) + low * v;
  }
}
