import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completed, stretchesOf, typedAt } from './completion.ts';

test('a tag or a handle at the cursor is found, an e-mail address is not', () => {
  assert.deepEqual(typedAt('blue #cera', 10), { sign: '#', prefix: 'cera', start: 5 });
  assert.deepEqual(typedAt('@noor.c', 7), { sign: '@', prefix: 'noor.c', start: 0 });
  assert.deepEqual(typedAt('مرحبا #فخ', 9), { sign: '#', prefix: 'فخ', start: 6 });
  assert.equal(typedAt('write to a@b', 12), undefined);
  assert.equal(typedAt('blue #cera mic', 14), undefined);
});

test('a choice takes the place of what was typed, wherever the cursor is', () => {
  assert.deepEqual(completed('blue #cera and', { sign: '#', prefix: 'cera', start: 5 }, 'ceramics'), {
    text: 'blue #ceramics and',
    cursor: 15,
  });
});

test('the stretches of a text are the text, tags and handles lit', () => {
  const text = 'One glaze. #ceramics @noor.cooks, a@b #';
  assert.equal(
    stretchesOf(text)
      .map((stretch) => stretch.text)
      .join(''),
    text,
  );
  assert.deepEqual(
    stretchesOf(text)
      .filter((stretch) => stretch.isLit)
      .map((stretch) => stretch.text),
    ['#ceramics', '@noor.cooks'],
  );
});
