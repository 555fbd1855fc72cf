/** Where each line and each word of a text stands. */
import type { EditText } from '@vitrine/schema';
import { emojiFile, textParts } from './emoji.ts';
import { fontSpans, type FontSpan, type MeasureText } from './fonts.ts';
import type { Box, Size } from './geometry.ts';

/** A stretch of a line: words from `x` on the baseline, or an emoji's picture in a box. */
type TextPiece =
  | { kind: 'words'; text: string; spans: FontSpan[]; x: number; width: number }
  | { kind: 'emoji'; file: string; box: Box };
/** `box`: as wide as the words and as high as the line. */
export type TextLine = { baselineY: number; box: Box; isRightToLeft: boolean; pieces: TextPiece[] };
/** A text in pixels of the frame. All of it is turned around its centre afterwards. */
export type TextLayer = {
  kind: 'text';
  id: string;
  face: EditText['face'];
  sizePx: number;
  colour: string;
  centre: { x: number; y: number };
  rotationDegrees: number;
  /** Around all lines. */
  box: Box;
  /** The dark box behind, if there is one. */
  ground: { box: Box; radiusPx: number; colour: string; opacity: number } | null;
  /** A dark line around the letters where no box stands behind them; its width to one side. */
  outline: { widthPx: number; colour: string; opacity: number } | null;
  lines: TextLine[];
};

/** In ems. */
export const LINE_HEIGHT = 1.25;
const BASELINE = 0.96;
const EMOJI_SIDE = 1.05;
const EMOJI_TOP = 0.1;
const PADDING_X = 0.38;
const PADDING_Y = 0.1;
const RADIUS = 0.28;
const OUTLINE = 0.06;
const GROUND = { colour: '#000000', opacity: 0.62 };
const OUTLINE_LOOK = { colour: '#000000', opacity: 0.62 };

const RIGHT_TO_LEFT = /^[^\p{L}]*\p{Script=Arabic}/u;

/** Lays out a text for a frame of a size. */
export function layoutText(text: EditText, frame: Size, measure: MeasureText): TextLayer {
  const sizePx = text.size * frame.widthPx;
  const centre = { x: text.x * frame.widthPx, y: text.y * frame.heightPx };
  const rows = text.text.split('\n').map((line) => measureLine(line, { text, sizePx, measure }));
  const width = Math.max(...rows.map((row) => row.width));
  const lineHeight = LINE_HEIGHT * sizePx;
  const height = rows.length * lineHeight;
  const box = { x: centre.x - width / 2, y: centre.y - height / 2, width, height };
  const lines = rows.map((row, n) =>
    placeLine(row, { align: text.align, sizePx, block: box, y: box.y + n * lineHeight }),
  );
  const ground = {
    box: grow(box, PADDING_X * sizePx, PADDING_Y * sizePx),
    radiusPx: RADIUS * sizePx,
    ...GROUND,
  };
  return {
    kind: 'text',
    id: text.id,
    face: text.face,
    sizePx,
    colour: text.colour,
    centre,
    rotationDegrees: text.rotationDegrees,
    box,
    ground: text.hasBox ? ground : null,
    outline: text.hasBox ? null : { widthPx: OUTLINE * sizePx, ...OUTLINE_LOOK },
    lines,
  };
}

type MeasuredPart = { kind: 'words' | 'emoji'; text: string; spans: FontSpan[]; width: number };
type MeasuredLine = { parts: MeasuredPart[]; width: number; isRightToLeft: boolean };

function measureLine(
  line: string,
  { text, sizePx, measure }: { text: EditText; sizePx: number; measure: MeasureText },
): MeasuredLine {
  const parts = textParts(line).map((part) => {
    const spans = part.kind === 'words' ? fontSpans(part.text, text.face) : [];
    const ems =
      part.kind === 'emoji' ? EMOJI_SIDE : spans.reduce((sum, span) => sum + measure(span.text, span.font), 0);
    return { ...part, spans, width: ems * sizePx };
  });
  return {
    parts,
    width: parts.reduce((sum, part) => sum + part.width, 0),
    isRightToLeft: RIGHT_TO_LEFT.test(line),
  };
}

function placeLine(
  row: MeasuredLine,
  { align, sizePx, block, y }: { align: EditText['align']; sizePx: number; block: Box; y: number },
): TextLine {
  const isLeft = (align === 'start') !== row.isRightToLeft;
  const room = block.width - row.width;
  const left = block.x + (align === 'center' ? room / 2 : isLeft ? 0 : room);
  const side = EMOJI_SIDE * sizePx;
  let x = left;
  // Pieces stand in the order of reading: from the right in a line that runs from right to left.
  const pieces = (row.isRightToLeft ? row.parts.toReversed() : row.parts).map((part): TextPiece => {
    const at = x;
    x += part.width;
    if (part.kind === 'words') return { kind: 'words', text: part.text, spans: part.spans, x: at, width: part.width };
    const box = { x: at, y: y + EMOJI_TOP * sizePx, width: side, height: side };
    return { kind: 'emoji', file: emojiFile(part.text), box };
  });
  const box = { x: left, y, width: row.width, height: LINE_HEIGHT * sizePx };
  return { baselineY: y + BASELINE * sizePx, box, isRightToLeft: row.isRightToLeft, pieces };
}

function grow(box: Box, x: number, y: number): Box {
  return { x: box.x - x, y: box.y - y, width: box.width + 2 * x, height: box.height + 2 * y };
}
