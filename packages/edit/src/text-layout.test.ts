import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emojiFile, isEmoji, STICKERS, textParts } from './emoji.ts';
import { fontSpans, unknownLetter } from './fonts.ts';
import { layoutText, LINE_HEIGHT } from './text-layout.ts';
import { measure, textOf } from './testing/make-edit.ts';

const FRAME = { widthPx: 1000, heightPx: 2000 };

test('lines are centred around the place of the text', () => {
  const layer = layoutText(textOf({ text: 'ab\nabcd', x: 0.5, y: 0.25 }), FRAME, measure);
  assert.deepEqual(layer.box, { x: 400, y: 500 - LINE_HEIGHT * 100, width: 200, height: 2 * LINE_HEIGHT * 100 });
  assert.deepEqual(
    layer.lines.map(({ box }) => [box.x, box.width]),
    [
      [450, 100],
      [400, 200],
    ],
  );
});

test('start is left, and right where the line runs from right to left', () => {
  const left = (text: string, align: 'start' | 'end') =>
    layoutText(textOf({ text: `${text}\nxxxxxxxxxx`, align }), FRAME, measure).lines[0]?.box.x;
  assert.equal(left('ab', 'start'), 250);
  assert.equal(left('ab', 'end'), 650);
  assert.equal(left('مر', 'start'), 650);
  assert.equal(left('مر', 'end'), 250);
});

test('emoji are pictures between the words, in the direction of reading', () => {
  const pieces = (text: string) =>
    layoutText(textOf({ text }), FRAME, measure).lines[0]?.pieces.map((piece) =>
      piece.kind === 'emoji' ? piece.file : piece.text,
    );
  assert.deepEqual(pieces('go 🎉now'), ['go ', '1f389', 'now']);
  assert.deepEqual(pieces('مرحبا🎉'), ['1f389', 'مرحبا']);
});

test('no box, then an outline, never both', () => {
  assert.ok(layoutText(textOf({ hasBox: true }), FRAME, measure).outline === null);
  assert.ok(layoutText(textOf({ hasBox: false }), FRAME, measure).ground === null);
});

test('words are cut where the font changes, digits and spaces stay', () => {
  assert.deepEqual(fontSpans('hi مر 12', 'serif'), [
    { text: 'hi ', font: 'serif' },
    { text: 'مر 12', font: 'arabic' },
  ]);
});

test('a letter that no font has is named', () => {
  assert.equal(unknownLetter('Grüße, Ελλάδα, привет, مرحبا 12 🎉'), undefined);
  assert.equal(unknownLetter('ok 漢字'), '漢');
});

test('every sticker is one emoji, and none stands twice', () => {
  const all = Object.values(STICKERS).flat();
  assert.ok(all.length >= 110 && all.length <= 150, `${all.length}`);
  assert.deepEqual(
    all.filter((emoji) => !isEmoji(emoji)),
    [],
  );
  assert.equal(new Set(all.map(emojiFile)).size, all.length);
});

test('a digit is no emoji, a flag and a family are one', () => {
  assert.deepEqual(
    textParts('5 🇪🇸👨‍👩‍👧').map(({ kind, text }) => [kind, text]),
    [
      ['words', '5 '],
      ['emoji', '🇪🇸'],
      ['emoji', '👨‍👩‍👧'],
    ],
  );
});
