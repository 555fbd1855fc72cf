import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packPlaceholder, placeholderGrid, placeholderUrl } from './placeholder.ts';

test('fifteen colours fit forty characters and come back as a picture', () => {
  const { columns, rows } = placeholderGrid({ widthPx: 1080, heightPx: 1920 });
  const packed = packPlaceholder(Buffer.alloc(columns * rows * 3, 0xff), columns);
  assert.equal(packed.length, 40);
  const bitmap = Buffer.from((placeholderUrl(packed) ?? '').split(',')[1] ?? '', 'base64');
  assert.deepEqual([bitmap.readInt32LE(18), bitmap.readInt32LE(22)], [3, 5]);
  assert.equal(bitmap[54], 0xff);
});

test('a lying picture keeps its shape', () => {
  const { columns, rows } = placeholderGrid({ widthPx: 1920, heightPx: 1080 });
  const bitmap = Buffer.from(
    (placeholderUrl(packPlaceholder(Buffer.alloc(45), columns)) ?? '').split(',')[1] ?? '',
    'base64',
  );
  assert.deepEqual([bitmap.readInt32LE(18), bitmap.readInt32LE(22)], [columns, rows]);
});

test('anything else makes no picture', () => {
  assert.equal(placeholderUrl('abc'), undefined);
});
