/** A crop as people set it: how much nearer and where (sliders), or a frame on the picture that is pulled. Pure. */
import { containBox, coverBox, insideCrop, type Box, type Size } from '@vitrine/edit';
import type { Clip, Crop, VideoEdit } from '@vitrine/schema';
import type { Point } from './hit.ts';

/** The view: `x` and `y` say where the part lies between both edges, 0 to 1. */
export interface CropView {
  zoom: number;
  x: number;
  y: number;
}

/** Nothing is shown nearer than this. */
export const NEAREST = 4;
const SHORTEST = 1 / NEAREST;
/** What lacks less than this is the whole. */
const SLACK = 0.002;
const within = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value));

/** The view of a crop. */
export function zoomOf(crop: Crop | null): CropView {
  if (crop === null) return { zoom: 1, x: 0.5, y: 0.5 };
  const place = (from: number, length: number): number => (length >= 1 ? 0.5 : from / (1 - length));
  return {
    zoom: 1 / Math.max(crop.width, crop.height),
    x: place(crop.x, crop.width),
    y: place(crop.y, crop.height),
  };
}

/** The crop of a view, in the shape of the crop before; null where the whole picture is seen. */
export function cropOf({ zoom, x, y }: CropView, before: Crop | null = null): Crop | null {
  const shape = before ?? { width: 1, height: 1 };
  const longest = Math.max(shape.width, shape.height);
  const length = (side: number): number => within((side / longest) * (1 / zoom), 0.02, 1);
  const [width, height] = [length(shape.width), length(shape.height)];
  if (width > 1 - SLACK && height > 1 - SLACK) return null;
  return { x: x * (1 - width), y: y * (1 - height), width, height };
}

/** A clip's picture with its frame: where the whole lies on the screen, what of it is seen, and what would be without a crop. */
export interface Framing {
  box: Box;
  seen: Crop;
  whole: Crop;
  /** Width by height, both in parts of the picture, that the frame must keep; undefined: any. */
  shape: number | undefined;
}

/** How a clip is framed in its place on the screen. */
export function framingOf({ crop, fit }: Pick<Clip, 'crop' | 'fit'>, picture: Size, place: Box): Framing {
  const { box } = containBox(picture, insideCrop(null), place);
  if (fit === 'contain') return { box, seen: insideCrop(crop), whole: insideCrop(null), shape: undefined };
  const whole = coverBox(picture, insideCrop(null), place).crop;
  return { box, seen: coverBox(picture, insideCrop(crop), place).crop, whole, shape: whole.width / whole.height };
}

/** A corner of the frame. */
export interface Corner {
  isRight: boolean;
  isBottom: boolean;
}

/** The frame with a corner pulled by `way` (parts of the picture); the corner across stays. */
export function pulled(
  { seen, shape }: Pick<Framing, 'seen' | 'shape'>,
  { isRight, isBottom }: Corner,
  way: Point,
): Crop {
  const fixed = { x: isRight ? seen.x : seen.x + seen.width, y: isBottom ? seen.y : seen.y + seen.height };
  const room = { x: isRight ? 1 - fixed.x : fixed.x, y: isBottom ? 1 - fixed.y : fixed.y };
  let width = seen.width + (isRight ? way.x : -way.x);
  let height = seen.height + (isBottom ? way.y : -way.y);
  if (shape === undefined) {
    width = within(width, Math.min(SHORTEST, room.x), room.x);
    height = within(height, Math.min(SHORTEST, room.y), room.y);
  } else {
    const most = Math.min(room.x, room.y * shape);
    width = within(Math.max(width, height * shape), Math.min(most, SHORTEST * Math.min(1, shape)), most);
    height = width / shape;
  }
  return { x: isRight ? fixed.x : fixed.x - width, y: isBottom ? fixed.y : fixed.y - height, width, height };
}

/** The frame moved by `way` (parts of the picture), inside the picture. */
export function moved(seen: Crop, way: Point): Crop {
  return { ...seen, x: within(seen.x + way.x, 0, 1 - seen.width), y: within(seen.y + way.y, 0, 1 - seen.height) };
}

/** The frame as two fingers leave it: spread by `factor` they come nearer. */
export function pinched(seen: Crop, factor: number): Crop {
  const longest = Math.max(seen.width, seen.height);
  const scale = within(1 / factor, Math.min(1, SHORTEST / longest), 1 / longest);
  const [width, height] = [seen.width * scale, seen.height * scale];
  const middle = { x: seen.x + seen.width / 2, y: seen.y + seen.height / 2 };
  return moved({ x: middle.x - width / 2, y: middle.y - height / 2, width, height }, { x: 0, y: 0 });
}

/** What is kept of a frame: nothing where it is what is seen anyway. */
export function cropOfFrame(seen: Crop, whole: Crop): Crop | null {
  const isWhole = (['x', 'y', 'width', 'height'] as const).every((name) => Math.abs(seen[name] - whole[name]) < SLACK);
  return isWhole ? null : seen;
}

/** The edit as it is looked at while one crops: whole pictures, nothing on top of them. */
export function uncropped(edit: VideoEdit): VideoEdit {
  const clips = edit.clips.map((clip): Clip => ({ ...clip, crop: null, fit: 'contain' }));
  return { ...edit, clips, texts: [], stickers: [] };
}
