/** Draws a frame's layers on a canvas, as the renderer will draw them into the video. */
import { FILTER_MATRICES, FONT_NAMES, FONTS } from '@vitrine/edit';
import type {
  Box,
  EditFrame,
  FontName,
  MeasureText,
  PictureLayer,
  StickerLayer,
  TextLayer,
  TextLine,
} from '@vitrine/edit';
import type { FilterName } from '@vitrine/schema';

/** What a picture layer is drawn from. */
type PictureOf = (layer: PictureLayer) => CanvasImageSource | undefined;
/** The picture of an emoji; undefined while it is not there. */
type EmojiOf = (file: string) => CanvasImageSource | undefined;
type Canvas = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
/** In a worker there is no document: no SVG filters, no elements. */
const HAS_DOCUMENT = typeof document !== 'undefined';

const MEASURE_PX = 200;
const families = new Map<FontName, string>();
let fontsLoading: Promise<void> | undefined;

/** Loads the type faces of the renderer; resolves when texts can be measured as it does. */
export function loadFonts(): Promise<void> {
  fontsLoading ??= Promise.all(
    FONT_NAMES.map(async (name) => {
      const face = new FontFace(`vitrine-${name}`, `url(/fonts/${name}.ttf)`);
      const known = HAS_DOCUMENT ? document.fonts : (self as unknown as { fonts: FontFaceSet }).fonts;
      known.add(await face.load());
      families.set(name, `vitrine-${name}`);
    }),
  ).then(
    () => undefined,
    () => {
      fontsLoading = undefined;
    },
  );
  return fontsLoading;
}

function fontOf(font: FontName, sizePx: number): string {
  return `${sizePx}px "${families.get(font) ?? FONTS[font].family}", system-ui, sans-serif`;
}

const measuring = HAS_DOCUMENT
  ? document.createElement('canvas').getContext('2d')
  : new OffscreenCanvas(1, 1).getContext('2d');
const widths = new Map<string, number>();

/** Width of words in ems. */
export const measureText: MeasureText = (text, font) => {
  const key = `${families.has(font)} ${font} ${text}`;
  const known = widths.get(key);
  if (known !== undefined || measuring === null) return known ?? 0;
  measuring.font = fontOf(font, MEASURE_PX);
  const width = measuring.measureText(text).width / MEASURE_PX;
  widths.set(key, width);
  return width;
};

const emoji = new Map<string, HTMLImageElement>();

/** Address of an emoji's picture. */
export function emojiUrl(file: string): string {
  return `/emoji/${file}.svg`;
}

function emojiPicture(file: string, onLoad: () => void): HTMLImageElement | undefined {
  let picture = emoji.get(file);
  if (picture === undefined) {
    picture = new Image();
    picture.addEventListener('load', onLoad, { once: true });
    picture.src = emojiUrl(file);
    emoji.set(file, picture);
  }
  return picture.complete && picture.naturalWidth > 0 ? picture : undefined;
}

/** Draws all layers. `onLater`: a picture came after it was wanted; draw again. `emojiOf`: default, pictures that the page loads. */
export function paintFrame(
  canvas: Canvas,
  frame: EditFrame,
  given: { pictureOf: PictureOf; onLater: () => void; emojiOf?: EmojiOf },
): void {
  const { pictureOf, onLater } = given;
  const emojiOf = given.emojiOf ?? ((file: string) => emojiPicture(file, onLater));
  for (const layer of frame.layers) {
    if (layer.kind === 'picture') paintPicture(canvas, layer, pictureOf(layer));
    else if (layer.kind === 'sticker') paintSticker(canvas, layer, emojiOf(layer.file));
    else paintText(canvas, layer, emojiOf);
  }
}

function sizeOfPicture(picture: CanvasImageSource): { width: number; height: number } {
  if ('videoWidth' in picture) return { width: picture.videoWidth, height: picture.videoHeight };
  if ('naturalWidth' in picture) return { width: picture.naturalWidth, height: picture.naturalHeight };
  const { width, height } = picture as HTMLCanvasElement;
  return { width, height };
}

const CAN_FILTER = HAS_DOCUMENT && 'filter' in CanvasRenderingContext2D.prototype;
const CAN_BLUR = CAN_FILTER || (!HAS_DOCUMENT && 'filter' in OffscreenCanvasRenderingContext2D.prototype);

function paintPicture(canvas: Canvas, layer: PictureLayer, picture: CanvasImageSource | undefined): void {
  if (picture === undefined) return;
  const size = sizeOfPicture(picture);
  if (size.width === 0) return;
  const { crop, box, blur } = layer;
  canvas.save();
  if (CAN_FILTER) canvas.filter = filterWords(layer);
  else if (CAN_BLUR && blur !== null) canvas.filter = `blur(${blur.radiusPx}px)`;
  canvas.beginPath();
  canvas.rect(box.x, box.y, box.width, box.height);
  canvas.clip();
  const from = [crop.x * size.width, crop.y * size.height, crop.width * size.width, crop.height * size.height] as const;
  if (blur !== null) {
    // A blur fades towards the edges of what is drawn: a larger one below has its edges outside.
    const out = 2 * blur.radiusPx;
    canvas.drawImage(picture, ...from, box.x - out, box.y - out, box.width + 2 * out, box.height + 2 * out);
  }
  canvas.drawImage(picture, ...from, box.x, box.y, box.width, box.height);
  canvas.restore();
  if (!CAN_FILTER) paintByPixels(canvas, layer);
}

/** Id of the page's SVG filter that holds a colour filter's matrix. */
export function filterId(name: FilterName): string {
  return `vitrine-filter-${name}`;
}

function filterWords({ filter, blur }: PictureLayer): string {
  const parts = filter === 'none' ? [] : [`url(#${filterId(filter)})`];
  if (blur !== null) parts.push(`blur(${blur.radiusPx}px)`, `brightness(${blur.brightness})`);
  return parts.length === 0 ? 'none' : parts.join(' ');
}

/** Where a canvas knows no SVG filters: the same matrix, pixel by pixel, then the ground's shade. */
function paintByPixels(canvas: Canvas, { filter, blur, box }: PictureLayer): void {
  if (filter !== 'none') colourPixels(canvas, filter, box);
  if (blur === null) return;
  canvas.fillStyle = `rgb(0 0 0 / ${1 - blur.brightness})`;
  canvas.fillRect(box.x, box.y, box.width, box.height);
}

function colourPixels(canvas: Canvas, filter: FilterName, box: Box): void {
  const image = canvas.getImageData(box.x, box.y, Math.max(1, box.width), Math.max(1, box.height));
  const [red, green, blue] = FILTER_MATRICES[filter];
  const { data } = image;
  for (let at = 0; at < data.length; at += 4) {
    const [r = 0, g = 0, b = 0] = [data[at], data[at + 1], data[at + 2]];
    data[at] = red[0] * r + red[1] * g + red[2] * b + red[3] * 255;
    data[at + 1] = green[0] * r + green[1] * g + green[2] * b + green[3] * 255;
    data[at + 2] = blue[0] * r + blue[1] * g + blue[2] * b + blue[3] * 255;
  }
  canvas.putImageData(image, box.x, box.y);
}

function turned(
  canvas: Canvas,
  { centre, degrees }: { centre: { x: number; y: number }; degrees: number },
  draw: () => void,
): void {
  canvas.save();
  canvas.translate(centre.x, centre.y);
  canvas.rotate((degrees * Math.PI) / 180);
  canvas.translate(-centre.x, -centre.y);
  draw();
  canvas.restore();
}

function middleOf(box: Box): { x: number; y: number } {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

function paintSticker(canvas: Canvas, layer: StickerLayer, picture: CanvasImageSource | undefined): void {
  if (picture === undefined) return;
  const { box } = layer;
  turned(canvas, { centre: middleOf(box), degrees: layer.rotationDegrees }, () =>
    canvas.drawImage(picture, box.x, box.y, box.width, box.height),
  );
}

function paintText(canvas: Canvas, layer: TextLayer, emojiOf: EmojiOf): void {
  turned(canvas, { centre: layer.centre, degrees: layer.rotationDegrees }, () => {
    if (layer.ground !== null) {
      const { box, radiusPx, colour, opacity } = layer.ground;
      canvas.globalAlpha = opacity;
      canvas.fillStyle = colour;
      canvas.beginPath();
      canvas.roundRect(box.x, box.y, box.width, box.height, radiusPx);
      canvas.fill();
      canvas.globalAlpha = 1;
    }
    for (const line of layer.lines) paintLine(canvas, layer, { line, emojiOf });
  });
}

function paintLine(canvas: Canvas, layer: TextLayer, { line, emojiOf }: { line: TextLine; emojiOf: EmojiOf }): void {
  for (const piece of line.pieces) {
    if (piece.kind === 'emoji') {
      const picture = emojiOf(piece.file);
      if (picture) canvas.drawImage(picture, piece.box.x, piece.box.y, piece.box.width, piece.box.height);
      continue;
    }
    canvas.direction = line.isRightToLeft ? 'rtl' : 'ltr';
    canvas.textAlign = 'left';
    const spans = line.isRightToLeft ? piece.spans.toReversed() : piece.spans;
    let { x } = piece;
    for (const span of spans) {
      canvas.font = fontOf(span.font, layer.sizePx);
      if (layer.outline !== null) {
        canvas.globalAlpha = layer.outline.opacity;
        canvas.strokeStyle = layer.outline.colour;
        canvas.lineWidth = layer.outline.widthPx * 2;
        canvas.lineJoin = 'round';
        canvas.strokeText(span.text, x, line.baselineY);
        canvas.globalAlpha = 1;
      }
      canvas.fillStyle = layer.colour;
      canvas.fillText(span.text, x, line.baselineY);
      x += measureText(span.text, span.font) * layer.sizePx;
    }
  }
}
