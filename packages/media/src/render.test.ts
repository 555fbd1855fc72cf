import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { AVIO_FLAG_WRITE, FormatContext, IOContext } from 'node-av';
import { findBox } from './boxes.ts';
import {
  DEFAULT_LIMITS,
  makeAvatar,
  makeStills,
  makeWatermarked,
  parseFragmentIndex,
  probeSource,
  renderFirst,
  renderRest,
} from './index.ts';
import type { RenditionFile, VideoProbe } from './index.ts';
import { openSource, readPackets, toMicroseconds } from './source.ts';
import { makeClip } from './testing/make-clip.ts';

/** Bytes that the first answer of a connection carries. */
const FIRST_WINDOW_BYTES = 14_600;

let folder = '';
let clip = '';
let probe: VideoProbe;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-render-'));
  clip = join(folder, 'clip.mp4');
  await makeClip(clip, { widthPx: 720, heightPx: 1280, frames: 105, fps: 30, hasAudio: true });
  const outcome = await probeSource({ path: clip });
  assert.equal(outcome.kind, 'video');
  if (outcome.kind === 'video') probe = outcome;
});
after(() => rmSync(folder, { recursive: true, force: true }));

async function first(name: string, isRemuxable: boolean): Promise<RenditionFile> {
  const outcome = await renderFirst({ sourcePath: clip, outDir: join(folder, name), probe: { ...probe, isRemuxable } });
  assert.equal(outcome.kind, 'rendered');
  if (outcome.kind !== 'rendered') throw new Error('not rendered');
  return outcome.renditions[0]!;
}

test('the same source gives the same bytes twice', async () => {
  const [one, two] = [await first('once', false), await first('twice', false)];
  assert.equal(one.sha256, two.sha256);
  assert.deepEqual(readFileSync(one.path), readFileSync(two.path));
});

test('sound that every player takes is copied, and encoded where it is not', async () => {
  const { audio } = probe.reading;
  assert.equal(audio?.isCopyable, true);
  const copied = await first('sound-copied', false);
  assert.deepEqual(await soundOf(copied.path), await soundOf(clip));
  const reading = { ...probe.reading, audio: { ...audio!, isCopyable: false } };
  const outDir = join(folder, 'sound-encoded');
  const encoded = await renderFirst({ sourcePath: clip, outDir, probe: { ...probe, isRemuxable: false, reading } });
  assert.ok(encoded.kind === 'rendered');
  const [ours, theirs] = [await soundOf(encoded.renditions[0]!.path), await soundOf(clip)];
  assert.notDeepEqual(ours, theirs);
  assert.deepEqual(
    ours.map(({ timeUs }) => timeUs),
    theirs.map(({ timeUs }) => timeUs),
  );
});

/** Each packet of a file's sound: when it is heard, and its bytes. */
async function soundOf(path: string): Promise<{ timeUs: number | undefined; bytes: string }[]> {
  const source = openSource(path, 'mov', DEFAULT_LIMITS);
  const packets: { timeUs: number | undefined; bytes: string }[] = [];
  const track = source.tracks.find(({ type }) => type === 'audio');
  await readPackets(source, track === undefined ? [] : [track], (packet) => {
    const bytes = createHash('sha256').update(packet.data!).digest('hex');
    packets.push({ timeUs: toMicroseconds(packet.pts, track!.stream.timeBase), bytes });
  });
  source.close();
  return packets;
}

/** Encodes a small clip that cannot be published as it is. */
async function encodeSmall(path: string, name: string): Promise<RenditionFile> {
  const outcome = await probeSource({ path });
  assert.ok(outcome.kind === 'video');
  assert.equal(outcome.isRemuxable, false);
  const rendered = await renderFirst({ sourcePath: path, outDir: join(folder, name), probe: outcome });
  assert.ok(rendered.kind === 'rendered');
  return rendered.renditions[0]!;
}

test('the last picture stays as long as the sound goes on', async () => {
  const path = join(folder, 'outlasted.mp4');
  await makeClip(path, { widthPx: 64, heightPx: 64, frames: 3, fps: 30, hasAudio: true, soundFrames: 96 });
  const { durationMs, index } = await encodeSmall(path, 'outlasted');
  assert.ok(Math.abs(durationMs - 3200) < 100, `${durationMs} ms`);
  const shownMs = index.fragments.reduce((sum, fragment) => sum + fragment.durationMs, 0);
  assert.ok(Math.abs(shownMs - 3200) < 100, `${shownMs} ms`);
});

/** The clip's packets as a transport stream, on a clock that begins at `startSeconds`. */
async function packTransportStream(clipPath: string, path: string, startSeconds: number): Promise<void> {
  const source = openSource(clipPath, 'mov', DEFAULT_LIMITS);
  const context = new FormatContext();
  const io = new IOContext();
  context.allocOutputContext2(null, 'mpegts', path);
  io.open2Sync(`file:${path}`, AVIO_FLAG_WRITE);
  context.pb = io;
  for (const { stream } of source.tracks) stream.codecpar.copy(context.newStream(null).codecpar);
  context.writeHeaderSync(null);
  await readPackets(source, source.tracks, (packet, track) => {
    const shift = BigInt(Math.round((startSeconds * track.stream.timeBase.den) / track.stream.timeBase.num));
    Object.assign(packet, { pts: packet.pts + shift, dts: packet.dts + shift });
    packet.rescaleTs(track.stream.timeBase, context.streams[packet.streamIndex]!.timeBase);
    assert.ok(context.interleavedWriteFrameSync(packet) >= 0);
  });
  context.writeTrailerSync();
  context.pb = null;
  io.closepSync();
  context.freeContext();
  source.close();
}

test('a transport stream whose clock passes zero, with one key frame, is shown whole and has a poster', async () => {
  const [plain, path] = [join(folder, 'short.mp4'), join(folder, 'wrap.ts')];
  await makeClip(plain, { widthPx: 64, heightPx: 64, frames: 27, fps: 30, hasAudio: true });
  await packTransportStream(plain, path, 2 ** 33 / 90_000 - 0.5);
  const outcome = await probeSource({ path });
  assert.ok(outcome.kind === 'video');
  assert.ok(Math.abs(outcome.durationMs - 900) < 100, `${outcome.durationMs} ms`);
  const stills = await makeStills({ sourcePath: path, outDir: join(folder, 'wrap'), probe: outcome });
  assert.equal(stills.kind, 'stills');
});

test('two files in one last as long as both', async () => {
  const [plain, path] = [join(folder, 'half.mp4'), join(folder, 'joined.ts')];
  await makeClip(plain, { widthPx: 64, heightPx: 64, frames: 45, fps: 30, hasAudio: true });
  await packTransportStream(plain, path, 0);
  const half = readFileSync(path);
  writeFileSync(path, Buffer.concat([half, half]));
  const outcome = await probeSource({ path });
  assert.ok(outcome.kind === 'video');
  assert.ok(Math.abs(outcome.durationMs - 3000) < 150, `${outcome.durationMs} ms`);
});

test('what an edit list cuts from the front, picture and sound, is not published', async () => {
  const path = join(folder, 'cut.mp4');
  await makeClip(path, { widthPx: 64, heightPx: 64, frames: 90, fps: 30, hasAudio: true });
  const bytes = readFileSync(path);
  for (let at = bytes.indexOf('elst'), n = 0; at >= 0; at = bytes.indexOf('elst', at + 1), n += 1) {
    const ticksPerSecond = n === 0 ? bytes.readUInt32BE(bytes.indexOf('mdhd') + 16) : 48_000;
    bytes.writeUInt32BE(1.7 * bytes.readUInt32BE(bytes.indexOf('mvhd') + 16), at + 12);
    bytes.writeInt32BE(bytes.readInt32BE(at + 16) + 1.3 * ticksPerSecond, at + 16);
  }
  writeFileSync(path, bytes);
  const { durationMs } = await encodeSmall(path, 'cut');
  assert.ok(Math.abs(durationMs - 1700) < 100, `${durationMs} ms`);
});

test('the first picture fits the first answer of a connection, even of a grainy clip', async () => {
  const { firstFrameBytes, headBytes, index } = await first('head', false);
  assert.ok(firstFrameBytes <= FIRST_WINDOW_BYTES, `${firstFrameBytes} bytes`);
  assert.ok(Math.abs(index.fragments[0]!.durationMs - 1000) < 40);
  assert.equal(index.fragments[0]!.offsetBytes + index.fragments[0]!.sizeBytes, headBytes);
});

test('every fragment starts with a key frame, and they follow each other to the end of the file', async () => {
  for (const isRemuxable of [true, false]) {
    const { path, index } = await first(`fragments-${isRemuxable}`, isRemuxable);
    assert.deepEqual(parseFragmentIndex(readFileSync(path)), index);
    let at = index.fragments[0]!.offsetBytes;
    for (const fragment of index.fragments) {
      assert.equal(fragment.offsetBytes, at);
      assert.equal(readFileSync(path).toString('latin1', at + 4, at + 8), 'moof');
      assert.ok(fragment.startsWithKey);
      at += fragment.sizeBytes;
    }
    assert.equal(at, statSync(path).size);
  }
});

test('the header says how long the video is, and nothing about who made it', async () => {
  const { path, durationMs } = await first('header', false);
  const bytes = readFileSync(path);
  assert.ok(findBox(bytes, ['moov', 'mvex', 'mehd']) !== undefined);
  assert.ok(Math.abs(durationMs - 3500) <= 50, `${durationMs} ms`);
  assert.equal(findBox(bytes, ['moov', 'udta']), undefined);
  for (const mark of ['Lavf', 'Lavc', 'x264', 'mfra']) assert.ok(!bytes.includes(mark, 0, 'latin1'), mark);
});

test('a source within the caps is published as it is, then the smaller rungs follow', async () => {
  assert.equal(probe.isRemuxable, true);
  const outDir = join(folder, 'ladder');
  const copied = await renderFirst({ sourcePath: clip, outDir, probe });
  assert.equal(copied.kind, 'rendered');
  if (copied.kind !== 'rendered') return;
  assert.deepEqual(
    copied.renditions.map(({ shortSidePx, isRemuxed }) => [shortSidePx, isRemuxed]),
    [[720, true]],
  );
  const seen = new Set<number>();
  const rest = await renderRest({
    sourcePath: clip,
    outDir,
    probe,
    done: copied.renditions,
    onProgress: ({ shortSidePx }) => seen.add(shortSidePx),
  });
  assert.deepEqual(
    rest.kind === 'rendered' && rest.renditions.map(({ widthPx, heightPx, hasAudio }) => [widthPx, heightPx, hasAudio]),
    [[540, 960, true]],
  );
  assert.deepEqual([...seen], [540]);
  assert.deepEqual(readdirSync(outDir).sort(), ['540.mp4', '720.mp4']);
});

test('stills come in three kinds, with a placeholder and a strip of five', async () => {
  const outDir = join(folder, 'stills');
  const outcome = await makeStills({ sourcePath: clip, outDir, probe, coverMs: 1000 });
  assert.equal(outcome.kind, 'stills');
  if (outcome.kind !== 'stills') return;
  const { poster, storyboard } = outcome;
  assert.deepEqual([poster.coverMs, poster.jpeg.widthPx, poster.jpeg.heightPx], [1000, 720, 1280]);
  assert.equal(poster.placeholder.length, 40);
  assert.deepEqual(
    [storyboard.frames, storyboard.frameWidthPx, storyboard.frameHeightPx, storyboard.widthPx],
    [5, 90, 160, 450],
  );
  for (const still of [poster.jpeg, poster.webp, poster.avif, storyboard]) {
    const again = await probeSource({ path: still.path });
    assert.deepEqual(again.kind === 'photo' && [again.widthPx, again.heightPx], [still.widthPx, still.heightPx]);
  }
});

test('a copy to keep has its index in front and the sound in it', async () => {
  const { path } = await first('mark', false);
  const outcome = await makeWatermarked({
    renditionPath: path,
    outDir: join(folder, 'mark'),
    handle: "o'hara:x",
    site: 'vitrine.example:3000',
    durationMs: 3500,
  });
  assert.equal(outcome.kind, 'watermarked');
  if (outcome.kind !== 'watermarked') return;
  const bytes = readFileSync(outcome.path);
  assert.ok(bytes.indexOf('moov') < bytes.indexOf('mdat'));
  const again = await probeSource({ path: outcome.path });
  assert.equal(again.kind === 'video' && again.hasAudio, true);
});

test('a video is no avatar, and its poster is one in three sizes', async () => {
  const outDir = join(folder, 'avatar');
  const refused = await makeAvatar({ sourcePath: clip, outDir });
  assert.equal(refused.kind === 'refused' && refused.code, 'not_media');
  const stills = await makeStills({ sourcePath: clip, outDir, probe });
  const outcome = await makeAvatar({ sourcePath: stills.kind === 'stills' ? stills.poster.jpeg.path : '', outDir });
  assert.deepEqual(outcome.kind === 'avatar' && outcome.files.map(({ widthPx, type }) => [widthPx, type]), [
    [512, 'image/webp'],
    [256, 'image/webp'],
    [96, 'image/webp'],
  ]);
});
