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

test('a name of signs that nobody sees is no name', () => {
  for (const name of [
    '\u3164',
    '\u115f\u1160',
    '\uffa0',
    '\u200d\u200c',
    '\u00ad\u034f',
    '\u2800',
    '\u{e0061}\u{e0062}',
    '\ufe0f',
  ])
    assert.equal(cleanLine(name), '', JSON.stringify(name));
  assert.equal(cleanLine('a\u061cb\u{e0070}c\u180ed'), 'abcd');
  const england = '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}';
  assert.equal(cleanLine(`ada ${england}`), `ada ${england}`);
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
