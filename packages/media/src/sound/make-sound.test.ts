import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makeSilent, makeSound, probeSource, renderFirst } from '../index.ts';
import { makeClip } from '../testing/make-clip.ts';
import { wavOf } from '../testing/make-wav.ts';

const CORPUS =
  process.env['VITRINE_CORPUS'] ??
  join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..', '..', 'shared', 'corpus');
const RATE_HZ = 44_100;
const WANTS_ALL = process.env['VITRINE_CORPUS_ALL'] === '1';
const CHOSEN = ['ax-bear_32bit.flac', 'ck-riff.wav', 'mb-malformed-join.mp3', 'md-guitar.ogg'];

let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-sound-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

async function made(bytes: Buffer, name: string) {
  const sourcePath = join(folder, `${name}.wav`);
  writeFileSync(sourcePath, bytes);
  const outcome = await makeSound({ sourcePath, outDir: join(folder, name), durationMs: 60_000 });
  if (outcome.kind === 'refused') throw new Error(outcome.sentence);
  return outcome;
}

/** A chord that swells once a second; `level` 1 is full scale. */
function swelling(seconds: number, level: number): Buffer {
  return wavOf(
    Float64Array.from({ length: seconds * RATE_HZ }, (_, n) => {
      const at = n / RATE_HZ;
      const chord = Math.sin(2 * Math.PI * 220 * at) + Math.sin(2 * Math.PI * (277 + 40 * Math.floor(at)) * at);
      return (level * chord * (0.1 + (at % 1))) / 2.2;
    }),
    RATE_HZ,
  );
}

test('quiet and loud recordings come out at -14 LUFS, never above -1 dBTP', async () => {
  for (const [name, level] of [
    ['quiet', 0.05],
    ['loud', 1],
  ] as const) {
    const sound = await made(swelling(10, level), name);
    assert.ok(Math.abs((sound.loudnessLufs ?? 0) + 14) <= 0.5, `${name}: ${sound.loudnessLufs} LUFS`);
    assert.ok((sound.truePeakDb ?? 0) <= -1, `${name}: ${sound.truePeakDb} dBTP`);
    const probe = await probeSource({ path: sound.file.path });
    assert.equal(probe.kind === 'sound' && probe.audioCodec, 'aac');
    assert.ok(Math.abs(sound.file.durationMs - 10_000) <= 30);
  }
});

test('the same file gives the same bytes and figures', async () => {
  const bytes = swelling(6, 0.3);
  const [one, other] = [await made(bytes, 'once'), await made(bytes, 'again')];
  assert.deepEqual({ ...one, cpuMs: 0, file: one.file.sha256 }, { ...other, cpuMs: 0, file: other.file.sha256 });
});

test('silence stays silence', async () => {
  const sound = await made(wavOf(new Float64Array(5 * RATE_HZ), RATE_HZ), 'silence');
  assert.deepEqual([sound.loudnessLufs, sound.tempo, sound.fingerprint], [null, null, '']);
  assert.ok(sound.waveform.every((peak) => peak === 0));
});

test('a pure tone is not known again, whoever plays it', async () => {
  const tone = Float64Array.from({ length: 8 * RATE_HZ }, (_, n) => 0.4 * Math.sin((2 * Math.PI * 440 * n) / RATE_HZ));
  assert.equal((await made(wavOf(tone, RATE_HZ), 'tone')).fingerprint, '');
});

test('the sound of a video is taken out of it, and its pictures stand without it', async () => {
  const clip = join(folder, 'clip.mp4');
  await makeClip(clip, { widthPx: 320, heightPx: 180, frames: 90, fps: 30, hasAudio: true });
  const probe = await probeSource({ path: clip });
  if (probe.kind !== 'video') throw new Error('not a video');
  const first = await renderFirst({ sourcePath: clip, outDir: join(folder, 'first'), probe });
  if (first.kind === 'refused') throw new Error(first.sentence);
  const rendition = first.renditions[0]!;
  const sound = await makeSound({ sourcePath: rendition.path, outDir: join(folder, 'of-video'), durationMs: 3000 });
  assert.equal(sound.kind, 'sound-made');
  if (sound.kind !== 'sound-made') return;
  assert.ok(Math.abs(sound.file.durationMs - 3000) <= 60, `${sound.file.durationMs} ms`);
  const silent = await makeSilent({ renditionPath: rendition.path, outDir: join(folder, 'silent') });
  if (silent.kind === 'refused') throw new Error(silent.sentence);
  const again = await probeSource({ path: silent.renditions[0]!.path });
  assert.ok(again.kind === 'video' && !again.hasAudio && Math.abs(again.durationMs - 3000) <= 60);
  assert.ok(!readFileSync(silent.renditions[0]!.path).includes('mp4a', 0, 'latin1'));
});

test(
  'a file with a cover gives both, and nothing else of it',
  { skip: existsSync(CORPUS) ? false : 'no corpus' },
  async () => {
    const sourcePath = join(CORPUS, 'audio', 'ax-bear_with_picture.flac');
    const sound = await makeSound({ sourcePath, outDir: join(folder, 'cover'), durationMs: 3000 });
    assert.ok(sound.kind === 'sound-made' && sound.cover?.widthPx === 512);
  },
);

const SOUNDS = join(CORPUS, 'audio');
if (existsSync(SOUNDS))
  for (const name of readdirSync(SOUNDS).filter((each) => WANTS_ALL || CHOSEN.includes(each)))
    test(`${name} becomes a sound`, async () => {
      const sourcePath = join(SOUNDS, name);
      const probe = await probeSource({ path: sourcePath });
      assert.equal(probe.kind, 'sound');
      const sound = await makeSound({ sourcePath, outDir: join(folder, name), durationMs: 140_000 });
      if (sound.kind === 'refused') throw new Error(sound.sentence);
      assert.ok((sound.truePeakDb ?? -Infinity) <= -1, `${sound.truePeakDb} dBTP`);
      const canReach = sound.sourceLufs !== null && sound.sourceLufs > -40;
      if (canReach) assert.ok(Math.abs((sound.loudnessLufs ?? 0) + 14) <= 1.5, `${sound.loudnessLufs} LUFS`);
      const again = await probeSource({ path: sound.file.path });
      assert.ok(again.kind === 'sound' && Math.abs(again.durationMs - sound.file.durationMs) <= 60);
      const header = readFileSync(sound.file.path).toString('latin1').split('mdat')[0] ?? '';
      for (const mark of ['\xa9nam', '\xa9ART', '\xa9too', '\xa9xyz', 'covr', 'ID3', 'Exif'])
        assert.ok(!header.includes(mark), `found ${mark}`);
    });
