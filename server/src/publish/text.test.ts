import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTag, foldTag, mentionsOf, tagsOf } from './text.ts';

test('tags of any script are found, each once, folded', () => {
  assert.deepEqual(tagsOf('#Sunset and #sunset, #кот #日本語 #हिन्दी #عربي_٢ #café #می‌خواهم', []), [
    'sunset',
    'кот',
    '日本語',
    'हिन्दी',
    'عربي_٢',
    'café',
    'می‌خواهم',
  ]);
});

test('what only looks like a tag is none', () => {
  assert.deepEqual(tagsOf('a#b &#38; https://x.test/#top ## #12 #! C#', []), []);
  assert.equal(isTag('a'.repeat(61)), false);
});

test('composed and decomposed letters are one tag', () => {
  assert.deepEqual(tagsOf('#cafe\u0301 #caf\u00e9', []), ['café']);
});

test('added tags stand beside the written ones, and nonsense among them is left out', () => {
  assert.deepEqual(tagsOf('#one', ['#Two', 'one', 'not a tag', '', '42']), ['one', 'two']);
  assert.equal(
    tagsOf(
      '',
      Array.from({ length: 50 }, (_, n) => `tag${n}`),
    ).length,
    30,
  );
});

test('mentions are handles, each once, without the full stop of a sentence', () => {
  assert.deepEqual(mentionsOf('Hi @Ann, @bob.b. and @ann! not a@b.example nor @@x nor /@path'), ['ann', 'bob.b']);
});

test('a tag is folded to one spelling', () => {
  assert.equal(foldTag(' #Straße '), 'straße');
  assert.equal(foldTag('＃ＡＢ'), 'ａｂ');
});
