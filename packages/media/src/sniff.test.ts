import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sniff } from './sniff.ts';

const tell = (start: string): string => {
  const bytes = Buffer.concat([Buffer.from(start, 'latin1'), Buffer.alloc(600)]);
  const outcome = sniff(bytes, bytes.length);
  return outcome.kind === 'stream' ? outcome.demuxer : outcome.kind === 'refused' ? outcome.code : outcome.format;
};

test('containers are known by their first bytes', () => {
  assert.equal(tell('\0\0\0\x18ftypisom'), 'mov');
  assert.equal(tell('\x1a\x45\xdf\xa3'), 'matroska');
  assert.equal(tell('RIFF\0\0\0\0WAVE'), 'wav');
  assert.equal(tell('\0\0\0\x18ftypavif'), 'avif');
  assert.equal(tell('\x89PNG\r\n\x1a\n'), 'png');
});

test('an empty file is told as empty', () => {
  const outcome = sniff(Buffer.alloc(0), 0);
  assert.equal(outcome.kind === 'refused' && outcome.code, 'empty');
});

test('lists for players, documents, archives and programs are refused under any name', () => {
  for (const start of [
    '#EXTM3U\n',
    'ffconcat version 1.0\n',
    '<?xml version="1.0"?>',
    'PK\x03\x04',
    '\x1f\x8b',
    '%PDF-1.7',
    '\x7fELF',
    '{"a":1}',
  ]) {
    assert.equal(tell(start), 'not_media', JSON.stringify(start));
  }
});

test('media of kinds that are left out are told so, not that they are none', () => {
  for (const start of ['\x06\x0e\x2b\x34', '\x0b\x77', '\0\0\0\x01\x67', '.snd'])
    assert.equal(tell(start), 'unsupported_container', JSON.stringify(start));
});

test('an AVI of nothing but texts is refused: it carries lists that read local files', () => {
  assert.equal(tell('RIFF\0\0\0\0AVI LIST....hdrlavih....strh8\0\0\0txts'), 'not_media');
  assert.equal(tell('RIFF\0\0\0\0AVI LIST....hdrlavih....strh8\0\0\0vids'), 'avi');
});

test('two sync bytes alone are no sound', () => {
  assert.equal(tell('\xff\xff\xff\xff'), 'not_media');
  assert.equal(tell('\xff\xfb\x90\x00'), 'mp3');
});

test('captions are known by their first time, whatever they are called', () => {
  const vtt = Buffer.from('WEBVTT\n\n00:01.000 --> 00:02.000\nhello');
  assert.deepEqual(sniff(vtt, vtt.length), { kind: 'caption', format: 'vtt' });
  const srt = Buffer.from('1\n00:00:01,000 --> 00:00:02,000\nhello');
  assert.deepEqual(sniff(srt, srt.length), { kind: 'caption', format: 'srt' });
});
