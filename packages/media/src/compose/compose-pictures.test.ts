import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { applyFilter, FILTER_NAMES, frameAt, frameSize, layoutText, type SourceKey } from '@vitrine/edit';
import type { VideoEdit } from '@vitrine/schema';
import { composeEdit, factsOf, type ComposeSource } from '../index.ts';
import { clipOf, editOf, idOf, makePlain, textOf, uploads, type Rgb3 } from '../testing/make-edit.ts';
import { boxOf, framesAt, pixel, type Rgb } from '../testing/read-back.ts';
import { measureText } from './measure.ts';

const FRAME = frameSize('1:1');
/** Of the frame's side, or of a box's own. */
const TOLERANCE = 0.02;
/** Steps of 255 that coding may take from a plain colour. */
const COLOUR_STEPS = 6;

let folder = '';
let made = 0;
const files: Record<number, ComposeSource> = {};
const grey: Rgb3 = [110, 110, 110];

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-compose-'));
  files[0] = await makePlain(join(folder, '0.mp4'), () => grey);
  // Brightness counts the frames: two steps each.
  files[1] = await makePlain(join(folder, '1.mp4'), (n) => [40 + 2 * n, 40 + 2 * n, 40 + 2 * n]);
  files[2] = await makePlain(join(folder, '2.mp4'), () => [200, 120, 80], { widthPx: 640, heightPx: 360 });
  files[3] = await makePlain(join(folder, '3.mp4'), () => [60, 90, 200], { frames: 30 });
});
after(() => rmSync(folder, { recursive: true, force: true }));

async function render(edit: VideoEdit, more: [SourceKey, ComposeSource][] = []) {
  const outcome = await composeEdit({
    edit,
    sources: new Map([...uploads(files), ...more]),
    outDir: join(folder, `out${made++}`),
  });
  if (outcome.kind !== 'composed') assert.fail(outcome.sentence);
  return outcome.rendition;
}

async function shown(edit: VideoEdit, momentsMs: number[], more: [SourceKey, ComposeSource][] = []): Promise<Rgb[]> {
  return framesAt((await render(edit, more)).path, momentsMs);
}

const isNear = (a: readonly number[], b: readonly number[], steps = COLOUR_STEPS): boolean =>
  a.every((value, n) => Math.abs(value - (b[n] ?? 0)) <= steps);

function assertBox(found: ReturnType<typeof boxOf>, wanted: ReturnType<typeof boxOf>, what: string): void {
  const slack = TOLERANCE * FRAME.widthPx * 0.5;
  const edges = (box: typeof found): number[] => [box.x, box.y, box.x + box.width, box.y + box.height];
  const away = edges(found).map((edge, n) => Math.abs(edge - (edges(wanted)[n] ?? 0)));
  assert.ok(Math.max(...away) <= slack, `${what}: ${JSON.stringify(found)} is not ${JSON.stringify(wanted)}`);
  assert.ok(Math.abs(found.width / wanted.width - 1) <= TOLERANCE, `${what}: ${found.width} wide, not ${wanted.width}`);
}

test('words stand where the edit package lays them out, in every face', async () => {
  const faces = ['bold', 'plain', 'serif', 'mono'] as const;
  const texts = faces.map((face, n) =>
    textOf({ id: face, face, y: 0.2 + 0.2 * n, fromMs: 0, text: 'HHHHHHHHHHHH', size: 0.07 }),
  );
  const edit = editOf([clipOf(0)], { texts: texts.map((text) => ({ ...text, hasBox: true })) });
  const [picture] = await shown(edit, [500]);
  for (const text of texts) {
    const layer = layoutText({ ...text, hasBox: true }, FRAME, measureText);
    const ground = layer.ground!.box;
    const inBand = crop(picture!, ground.y - 20, ground.y + ground.height + 20);
    const dark = boxOf(inBand, (colour) => colour[0] < 70 || colour[0] > 200);
    assertBox({ ...dark, y: dark.y + inBand.top }, ground, `${text.face}, box`);
    const ink = boxOf(inBand, (colour) => colour[0] > 200);
    const line = layer.lines[0]!;
    // An H stands on the baseline, as wide as its advance less its bearings: 8 % of one letter on each side.
    const bearing = line.box.width / 12 / 8;
    assert.ok(Math.abs(ink.x - line.box.x - bearing) <= 0.01 * FRAME.widthPx, `${text.face} begins at ${ink.x}`);
    const inkEnd = ink.x + ink.width;
    const end = line.box.x + line.box.width - bearing;
    assert.ok(Math.abs(inkEnd - end) <= 0.01 * FRAME.widthPx, `${text.face} ends at ${inkEnd}, not ${end}`);
    const foot = inBand.top + ink.y + ink.height;
    assert.ok(Math.abs(foot - line.baselineY) <= 3, `${text.face} stands at ${foot}, not ${line.baselineY}`);
  }
});

test('letters of another script and turned texts keep their place', async () => {
  const text = textOf({ text: 'مرحبا بالعالم', size: 0.12 });
  const [straight] = await shown(editOf([clipOf(0)], { texts: [text] }), [500]);
  const layer = layoutText(text, FRAME, measureText);
  const ink = boxOf(straight!, (colour) => colour[0] > 200);
  assert.ok(Math.abs(ink.width / layer.box.width - 1) <= 0.04, `${ink.width} of ${layer.box.width}`);
  const turned = { ...textOf({ text: 'HH\nHH', rotationDegrees: 90, x: 0.3 }), hasBox: true };
  const [picture] = await shown(editOf([clipOf(0)], { texts: [turned] }), [500]);
  const { box } = layoutText(turned, FRAME, measureText).ground!;
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const wanted = {
    x: centre.x - box.height / 2,
    y: centre.y - box.width / 2,
    width: box.height,
    height: box.width,
  };
  assertBox(
    boxOf(picture!, (colour) => colour[0] < 70 || colour[0] > 200),
    wanted,
    'turned',
  );
});

test('a sticker fills its box, an emoji in a text its place', async () => {
  const sticker = { id: 's', emoji: '🔴', x: 0.3, y: 0.6, size: 0.2, rotationDegrees: 45, fromMs: 0, toMs: 5000 };
  const text = textOf({ text: 'HH🔴', y: 0.2 });
  const edit = editOf([clipOf(0)], { stickers: [sticker], texts: [text] });
  const [picture] = await shown(edit, [500]);
  const isRed = ([r, g]: [number, number, number]): boolean => r > 180 && g < 90;
  const lower = crop(picture!, 400, FRAME.heightPx);
  const round = boxOf(lower, isRed);
  const side = 0.2 * FRAME.widthPx;
  // The disc fills the picture.
  assertBox({ ...round, y: round.y + lower.top }, { x: 216, y: 540, width: side, height: side }, 'sticker');
  const piece = layoutText(text, FRAME, measureText).lines[0]!.pieces[1]!;
  assert.ok(piece.kind === 'emoji');
  assertBox(boxOf(crop(picture!, 0, 400), isRed), piece.box, 'emoji');
});

test('a contained picture stands whole over a darker ground', async () => {
  const edit = editOf([clipOf(2, { fit: 'contain' }), clipOf(0)]);
  const [picture] = await shown(edit, [500]);
  const sharp = boxOf(picture!, (colour) => isNear(colour, [200, 120, 80], 10));
  const facts = factsOf(files[2]!.probe as never);
  const layers = frameAt(edit, 500, {
    sources: new Map<SourceKey, typeof facts>([[`upload:${idOf(2)}`, facts]]),
    measure: measureText,
  }).layers;
  const whole = layers[1];
  assert.ok(whole?.kind === 'picture');
  assertBox(sharp, whole.box, 'contained');
  assert.ok(isNear(pixel(picture!, 540, 60), [120, 72, 48], 10), String(pixel(picture!, 540, 60)));
});

test('every filter gives the colour that the edit package says', async () => {
  const filters = FILTER_NAMES.map((filter, n) => clipOf(2, { id: `f${n}`, outMs: 200, filter }));
  const pictures = await shown(
    editOf(filters),
    filters.map((_, n) => n * 200 + 100),
  );
  const [source] = await framesAt(files[2]!.path, [0]);
  const colour = pixel(source!, 100, 100).map((value) => value / 255) as [number, number, number];
  FILTER_NAMES.forEach((name, n) => {
    const wanted = applyFilter(name, colour).map((value) => value * 255);
    const found = pixel(pictures[n]!, 540, 540);
    assert.ok(isNear(found, wanted), `${name}: ${found.join()} is not ${wanted.map(Math.round).join()}`);
  });
});

test('each moment shows the frame of its source that in-point and speed say', async () => {
  const edit = editOf([
    clipOf(1, { id: 'a', inMs: 500, outMs: 1000 }),
    clipOf(1, { id: 'b', inMs: 0, outMs: 1500, speed: 3 }),
    clipOf(1, { id: 'c', inMs: 1700, outMs: 2000, speed: 0.5 }),
  ]);
  const moments = [10, 250, 480, 510, 700, 980, 1010, 1300, 1580];
  const wantedMs = [510, 750, 980, 30, 600, 1440, 1705, 1850, 1990];
  const pictures = await shown(edit, moments);
  pictures.forEach((picture, n) => {
    const frame = (pixel(picture, 540, 540)[1] - 40) / 2;
    const wanted = ((wantedMs[n] ?? 0) * 30) / 1000;
    // A frame of the video lasts up to three of the source; coding takes a step or two.
    assert.ok(Math.abs(frame - wanted) <= 3, `at ${moments[n]} ms frame ${frame}, not ${wanted}`);
  });
});

test('texts come and go with their frames', async () => {
  const text = textOf({ text: 'HH', size: 0.4, face: 'mono', fromMs: 333, toMs: 667 });
  const pictures = await shown(editOf([clipOf(0)], { texts: [text] }), [301, 334, 668, 701]);
  const isLit = pictures.map((picture) => boxOf(picture, (colour) => colour[0] > 180).width > 0);
  // Frame 10 is the first at or after 333 ms; frame 20, at 666.7 ms, is the last before 667.
  assert.deepEqual(isLit, [false, true, true, false]);
});

test('a duet shows both pictures, the parent frozen where it ends', async () => {
  const postId = idOf(50);
  const edit = editOf([clipOf(0, { outMs: 2000 })], { duet: { postId, layout: 'left', gain: 1 } });
  const pictures = await shown(edit, [500, 1500], [[`post:${postId}`, files[3]!]]);
  for (const picture of pictures) {
    assert.ok(isNear(pixel(picture, 200, 540), [60, 90, 200]), String(pixel(picture, 200, 540)));
    assert.ok(isNear(pixel(picture, 800, 540), grey), String(pixel(picture, 800, 540)));
  }
  const parent = boxOf(pictures[0]!, (colour) => colour[2] > 150);
  assertBox(parent, { x: 0, y: 0, width: 540, height: 1080 }, 'parent');
});

test('a stitch begins with the other post', async () => {
  const postId = idOf(50);
  const edit = editOf([clipOf(0, { id: 's', source: { postId } }), clipOf(0)]);
  const [first, second] = await shown(edit, [500, 1500], [[`post:${postId}`, files[3]!]]);
  assert.ok(isNear(pixel(first!, 540, 540), [60, 90, 200]) && isNear(pixel(second!, 540, 540), grey));
});

test('the same edit gives the same bytes', async () => {
  const sticker = { id: 's', emoji: '🎉', x: 0.5, y: 0.8, size: 0.2, rotationDegrees: 10, fromMs: 200, toMs: 1800 };
  const edit = editOf([clipOf(1, { filter: 'warm' }), clipOf(2, { fit: 'contain' })], {
    texts: [textOf({ text: 'Twice 🎈' })],
    stickers: [sticker],
  });
  const [one, two] = [await render(edit), await render(edit)];
  assert.equal(one.sha256, two.sha256);
  assert.deepEqual(readFileSync(one.path), readFileSync(two.path));
});

/** Rows of a picture. */
function crop(picture: Rgb, from: number, to: number): Rgb & { top: number } {
  const [top, end] = [Math.max(0, Math.round(from)), Math.min(picture.heightPx, Math.round(to))];
  const bytes = picture.bytes.subarray(top * picture.widthPx * 3, end * picture.widthPx * 3);
  return { widthPx: picture.widthPx, heightPx: end - top, bytes, top };
}
