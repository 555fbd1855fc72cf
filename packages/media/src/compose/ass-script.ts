/** Texts as a script for libass: every line stands where the edit package laid it out. Pure. */
import type { FontName, FontSpan, Size, TextLayer, TextLine } from '@vitrine/edit';
import type { FontExtent } from './measure.ts';

/** A text with the frames in which it is seen: [from, to). */
export type TimedText = { layer: TextLayer; fromFrame: number; toFrame: number };
type Typography = { size: Size; frameMs: number; extents: Record<FontName, FontExtent> };

const HEAD = [
  '[Script Info]',
  'ScriptType: v4.00+',
  'WrapStyle: 2',
  'ScaledBorderAndShadow: yes',
  'Kerning: yes',
  'YCbCr Matrix: None',
];
const FORMAT =
  'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding';
/** Encoding -1: the direction of a line is found from its letters. */
const style = (name: string, family: string, encoding: number): string =>
  `Style: ${name},${family},20,&H00FFFFFF,&H00FFFFFF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,0,0,7,0,0,0,${encoding}`;

/** The whole script. Later texts lie above earlier ones. */
export function assScript(texts: readonly TimedText[], typography: Typography): string {
  const { size, extents } = typography;
  const events = texts.flatMap((text, n) => eventsOf(text, n, typography));
  return [
    ...HEAD,
    `PlayResX: ${size.widthPx}`,
    `PlayResY: ${size.heightPx}`,
    '',
    '[V4+ Styles]',
    FORMAT,
    style('left', extents.plain.family, 1),
    style('right', extents.plain.family, -1),
    '',
    '[Events]',
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    ...events,
    '',
  ].join('\n');
}

function eventsOf({ layer, fromFrame, toFrame }: TimedText, n: number, typography: Typography): string[] {
  // Half a frame early: the script's hundredths of a second then never miss a frame.
  const [start, end] = [fromFrame, toFrame].map((frame) => clock((frame - 0.5) * typography.frameMs));
  const say = (level: number, styleName: string, text: string): string =>
    `Dialogue: ${n * 2 + level},${start},${end},${styleName},,0,0,0,,${text}`;
  const { centre, rotationDegrees, ground } = layer;
  const turn = `\\org(${decimal(centre.x)},${decimal(centre.y)})\\frz${decimal(-rotationDegrees)}`;
  const box = ground === null ? [] : [say(0, 'left', roundedBox(ground, turn))];
  const words = layer.lines.flatMap((line) =>
    line.pieces.flatMap((piece) => {
      if (piece.kind !== 'words' || piece.text.trim() === '') return [];
      const text = wordsText(piece, { layer, line, turn, extents: typography.extents });
      return [say(1, line.isRightToLeft ? 'right' : 'left', text)];
    }),
  );
  return [...box, ...words];
}

function wordsText(
  { spans, x }: { spans: FontSpan[]; x: number },
  grounds: { layer: TextLayer; line: TextLine; turn: string; extents: Record<FontName, FontExtent> },
): string {
  const { layer, line, turn, extents } = grounds;
  const ascent = Math.max(...spans.map(({ font }) => extents[font].ascent));
  const top = line.baselineY - ascent * layer.sizePx;
  const border =
    layer.outline === null
      ? '\\bord0'
      : `\\bord${decimal(layer.outline.widthPx)}\\3c${colour(layer.outline.colour)}\\3a${alpha(layer.outline.opacity)}`;
  const start = `\\an7\\pos(${decimal(x)},${decimal(top)})${turn}\\1c${colour(layer.colour)}${border}\\shad0\\q2`;
  const words = spans.map(({ text, font }) => {
    const { family, ascent: up, descent } = extents[font];
    return `{\\fn${family}\\fs${decimal(layer.sizePx * (up + descent))}}${escapeText(text)}`;
  });
  return `{${start}}${words.join('')}`;
}

/** Fixed spaces, or libass would drop those at the ends; no sign that means something to it stays bare. */
function escapeText(text: string): string {
  return text.replaceAll('\\', '\\\u2060').replaceAll('{', '\\{').replaceAll('}', '\\}').replaceAll(/\s/g, '\u00a0');
}

/** Bézier handles of a quarter circle. */
const ARC = 0.5523;
/** Drawings count in eighths of a pixel (`\p4`). */
const DRAWING_UNITS = 8;

function roundedBox({ box, radiusPx, colour: fill, opacity }: NonNullable<TextLayer['ground']>, turn: string): string {
  const width = box.width * DRAWING_UNITS;
  const height = box.height * DRAWING_UNITS;
  const radius = Math.min(radiusPx * DRAWING_UNITS, width / 2, height / 2);
  const near = radius * (1 - ARC);
  const path = [
    ['m', radius, 0],
    ['l', width - radius, 0],
    ['b', width - near, 0, width, near, width, radius],
    ['l', width, height - radius],
    ['b', width, height - near, width - near, height, width - radius, height],
    ['l', radius, height],
    ['b', near, height, 0, height - near, 0, height - radius],
    ['l', 0, radius],
    ['b', 0, near, near, 0, radius, 0],
  ];
  const drawing = path.map((step) =>
    step.map((part) => (typeof part === 'number' ? Math.round(part) : part)).join(' '),
  );
  const place = `\\an7\\pos(${decimal(box.x)},${decimal(box.y)})${turn}`;
  return `{${place}\\1c${colour(fill)}\\1a${alpha(opacity)}\\bord0\\shad0\\p4}${drawing.join(' ')}{\\p0}`;
}

/** `&HBBGGRR&` of `#rrggbb`. */
function colour(hex: string): string {
  return `&H${hex.slice(5, 7)}${hex.slice(3, 5)}${hex.slice(1, 3)}&`.toUpperCase();
}

/** In ASS 0 is opaque. */
function alpha(opacity: number): string {
  return `&H${Math.round((1 - opacity) * 255)
    .toString(16)
    .padStart(2, '0')
    .toUpperCase()}&`;
}

function decimal(value: number): string {
  return value.toFixed(3);
}

function clock(ms: number): string {
  const hundredths = Math.max(0, Math.round(ms / 10));
  const two = (value: number): string => String(value).padStart(2, '0');
  const seconds = Math.floor(hundredths / 100);
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${two(hundredths % 100)}`;
}
