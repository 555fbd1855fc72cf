import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldTyped, judgeForm } from './handle-form.ts';

test('what is typed becomes a handle as it is written', () => {
  assert.equal(foldTyped(' @Mara.Kiln '), 'mara.kiln');
});

test('what cannot be a handle is told without asking the server', () => {
  assert.equal(judgeForm(''), 'empty');
  assert.equal(judgeForm('a'), 'short');
  assert.equal(judgeForm('a'.repeat(31)), 'long');
  for (const wrong of ['.mara', 'mara.', 'ma..ra', 'mära', 'ma-ra', 'ma/ra'])
    assert.equal(judgeForm(wrong), 'malformed', wrong);
  assert.equal(judgeForm('mara.kiln_2'), undefined);
});
