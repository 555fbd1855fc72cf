import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ListProblem, readSoundList } from './sound-list.ts';

const KILN = { file: 'kiln.ogg', title: 'Kiln, slow', artist: 'Ada "A"', licence: 'CC BY 4.0', credit: '', cover: '' };

test('a list is read from CSV with quotes, commas and line ends, and from JSON', () => {
  const csv =
    '\uFEFFFile,Title,Artist,Licence,Credit\r\nkiln.ogg,"Kiln, slow","Ada ""A""",CC BY 4.0,\r\n\r\nb.wav,B,,CC0-1.0,"two\nlines"\n';
  const [first, second, ...more] = readSoundList(csv, 'csv');
  assert.deepEqual([first, more], [KILN, []]);
  assert.deepEqual([second?.title, second?.credit], ['B', 'two\nlines']);
  assert.deepEqual(readSoundList(JSON.stringify([KILN]), 'json'), [KILN]);
});

test('a sound without title or licence stops the import before anything is sent', () => {
  for (const row of [
    { ...KILN, title: ' ' },
    { ...KILN, licence: '' },
    { title: 'x', licence: 'y' },
  ])
    assert.throws(() => readSoundList(JSON.stringify([KILN, row]), 'json'), /Sound 2 of the list/);
  assert.throws(() => readSoundList('{}', 'json'), ListProblem);
  assert.throws(() => readSoundList('', 'csv'), ListProblem);
});
