/** A square cut out of a picture. */

/** Centre as shares of the picture's sides (0 to 1); zoom 1 shows the largest square. */
export interface Crop {
  centreX: number;
  centreY: number;
  zoom: number;
}
interface Sides {
  width: number;
  height: number;
}

/** The square in pixels of the picture. */
export function cropOf(picture: Sides, crop: Crop): { x: number; y: number; side: number } {
  const side = Math.min(picture.width, picture.height) / crop.zoom;
  return { x: crop.centreX * picture.width - side / 2, y: crop.centreY * picture.height - side / 2, side };
}

/** The nearest crop that lies within the picture. */
export function boundedCrop(picture: Sides, crop: Crop): Crop {
  const { side } = cropOf(picture, crop);
  const within = (centre: number, length: number): number => {
    const half = side / 2 / length;
    return Math.min(1 - half, Math.max(half, centre));
  };
  return { ...crop, centreX: within(crop.centreX, picture.width), centreY: within(crop.centreY, picture.height) };
}
