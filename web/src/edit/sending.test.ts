import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyEdit } from '@vitrine/edit';
import { newDraft } from '../upload/draft.ts';
import { newStudioDraft } from './draft.ts';
import { sendingOf } from './sending.ts';

const draft = newStudioDraft('key', emptyEdit(), '2026-01-01T00:00:00Z');
const file = (name: string, sizeBytes: number) => newDraft(name, { name, size: sizeBytes, lastModified: 0 }, 'studio');

test('bytes of all files are one sum', () => {
  const files = [
    { ...file('a', 100), sending: 'sent' as const },
    { ...file('b', 300), sentBytes: 50, bytesPerSecond: 20 },
  ];
  const { sizeBytes, sentBytes, bytesPerSecond, sending } = sendingOf(draft, files);
  assert.deepEqual([sizeBytes, sentBytes, bytesPerSecond, sending], [400, 150, 20, 'sending']);
});

test('the file that needs somebody is the one that is named', () => {
  const files = [file('a', 1), { ...file('b', 1), sending: 'refused' as const, problem: 'no picture' }];
  const { key, fileName, problem, sending } = sendingOf(draft, files);
  assert.deepEqual([key, fileName, problem, sending], ['b', 'b', 'no picture', 'refused']);
});

test('a draft whose files all came from elsewhere is sent', () => {
  assert.equal(sendingOf(draft, []).sending, 'sent');
});
