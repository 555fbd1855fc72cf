import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PhotoEdit } from '@vitrine/schema';
import { addPhotos, movePhoto, removePhoto } from './photos.ts';

const empty: PhotoEdit = { version: 1, kind: 'photos', photos: [], sound: null };
const ids = (edit: PhotoEdit) => edit.photos.map(({ uploadId }) => uploadId).join('');

test('pictures are moved and taken away, and those that are not there are left alone', () => {
  const edit = addPhotos(empty, ['a', 'b', 'c']);
  assert.equal(ids(movePhoto(edit, 0, 2)), 'bca');
  assert.equal(movePhoto(edit, 0, 3), edit);
  assert.equal(ids(removePhoto(edit, 1)), 'ac');
});

test('a post has at most thirty-five pictures', () => {
  const many = Array.from({ length: 40 }, (_, n) => String(n));
  assert.equal(addPhotos(empty, many).photos.length, 35);
});
