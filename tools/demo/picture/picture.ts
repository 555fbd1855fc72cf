import { randomFrom } from './random.ts';

/** A picture being painted: red, green, blue per pixel, 0 to 1 in sRGB; light may exceed 1 until it is developed. */
export type Picture = { widthPx: number; heightPx: number; rgb: Float32Array };

/** Makes a black picture. */
export function pictureOf(widthPx: number, heightPx: number): Picture {
  return { widthPx, heightPx, rgb: new Float32Array(widthPx * heightPx * 3) };
}

/** Colours every pixel: `colourAt` gets its centre and writes red, green, blue into `out`. */
export function shade(picture: Picture, colourAt: (x: number, y: number, out: Float32Array) => void): void {
  const { widthPx, heightPx, rgb } = picture;
  const out = new Float32Array(3);
  let at = 0;
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      colourAt(x + 0.5, y + 0.5, out);
      rgb[at] = out[0] as number;
      rgb[at + 1] = out[1] as number;
      rgb[at + 2] = out[2] as number;
      at += 3;
    }
  }
}

/** Enlarges a small picture into a larger one, bilinearly: for soft skies and ink, which need few pixels. */
export function enlargeInto(target: Picture, source: Picture): void {
  const { widthPx, heightPx, rgb } = target;
  const rowLength = source.widthPx * 3;
  const columns = new Int32Array(widthPx);
  const shares = new Float32Array(widthPx);
  for (let x = 0; x < widthPx; x += 1) {
    const place = Math.min(Math.max(((x + 0.5) * source.widthPx) / widthPx - 0.5, 0), source.widthPx - 1.001);
    columns[x] = Math.floor(place) * 3;
    shares[x] = place - Math.floor(place);
  }
  let at = 0;
  for (let y = 0; y < heightPx; y += 1) {
    const place = Math.min(Math.max(((y + 0.5) * source.heightPx) / heightPx - 0.5, 0), source.heightPx - 1.001);
    const row = Math.floor(place) * rowLength;
    const v = place - Math.floor(place);
    for (let x = 0; x < widthPx; x += 1) {
      const u = shares[x] as number;
      let from = row + (columns[x] as number);
      for (let part = 0; part < 3; part += 1) {
        const a = source.rgb[from] as number;
        const c = source.rgb[from + rowLength] as number;
        const top = a + ((source.rgb[from + 3] as number) - a) * u;
        rgb[at] = top + (c + ((source.rgb[from + rowLength + 3] as number) - c) * u - top) * v;
        from += 1;
        at += 1;
      }
    }
  }
}

const GRAIN_SIDE = 256;
const GRAIN_STRENGTH = 3.2;
const VIGNETTE = 0.2;

/** The last step: corners darkened a little, highlights rolled off, fine grain against banding, rounded to bytes. */
export function developerOf(
  widthPx: number,
  heightPx: number,
): (picture: Picture, frameIndex: number, bytes: Uint8Array) => void {
  const random = randomFrom(977);
  const grain = new Float32Array(GRAIN_SIDE * GRAIN_SIDE);
  for (let index = 0; index < grain.length; index += 1) {
    grain[index] = (random.next() + random.next() - 1) * GRAIN_STRENGTH + 0.5;
  }
  const acrossFall = new Float32Array(widthPx);
  for (let x = 0; x < widthPx; x += 1) acrossFall[x] = ((2 * x) / widthPx - 1) ** 2 * VIGNETTE * 0.5;
  return (picture, frameIndex, bytes) => {
    // The grain holds for two frames: calmer to look at and cheaper to encode.
    const shift = ((frameIndex >> 1) * 7919) % grain.length;
    let at = 0;
    for (let y = 0; y < heightPx; y += 1) {
      const lit = 255 * (1 - ((2 * y) / heightPx - 1) ** 2 * VIGNETTE * 0.5);
      const grainRow = ((y & 255) << 8) + shift;
      for (let x = 0; x < widthPx; x += 1) {
        const gain = lit - 255 * (acrossFall[x] as number);
        const speck = grain[(grainRow + (x & 255)) & 0xffff] as number;
        for (let part = 0; part < 3; part += 1) {
          let value = picture.rgb[at] as number;
          if (value > 0.8) value = 1 - 0.2 * Math.exp((0.8 - value) * 5);
          value = value * gain + speck;
          bytes[at] = value < 0 ? 0 : value > 255 ? 255 : value;
          at += 1;
        }
      }
    }
  };
}
