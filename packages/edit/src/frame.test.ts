import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { frameAt, type Layer, type PictureLayer } from './frame.ts';
import { clipOf, editOf, FACTS, measure, sourcesOf, textOf, uploadId } from './testing/make-edit.ts';
import type { SourceFacts, SourceKey, Sources } from './sources.ts';

const WIDE = sourcesOf({ widthPx: 1920, heightPx: 1080 });

function pictures(layers: Layer[]): PictureLayer[] {
  return layers.filter((layer) => layer.kind === 'picture');
}

test('a wide clip that covers an upright frame shows its middle', () => {
  const [layer, ...more] = pictures(frameAt(editOf([clipOf(0)]), 500, { sources: WIDE, measure }).layers);
  assert.equal(more.length, 0);
  assert.deepEqual(layer?.box, { x: 0, y: 0, width: 1080, height: 1920 });
  assert.ok(Math.abs((layer?.crop.width ?? 0) - (1080 * 1080) / 1920 / 1920) < 1e-9);
  assert.equal(layer?.sourceMs, 500);
});

test('a wide clip that is contained stands whole over its own blurred picture', () => {
  const edit = editOf([clipOf(0, { fit: 'contain' })]);
  const [ground, whole] = pictures(frameAt(edit, 0, { sources: WIDE, measure }).layers);
  assert.ok(ground?.blur && whole?.blur === null);
  assert.deepEqual(whole.box, { x: 0, y: 656, width: 1080, height: 608 });
  assert.deepEqual(whole.crop, { x: 0, y: 0, width: 1, height: 1 });
});

test('whatever the crop, a picture keeps its shape', () => {
  const part = fc.double({ min: 0.02, max: 1, noNaN: true });
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  const fit = fc.constantFrom('cover' as const, 'contain' as const);
  fc.assert(
    fc.property(part, part, place, place, fit, (width, height, x, y, placed) => {
      const edit = editOf([clipOf(0, { fit: placed, crop: { x, y, width, height } })]);
      for (const { crop, box } of pictures(frameAt(edit, 0, { sources: WIDE, measure }).layers)) {
        assert.ok(crop.x >= 0 && crop.y >= 0 && crop.x + crop.width < 1 + 1e-9 && crop.y + crop.height < 1 + 1e-9);
        const [across, down] = [box.width / (crop.width * 1920), box.height / (crop.height * 1080)];
        // Whole pixels, two at least.
        const slack = 2 / Math.min(box.width, box.height);
        assert.ok(Math.abs(across / down - 1) <= slack, `${across} ${down}`);
      }
    }),
  );
});

test('speed and in-point choose the moment of the source', () => {
  const edit = editOf([clipOf(0), clipOf(1, { inMs: 3000, outMs: 6000, speed: 2 })]);
  const [layer] = pictures(frameAt(edit, 2500, { sources: sourcesOf(), measure }).layers);
  assert.equal(layer?.sourceMs, 4000);
  assert.equal(layer?.clipId, 'c1');
});

test('a duet divides the frame in two, the parent on its side, frozen at its end', () => {
  const postId = uploadId(77);
  const sources: Sources = new Map<SourceKey, SourceFacts>([
    ...sourcesOf(),
    [`post:${postId}`, { ...FACTS, durationMs: 1000 }],
  ]);
  const duet = (layout: 'left' | 'bottom') => editOf([clipOf(0)], { duet: { postId, layout, gain: 1 } });
  const boxes = (layout: 'left' | 'bottom') =>
    pictures(frameAt(duet(layout), 1500, { sources, measure }).layers).map(({ of, box }) => [of, box]);
  assert.deepEqual(boxes('left'), [
    ['parent', { x: 0, y: 0, width: 540, height: 1920 }],
    ['clip', { x: 540, y: 0, width: 540, height: 1920 }],
  ]);
  assert.deepEqual(boxes('bottom'), [
    ['parent', { x: 0, y: 960, width: 1080, height: 960 }],
    ['clip', { x: 0, y: 0, width: 1080, height: 960 }],
  ]);
  const [parent] = pictures(frameAt(duet('left'), 1500, { sources, measure }).layers);
  assert.equal(parent?.sourceMs, 1000);
});

test('texts and stickers are there from their first moment until before their last', () => {
  const sticker = { id: 's', emoji: '❤️', x: 0.5, y: 0.25, size: 0.2, rotationDegrees: 10, fromMs: 100, toMs: 200 };
  const edit = editOf([clipOf(0)], { texts: [textOf({ fromMs: 100, toMs: 200 })], stickers: [sticker] });
  const kinds = (atMs: number) => frameAt(edit, atMs, { sources: sourcesOf(), measure }).layers.map(({ kind }) => kind);
  assert.deepEqual(kinds(99), ['picture']);
  assert.deepEqual(kinds(100), ['picture', 'sticker', 'text']);
  assert.deepEqual(kinds(200), ['picture']);
  const drawn = frameAt(edit, 100, { sources: sourcesOf(), measure }).layers.find(({ kind }) => kind === 'sticker');
  assert.deepEqual(drawn?.kind === 'sticker' && [drawn.file, drawn.box], [
    '2764',
    { x: 432, y: 372, width: 216, height: 216 },
  ]);
});

test('a smaller view is the same frame, smaller', () => {
  const edit = editOf([clipOf(0)], { texts: [textOf({ text: 'one 🎉\ntwo', rotationDegrees: 20 })] });
  const full = frameAt(edit, 0, { sources: sourcesOf(), measure });
  const small = frameAt(edit, 0, { sources: sourcesOf(), measure, size: { widthPx: 270, heightPx: 480 } });
  const numbers = (value: unknown): number[] =>
    typeof value === 'number'
      ? [value]
      : value !== null && typeof value === 'object'
        ? Object.values(value).flatMap(numbers)
        : [];
  const [large, little] = [full, small].map((frame) => {
    const text = frame.layers.find(({ kind }) => kind === 'text');
    return text?.kind === 'text' ? numbers([text.box, text.lines, text.centre, text.sizePx]) : [];
  });
  large?.forEach((value, n) => assert.ok(Math.abs(value - 4 * (little?.[n] ?? 0)) < 1e-6));
  assert.ok((large?.length ?? 0) > 20);
});
