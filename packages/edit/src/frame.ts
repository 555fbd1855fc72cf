/** What is seen at a moment: layers from the bottom to the top, with boxes in pixels of a frame of the wanted size. */
import type { Crop, FilterName, Sticker, VideoEdit } from '@vitrine/schema';
import { emojiFile } from './emoji.ts';
import type { MeasureText } from './fonts.ts';
import { containBox, coverBox, frameSize, insideCrop, type Box, type Size } from './geometry.ts';
import { clipKey, type SourceKey, type Sources } from './sources.ts';
import { layoutText, type TextLayer } from './text-layout.ts';
import { clipAt, sourceMsAt, timelineOf, type PlacedClip, type Timeline } from './timeline.ts';

/** The part `crop` of a source's picture at `sourceMs`, drawn so that it fills `box`. */
export type PictureLayer = {
  kind: 'picture';
  of: 'clip' | 'parent';
  /** The clip's id; null for a duet's parent. */
  clipId: string | null;
  key: SourceKey;
  sourceMs: number;
  crop: Crop;
  box: Box;
  filter: FilterName;
  /** Of a ground: standard deviation of the blur in pixels, and the factor of its brightness. Null: sharp. */
  blur: { radiusPx: number; brightness: number } | null;
};
/** A square picture, turned around its centre. */
export type StickerLayer = { kind: 'sticker'; id: string; file: string; box: Box; rotationDegrees: number };
/** One thing that is drawn. */
export type Layer = PictureLayer | StickerLayer | TextLayer;
/** A whole frame: its layers from the ground up. */
export type EditFrame = Size & { layers: Layer[] };

/** Blur of a ground, in parts of its frame's width. */
const BLUR_PART = 0.035;
const GROUND_BRIGHTNESS = 0.6;
/** Pictures this near to the shape of their place need no ground. */
const SAME_SHAPE_PX = 2;

/** What a frame is made of besides the edit. `size`: default the finished frame's. */
type FrameView = { sources: Sources; measure: MeasureText; size?: Size; timeline?: Timeline };

/** The frame at a moment of the finished video. */
export function frameAt(edit: VideoEdit, atMs: number, view: FrameView): EditFrame {
  const size = view.size ?? frameSize(edit.frame);
  const placed = clipAt(view.timeline ?? timelineOf(edit), atMs);
  const pictures = placed === undefined ? [] : picturesAt(edit, { placed, atMs, size, sources: view.sources });
  const stickers = edit.stickers
    .filter((sticker) => isSeen(sticker, atMs))
    .map((sticker) => placeSticker(sticker, size));
  const texts = edit.texts.filter((text) => isSeen(text, atMs)).map((text) => layoutText(text, size, view.measure));
  return { ...size, layers: [...pictures, ...stickers, ...texts] };
}

/** Whether something placed is seen at a moment. */
export function isSeen({ fromMs, toMs }: { fromMs: number; toMs: number }, atMs: number): boolean {
  return fromMs <= atMs && atMs < toMs;
}

/** A sticker in a frame of a size. */
export function placeSticker(sticker: Sticker, size: Size): StickerLayer {
  const side = sticker.size * size.widthPx;
  const box = {
    x: sticker.x * size.widthPx - side / 2,
    y: sticker.y * size.heightPx - side / 2,
    width: side,
    height: side,
  };
  return {
    kind: 'sticker',
    id: sticker.id,
    file: emojiFile(sticker.emoji),
    box,
    rotationDegrees: sticker.rotationDegrees,
  };
}

type Moment = { placed: PlacedClip; atMs: number; size: Size; sources: Sources };

function picturesAt(edit: VideoEdit, { placed, atMs, size, sources }: Moment): PictureLayer[] {
  const { clip } = placed;
  const regions = regionsOf(edit, size);
  const own = pictureLayers(
    { of: 'clip', clipId: clip.id, key: clipKey(clip), sourceMs: sourceMsAt(placed, atMs), filter: clip.filter },
    { crop: clip.crop, fit: clip.fit, region: regions.own, size, sources },
  );
  if (edit.duet === null || regions.parent === null) return own;
  const key: SourceKey = `post:${edit.duet.postId}`;
  const sourceMs = Math.min(atMs, sources.get(key)?.durationMs ?? atMs);
  const parent = pictureLayers(
    { of: 'parent', clipId: null, key, sourceMs, filter: 'none' },
    { crop: null, fit: edit.clips[0]?.fit ?? 'cover', region: regions.parent, size, sources },
  );
  return [...parent, ...own];
}

/** The places of one's own picture and of a duet's parent. */
export function regionsOf(edit: Pick<VideoEdit, 'duet'>, size: Size): { own: Box; parent: Box | null } {
  const { widthPx, heightPx } = size;
  if (edit.duet === null) return { own: { x: 0, y: 0, width: widthPx, height: heightPx }, parent: null };
  const { layout } = edit.duet;
  const isBeside = layout === 'left' || layout === 'right';
  const halfWidth = Math.round(widthPx / 2);
  const halfHeight = Math.round(heightPx / 2);
  const first = isBeside
    ? { x: 0, y: 0, width: halfWidth, height: heightPx }
    : { x: 0, y: 0, width: widthPx, height: halfHeight };
  const second = isBeside
    ? { x: halfWidth, y: 0, width: widthPx - halfWidth, height: heightPx }
    : { x: 0, y: halfHeight, width: widthPx, height: heightPx - halfHeight };
  return layout === 'left' || layout === 'top' ? { own: second, parent: first } : { own: first, parent: second };
}

type Placing = { crop: Crop | null; fit: 'cover' | 'contain'; region: Box; size: Size; sources: Sources };

function pictureLayers(
  shown: Omit<PictureLayer, 'kind' | 'crop' | 'box' | 'blur'>,
  { crop, fit, region, size, sources }: Placing,
): PictureLayer[] {
  const facts = sources.get(shown.key);
  if (facts === undefined || facts.widthPx === 0) return [];
  const part = insideCrop(crop);
  const filled: PictureLayer = { kind: 'picture', ...shown, ...coverBox(facts, part, region), blur: null };
  const whole: PictureLayer = { kind: 'picture', ...shown, ...containBox(facts, part, region), blur: null };
  const isSameShape =
    region.width - whole.box.width <= SAME_SHAPE_PX && region.height - whole.box.height <= SAME_SHAPE_PX;
  if (fit === 'cover' || isSameShape) return [filled];
  const blur = { radiusPx: BLUR_PART * size.widthPx, brightness: GROUND_BRIGHTNESS };
  return [{ ...filled, blur }, whole];
}
