import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cursorText, pageOf, readCursor } from './cursor.ts';

const ID = '01932f5e-0000-7000-8000-000000000001';

test('a cursor reads back as it was written', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true }),
      fc.uuid({ version: 7 }),
      (at, id) => {
        assert.deepEqual(readCursor(cursorText({ at, id })), { at, id });
      },
    ),
  );
});

test('text that is no cursor is refused, whatever it is', () => {
  fc.assert(fc.property(fc.string(), (text) => assert.throws(() => readCursor(text), /go on from there/)));
});

test('the last page names no next one', () => {
  const row = { at: new Date(0), id: ID };
  assert.equal(pageOf([row], 1, (one) => one).next, null);
  assert.notEqual(pageOf([row, row], 1, (one) => one).next, null);
});
