import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCaptions, writeSrt, writeVtt } from './captions-text.ts';

const CUES = [
  { startMs: 0, endMs: 1500, text: 'One & <two>' },
  { startMs: 3_723_004, endMs: 3_724_000, text: 'First line\nsecond line' },
];

test('what is written as WebVTT is read again', () => {
  assert.deepEqual(readCaptions(writeVtt(CUES)), CUES);
});

test('what is written as SRT is read again', () => {
  const plain = CUES.map((cue) => ({ ...cue, text: cue.text.replace('<two>', 'two') }));
  assert.deepEqual(readCaptions(writeSrt(plain)), plain);
});

test('files with names, notes, marks and other line ends are read', () => {
  const file = 'WEBVTT\r\n\r\nNOTE nothing\r\n\r\nintro\r\n00:01.000 --> 00:02.500 align:start\r\n<v Ada>Hello\r\n';
  assert.deepEqual(readCaptions(file), [{ startMs: 1000, endMs: 2500, text: 'Hello' }]);
});

test('captions that end before they begin, or say nothing, are passed over', () => {
  assert.deepEqual(readCaptions('1\n00:00:05,000 --> 00:00:04,000\nback\n\n2\n00:00:05,000 --> 00:00:06,000\n\n'), []);
});
