import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyEdit } from '@vitrine/edit';
import { videoEditSchema, type VideoEdit } from '@vitrine/schema';
import { canRenderAlone, isLighter } from './worth.ts';

const ID = '01980000-0000-7000-8000-000000000001';

function editOf(clip: object = {}, more: object = {}): VideoEdit {
  const clips = [{ id: 'a', source: { uploadId: ID }, inMs: 0, outMs: 2000, ...clip }];
  return videoEditSchema.parse({ ...emptyEdit(), clips, ...more });
}

test("one's own clips are rendered here, whatever is written on them", () => {
  const text = { id: 't', text: 'Hi', x: 0.5, y: 0.5, fromMs: 0, toMs: 500 };
  assert.ok(canRenderAlone(editOf({}, { texts: [text] })));
  assert.ok(canRenderAlone(editOf({ speed: 2, gain: 0 })));
});

test('what the server has to credit or to stretch is left to it', () => {
  const others = [
    editOf({}, { sound: { soundId: ID } }),
    editOf({}, { duet: { postId: ID } }),
    editOf({ source: { postId: ID } }),
    editOf({ speed: 2 }),
    editOf({ outMs: 200_000 }),
    emptyEdit(),
  ];
  for (const edit of others) assert.equal(canRenderAlone(edit), false);
});

test('it is done where it saves sending', () => {
  assert.equal(isLighter(editOf(), 10_000_000), true);
  assert.equal(isLighter(editOf(), 1_000_000), false);
});
