import type { Colour } from './colour.ts';
import type { Picture } from './picture.ts';

/** A round mark: centre and radius in pixels. */
export type Round = { x: number; y: number; radius: number };

/** Adds light that fades out smoothly to the radius. */
export function glow(picture: Picture, round: Round, colour: Colour, strength = 1): void {
  eachIn(picture, round, (at, distance) => {
    const share = 1 - distance * distance;
    const light = share * share * strength;
    picture.rgb[at] = (picture.rgb[at] as number) + colour[0] * light;
    picture.rgb[at + 1] = (picture.rgb[at + 1] as number) + colour[1] * light;
    picture.rgb[at + 2] = (picture.rgb[at + 2] as number) + colour[2] * light;
  });
}

/** Paints a disc; `softness` is the share of the radius over which its edge fades (0 = sharp). */
export function disc(
  picture: Picture,
  round: Round,
  colour: Colour,
  paint: { alpha?: number; softness?: number } = {},
): void {
  const alpha = paint.alpha ?? 1;
  const edge = Math.max(paint.softness ?? 0, 1.2 / Math.max(round.radius, 1));
  eachIn(picture, round, (at, distance) => {
    const inside = distance > 1 - edge ? (1 - distance) / edge : 1;
    blend(picture, at, colour, inside * inside * (3 - 2 * inside) * alpha);
  });
}

/** A disc of blurred light as a camera draws it: flat, a little brighter at the rim. */
export function bokeh(picture: Picture, round: Round, colour: Colour, strength: number): void {
  const edge = Math.min(0.5, 2.5 / round.radius);
  eachIn(picture, round, (at, distance) => {
    const inside = distance > 1 - edge ? (1 - distance) / edge : 1;
    const light = inside * strength * (0.7 + 0.5 * distance ** 4);
    picture.rgb[at] = (picture.rgb[at] as number) + colour[0] * light;
    picture.rgb[at + 1] = (picture.rgb[at + 1] as number) + colour[1] * light;
    picture.rgb[at + 2] = (picture.rgb[at + 2] as number) + colour[2] * light;
  });
}

/** Mixes a colour into the pixel that starts at `at`. */
export function blend(picture: Picture, at: number, colour: Colour, alpha: number): void {
  const { rgb } = picture;
  rgb[at] = (rgb[at] as number) + (colour[0] - (rgb[at] as number)) * alpha;
  rgb[at + 1] = (rgb[at + 1] as number) + (colour[1] - (rgb[at + 1] as number)) * alpha;
  rgb[at + 2] = (rgb[at + 2] as number) + (colour[2] - (rgb[at + 2] as number)) * alpha;
}

function eachIn(picture: Picture, round: Round, paint: (at: number, distance: number) => void): void {
  const { widthPx, heightPx } = picture;
  const top = Math.max(0, Math.floor(round.y - round.radius));
  const bottom = Math.min(heightPx - 1, Math.ceil(round.y + round.radius));
  for (let y = top; y <= bottom; y += 1) {
    const dy = (y + 0.5 - round.y) / round.radius;
    const reach = 1 - dy * dy;
    if (reach <= 0) continue;
    const half = Math.sqrt(reach) * round.radius;
    const first = Math.max(0, Math.floor(round.x - half));
    const last = Math.min(widthPx - 1, Math.ceil(round.x + half));
    for (let x = first; x <= last; x += 1) {
      const dx = (x + 0.5 - round.x) / round.radius;
      const distance = Math.sqrt(dx * dx + dy * dy);
      if (distance < 1) paint((y * widthPx + x) * 3, distance);
    }
  }
}

/** One point of a brush stroke. */
export type StrokePoint = { x: number; y: number; radius: number };

/** Draws a stroke of varying width, added as light (for rain, sparks, tentacles). */
export function strokeOfLight(
  picture: Picture,
  points: readonly StrokePoint[],
  colour: Colour,
  strength: number,
): void {
  const { widthPx, heightPx, rgb } = picture;
  for (let index = 1; index < points.length; index += 1) {
    const a = points[index - 1] as StrokePoint;
    const b = points[index] as StrokePoint;
    const reach = Math.max(a.radius, b.radius) + 1;
    const lengthSquared = Math.max(1e-6, (b.x - a.x) ** 2 + (b.y - a.y) ** 2);
    const lastX = Math.min(widthPx - 1, Math.ceil(Math.max(a.x, b.x) + reach));
    const lastY = Math.min(heightPx - 1, Math.ceil(Math.max(a.y, b.y) + reach));
    for (let y = Math.max(0, Math.floor(Math.min(a.y, b.y) - reach)); y <= lastY; y += 1) {
      for (let x = Math.max(0, Math.floor(Math.min(a.x, b.x) - reach)); x <= lastX; x += 1) {
        const along = ((x + 0.5 - a.x) * (b.x - a.x) + (y + 0.5 - a.y) * (b.y - a.y)) / lengthSquared;
        // Half-open, so that a joint is not lit twice.
        if (along < 0 || along >= 1) continue;
        const radius = a.radius + (b.radius - a.radius) * along;
        const away = Math.hypot(x + 0.5 - a.x - along * (b.x - a.x), y + 0.5 - a.y - along * (b.y - a.y)) / radius;
        if (away >= 1) continue;
        const light = (1 - away * away) ** 2 * strength;
        const at = (y * widthPx + x) * 3;
        rgb[at] = (rgb[at] as number) + colour[0] * light;
        rgb[at + 1] = (rgb[at + 1] as number) + colour[1] * light;
        rgb[at + 2] = (rgb[at + 2] as number) + colour[2] * light;
      }
    }
  }
}
