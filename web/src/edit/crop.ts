/** A crop as people set it: how much nearer, and where the part lies between both edges (0 to 1). Pure. */
import type { Crop } from '@vitrine/schema';

/** The view. */
export interface CropView {
  zoom: number;
  x: number;
  y: number;
}

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

/** The crop of a view; null where the whole picture is seen. */
export function cropOf({ zoom, x, y }: CropView): Crop | null {
  if (zoom <= 1.001) return null;
  const side = Math.max(0.02, 1 / zoom);
  return { x: x * (1 - side), y: y * (1 - side), width: side, height: side };
}
