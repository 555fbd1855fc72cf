import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cleanLine, cleanLines } from './display-text.ts';
import { foldCode, newCode } from './tokens.ts';
import { systemWorld } from '../platform/world.ts';

test('a name loses what nobody sees and keeps every script', () => {
  assert.equal(cleanLine(' ada\u202e \u0000love\u200blace\n '), 'ada lovelace');
  assert.equal(cleanLine('عمر 李 Ωμέγα 👩‍👩‍👧'), 'عمر 李 Ωμέγα 👩‍👩‍👧');
});

test('a bio keeps its lines', () => {
  assert.equal(cleanLines('one\r\ntwo\n\n\n\nthree\u0007'), 'one\ntwo\n\nthree');
});

test('cleaning twice is cleaning once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => assert.equal(cleanLine(cleanLine(text)), cleanLine(text))),
  );
});

test('a code is found again however it is typed', () => {
  const code = newCode(systemWorld());
  assert.match(code, /^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$/);
  assert.equal(foldCode(` ${code.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O').replaceAll('1', 'l')}`), code);
});
