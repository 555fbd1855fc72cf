import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clipOf, editOf, sourcesOf, textOf } from './testing/make-edit.ts';
import { untouchedClip } from './untouched.ts';

const WIDE = sourcesOf({ widthPx: 1920, heightPx: 1080 });

test('one clip with a sound under it keeps its picture', () => {
  assert.equal(untouchedClip(editOf([clipOf(0)]), sourcesOf())?.id, 'c0');
  assert.equal(untouchedClip(editOf([clipOf(0, { fit: 'contain' })]), WIDE)?.id, 'c0');
});

test('whatever changes the picture is seen', () => {
  const touched = [
    editOf([clipOf(0), clipOf(1)]),
    editOf([clipOf(0, { speed: 2 })]),
    editOf([clipOf(0, { filter: 'warm' })]),
    editOf([clipOf(0, { crop: { x: 0, y: 0, width: 0.5, height: 0.5 } })]),
    editOf([clipOf(0)], { texts: [textOf()] }),
  ];
  for (const edit of touched) assert.equal(untouchedClip(edit, sourcesOf()), undefined);
  assert.equal(untouchedClip(editOf([clipOf(0)]), WIDE), undefined);
});
