import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCaptions, writeWebVtt } from './captions.ts';

const parse = (text: string) => parseCaptions(Buffer.from(text));

test('a WebVTT file without its first line is refused, and the sentence names the line', () => {
  const outcome = parse('00:00.500 --> 00:02.000\nhello\n');
  assert.equal(outcome.kind, 'refused');
  assert.match(outcome.kind === 'refused' ? outcome.sentence : '', /line 1/);
});

test('a SubRip time with a point instead of a comma is refused', () => {
  assert.equal(parse('1\n00:00:01,000 --> 00:00:02.000\nhello\n').kind, 'refused');
});

test('a cue that ends before it starts is refused', () => {
  assert.equal(parse('WEBVTT\n\n00:03.000 --> 00:02.000\nhello\n').kind, 'refused');
});

test('bytes that are not UTF-8 are refused', () => {
  assert.equal(parseCaptions(Buffer.from([0x57, 0x45, 0xff, 0xfe])).kind, 'refused');
});

test('UTF-16 is read where its mark says so', () => {
  const text = '\u{feff}1\r\n00:00:01,000 --> 00:00:02,000\r\nÉté\r\n';
  for (const bytes of [Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()]) {
    const outcome = parseCaptions(bytes);
    assert.deepEqual(outcome.kind === 'captions' && outcome.cues.map((cue) => cue.text), ['Été']);
  }
});

test('a time ends the cue before it, even without an empty line', () => {
  const outcome = parse('WEBVTT\n\n00:01.000 --> 00:02.000\none\n00:02.000 --> 00:03.000\ntwo\n');
  assert.deepEqual(outcome.kind === 'captions' && outcome.cues.map(({ text }) => text), ['one', 'two']);
});

test('SubRip comes out as WebVTT with the same times', () => {
  const outcome = parse('1\r\n00:00:01,250 --> 00:01:02,000\r\nhello\r\nthere\r\n');
  assert.equal(
    outcome.kind === 'captions' && writeWebVtt(outcome.cues),
    'WEBVTT\n\n00:00:01.250 --> 00:01:02.000\nhello\nthere\n',
  );
});

test('only bold, italic and underlined are kept of all tags, and they are closed', () => {
  const outcome = parse(
    'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann><b>a <i>b</b> <c.red>c</c><script>x</script> 1 < 2\n',
  );
  const text = outcome.kind === 'captions' ? writeWebVtt(outcome.cues) : '';
  assert.match(text, /<b>a <i>b c?x? ?/);
  assert.doesNotMatch(text, /script|<v|<c/);
  assert.match(text, /1 &lt; 2/);
});

test('clean text stays the same when it is read and written again', () => {
  const first = parse('WEBVTT\n\n00:01.000 --> 00:02.000\na &amp; b & c <b>d</b>\n');
  const once = first.kind === 'captions' ? writeWebVtt(first.cues) : '';
  const second = parse(once);
  assert.equal(second.kind === 'captions' && writeWebVtt(second.cues), once);
});

test('a SubRip text that goes on over empty lines without end is refused', () => {
  const head = '1\n00:00:00,000 --> 00:00:01,000\nx\n\n';
  assert.equal(parse(`${head}${'a\n\n'.repeat(900)}`).kind, 'captions');
  const outcome = parse(`${head}${'<b>\n\n'.repeat(100_000)}`);
  assert.equal(outcome.kind, 'refused');
  assert.match(outcome.kind === 'refused' ? outcome.sentence : '', /longer than 2000 characters/);
});
