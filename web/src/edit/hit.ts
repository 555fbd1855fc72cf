/** Which text or sticker lies under a point of the frame. Pure. */
import type { Box, EditFrame, StickerLayer, TextLayer } from '@vitrine/edit';

/** A point or a way, in pixels of the frame. */
export interface Point {
  x: number;
  y: number;
}

/** What can be taken hold of. */
export type PlacedLayer = TextLayer | StickerLayer;

/** The box that is drawn around a layer. */
export function outlineOf(layer: PlacedLayer): Box {
  if (layer.kind === 'sticker') return layer.box;
  return layer.ground?.box ?? layer.box;
}

/** The middle around which a layer is turned. */
export function middleOf(layer: PlacedLayer): Point {
  if (layer.kind === 'text') return layer.centre;
  return { x: layer.box.x + layer.box.width / 2, y: layer.box.y + layer.box.height / 2 };
}

/** A point as it lies in the layer's own, unturned frame. */
function turnedBack(point: Point, around: Point, degrees: number): Point {
  const radians = (-degrees * Math.PI) / 180;
  const [dx, dy] = [point.x - around.x, point.y - around.y];
  return {
    x: around.x + dx * Math.cos(radians) - dy * Math.sin(radians),
    y: around.y + dx * Math.sin(radians) + dy * Math.cos(radians),
  };
}

/** Texts and stickers of a frame, from the bottom to the top. */
export function placedLayers(frame: EditFrame): PlacedLayer[] {
  return frame.layers.filter((layer): layer is PlacedLayer => layer.kind !== 'picture');
}

/**
 * The uppermost one under a point.
 * @param slackPx small ones are easier to take by this much around them
 */
export function hitAt(layers: readonly PlacedLayer[], point: Point, slackPx: number): PlacedLayer | undefined {
  return layers.findLast((layer) => {
    const { x, y } = turnedBack(point, middleOf(layer), layer.rotationDegrees);
    const box = outlineOf(layer);
    const isIn = (at: number, from: number, length: number): boolean =>
      at >= from - slackPx && at <= from + length + slackPx;
    return isIn(x, box.x, box.width) && isIn(y, box.y, box.height);
  });
}

/** How a corner that was pulled from one place to another scales and turns a layer. */
export function stretchOf(middle: Point, from: Point, to: Point): { factor: number; degrees: number } {
  const before = Math.hypot(from.x - middle.x, from.y - middle.y);
  const after = Math.hypot(to.x - middle.x, to.y - middle.y);
  const turn = Math.atan2(to.y - middle.y, to.x - middle.x) - Math.atan2(from.y - middle.y, from.x - middle.x);
  return { factor: before === 0 ? 1 : after / before, degrees: (turn * 180) / Math.PI };
}

/** An angle within -180 to 180, pulled to the upright ones nearby. */
export function snappedAngle(degrees: number): number {
  const whole = ((((degrees + 180) % 360) + 360) % 360) - 180;
  const upright = Math.round(whole / 90) * 90;
  return Math.round(Math.abs(whole - upright) < 4 ? upright : whole) + 0;
}
