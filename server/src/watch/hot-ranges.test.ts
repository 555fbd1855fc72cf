import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hotRanges } from './hot-ranges.ts';

test('a part is kept from its second asking on, as it was then', () => {
  const hot = hotRanges();
  const bytes = Buffer.from('abc');
  hot.offer('file 0', bytes);
  assert.equal(hot.get('file 0'), undefined);
  hot.offer('file 0', bytes);
  bytes.fill('x');
  assert.equal(hot.get('file 0')?.toString(), 'abc');
});

test('there is never more than the bound, and the part unused for longest goes first', () => {
  const hot = hotRanges(10);
  const keep = (key: string, size: number): void => {
    hot.offer(key, Buffer.alloc(size));
    hot.offer(key, Buffer.alloc(size));
  };
  keep('a', 4);
  keep('b', 4);
  hot.get('a');
  keep('c', 4);
  assert.deepEqual(
    ['a', 'b', 'c'].map((key) => hot.get(key)?.length),
    [4, undefined, 4],
  );
  keep('d', 11);
  assert.equal(hot.get('d'), undefined);
});

test('what is forgotten is read anew', () => {
  const hot = hotRanges();
  for (const key of ['one 0', 'two 0']) for (let turn = 0; turn < 2; turn++) hot.offer(key, Buffer.from(key));
  hot.forget('one ');
  assert.equal(hot.get('one 0'), undefined);
  assert.ok(hot.get('two 0'));
});
