/** Boxes and how pictures are fitted into them. */
import { FRAMES, type Crop, type FrameShape } from '@vitrine/schema';

/** In pixels of the frame, from its top left corner. */
export type Box = { x: number; y: number; width: number; height: number };
/** Of a picture or a frame. */
export type Size = { widthPx: number; heightPx: number };

/** Size of the finished frame. */
export function frameSize(shape: FrameShape): Size {
  return FRAMES[shape];
}

/** A crop that lies inside its picture. */
export function insideCrop(crop: Crop | null): Crop {
  if (crop === null) return { x: 0, y: 0, width: 1, height: 1 };
  const width = Math.min(1, crop.width);
  const height = Math.min(1, crop.height);
  return { x: Math.min(crop.x, 1 - width), y: Math.min(crop.y, 1 - height), width, height };
}

/** A picture whose part `crop` fills `box` exactly. */
type Fitted = { crop: Crop; box: Box };

/** Fills the box: what is too much of the crop falls away on both sides alike. */
export function coverBox(picture: Size, crop: Crop, box: Box): Fitted {
  const shape = (crop.width * picture.widthPx) / (crop.height * picture.heightPx);
  const wanted = box.width / box.height;
  const width = shape > wanted ? (crop.width * wanted) / shape : crop.width;
  const height = shape > wanted ? crop.height : (crop.height * shape) / wanted;
  const cut = { x: crop.x + (crop.width - width) / 2, y: crop.y + (crop.height - height) / 2, width, height };
  return { crop: cut, box };
}

/** The whole crop, as large as the box lets it be, in its middle; on whole pixels. */
export function containBox(picture: Size, crop: Crop, box: Box): Fitted {
  const widthPx = crop.width * picture.widthPx;
  const heightPx = crop.height * picture.heightPx;
  const scale = Math.min(box.width / widthPx, box.height / heightPx);
  const width = Math.min(box.width, Math.max(2, Math.round(widthPx * scale)));
  const height = Math.min(box.height, Math.max(2, Math.round(heightPx * scale)));
  const x = box.x + Math.floor((box.width - width) / 2);
  const y = box.y + Math.floor((box.height - height) / 2);
  return { crop, box: { x, y, width, height } };
}
