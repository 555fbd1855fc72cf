/** Stickers and emoji in texts: all that are seen at once become one picture with transparency. Runs in the worker only. */
import { readFileSync } from 'node:fs';
import type { Box, Layer, Size } from '@vitrine/edit';
import sharp from 'sharp';
import { emojiPath } from '../drawing-files.ts';

/** An emoji's picture in a box, turned around a point. */
type DrawnPicture = { file: string; box: Box; rotationDegrees: number; around: { x: number; y: number } };
/** RGBA, not premultiplied; its place in the frame is on even pixels. */
export type Drawing = { x: number; y: number; widthPx: number; heightPx: number; rgba: Buffer };

/** The stickers of a frame, or the emoji in its texts. */
export function drawnPictures(layers: readonly Layer[], of: 'stickers' | 'texts'): DrawnPicture[] {
  return layers.flatMap((layer): DrawnPicture[] => {
    if (layer.kind === 'sticker' && of === 'stickers') {
      const { file, box, rotationDegrees } = layer;
      return [{ file, box, rotationDegrees, around: { x: box.x + box.width / 2, y: box.y + box.height / 2 } }];
    }
    if (layer.kind !== 'text' || of !== 'texts') return [];
    const { rotationDegrees, centre: around } = layer;
    return layer.lines.flatMap(({ pieces }) =>
      pieces.flatMap((piece) =>
        piece.kind === 'emoji' ? [{ file: piece.file, box: piece.box, rotationDegrees, around }] : [],
      ),
    );
  });
}

/** Draws them; undefined if none is in the set, or none inside the frame. */
export async function draw(pictures: readonly DrawnPicture[], frame: Size): Promise<Drawing | undefined> {
  const inner = pictures.map(svgOf).join('');
  if (inner === '') return undefined;
  const place = placeOf(pictures, frame);
  if (place.width <= 0 || place.height <= 0) return undefined;
  const { x, y, width, height } = place;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}">${inner}</svg>`;
  const rgba = await sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer();
  return { x, y, widthPx: width, heightPx: height, rgba };
}

function svgOf({ file, box, rotationDegrees, around }: DrawnPicture): string {
  const path = emojiPath(file);
  if (path === undefined) return '';
  const body = readFileSync(path, 'utf8')
    .replace(/^[\s\S]*?<svg[^>]*>/, '')
    .replace(/<\/svg>\s*$/, '');
  const place = `x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}"`;
  return `<g transform="rotate(${rotationDegrees} ${around.x} ${around.y})"><svg ${place} viewBox="0 0 36 36">${body}</svg></g>`;
}

/** The part of the frame that they cover, on even pixels. */
function placeOf(pictures: readonly DrawnPicture[], frame: Size): Box {
  const corners = pictures.flatMap(({ box, rotationDegrees, around }) => {
    const angle = (rotationDegrees * Math.PI) / 180;
    const turn = (x: number, y: number): { x: number; y: number } => ({
      x: around.x + (x - around.x) * Math.cos(angle) - (y - around.y) * Math.sin(angle),
      y: around.y + (x - around.x) * Math.sin(angle) + (y - around.y) * Math.cos(angle),
    });
    const [right, bottom] = [box.x + box.width, box.y + box.height];
    return [turn(box.x, box.y), turn(right, box.y), turn(box.x, bottom), turn(right, bottom)];
  });
  const low = (value: number): number => Math.max(0, 2 * Math.floor((value - 1) / 2));
  const high = (value: number, most: number): number => Math.min(most, 2 * Math.ceil((value + 1) / 2));
  const x = low(Math.min(...corners.map((corner) => corner.x)));
  const y = low(Math.min(...corners.map((corner) => corner.y)));
  const width = high(Math.max(...corners.map((corner) => corner.x)), frame.widthPx) - x;
  const height = high(Math.max(...corners.map((corner) => corner.y)), frame.heightPx) - y;
  return { x, y, width, height };
}
