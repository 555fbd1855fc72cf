import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { SourceKey } from '@vitrine/edit';
import type { EditSound, VideoEdit } from '@vitrine/schema';
import { composeEdit, DEFAULT_LIMITS, type ComposeSource } from '../index.ts';
import { openSource, readPackets } from '../source.ts';
import { makeClip } from '../testing/make-clip.ts';
import { clipOf, editOf, idOf, makePlain, uploads, type Rgb3 } from '../testing/make-edit.ts';
import { probeVideo, soundOf } from '../testing/read-back.ts';
import { copyRange } from './copy-pictures.ts';
import { measureLoudness } from './loudness.ts';
import { RATE_HZ, type Pcm } from './pcm.ts';

let folder = '';
let made = 0;
const files: Record<number, ComposeSource> = {};
const soundId = idOf(80);
let sound: [SourceKey, ComposeSource];

/** A sweep that is like itself nowhere else: its place can be found to the sample. */
const sweep = (n: number): number => {
  const seconds = n / RATE_HZ;
  return 0.3 * Math.sin(2 * Math.PI * (300 * seconds + 400 * seconds ** 2));
};
const tone =
  (hz: number, volume = 0.2) =>
  (n: number) =>
    volume * Math.sin((2 * Math.PI * hz * n) / RATE_HZ);
const grey = (): Rgb3 => [110, 110, 110];

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-mix-'));
  const of = (n: number): string => join(folder, `${n}.mp4`);
  files[0] = await makePlain(of(0), grey, { hasAudio: true, sample: tone(500), frames: 120 });
  files[1] = await makePlain(of(1), grey, { hasAudio: true, sample: sweep, frames: 120 });
  files[2] = await makePlain(of(2), grey);
  const cracks = (n: number): number => (n % 12_000 < 1000 ? tone(1500, 0.9)(n) : tone(300, 0.01)(n));
  files[3] = await makePlain(of(3), grey, { hasAudio: true, sample: cracks, frames: 120 });
  await makeClip(of(9), { widthPx: 64, heightPx: 64, frames: 150, fps: 30, hasAudio: true, sample: sweep });
  sound = [`sound:${soundId}`, { path: of(9), probe: await probeVideo(of(9)) }];
});
after(() => rmSync(folder, { recursive: true, force: true }));

function soundOfEdit(changes: Partial<EditSound> = {}): EditSound {
  return { soundId, offsetMs: 0, startMs: 0, lengthMs: null, gain: 1, fadeInMs: 0, fadeOutMs: 0, ...changes };
}

async function compose(edit: VideoEdit) {
  const outcome = await composeEdit({
    edit,
    sources: new Map([...uploads(files), sound]),
    outDir: join(folder, `out${made++}`),
  });
  if (outcome.kind !== 'composed') assert.fail(outcome.sentence);
  return { ...outcome.rendition, isPictureCopied: outcome.isPictureCopied };
}

/** How many milliseconds a sound lies behind where a reference says, by correlation within 60 ms either way. */
function lateByMs(pcm: Pcm, reference: (n: number) => number, [fromMs, toMs]: [number, number]): number {
  const from = (fromMs * RATE_HZ) / 1000;
  const to = (toMs * RATE_HZ) / 1000;
  let best = { value: -Infinity, shift: 0 };
  for (let shift = -2880; shift <= 2880; shift += 8) {
    let value = 0;
    for (let n = from; n < to; n += 3) value += reference(n) * (pcm.left[n + shift] ?? 0);
    if (value > best.value) best = { value, shift };
  }
  return (best.shift * 1000) / RATE_HZ;
}

test('a sound begins at its place, from its place, within 20 ms', async () => {
  for (const fit of ['contain', 'cover'] as const) {
    // With a filter the picture is encoded, without it is copied.
    const clip = clipOf(2, { outMs: 2000, fit, filter: fit === 'cover' ? 'warm' : 'none' });
    const made = await compose(editOf([clip], { sound: soundOfEdit({ offsetMs: 1234, startMs: 350 }) }));
    assert.equal(made.isPictureCopied, fit === 'contain');
    const pcm = await soundOf(made.path);
    const late = lateByMs(pcm, (n) => sweep(n + ((1234 - 350) * RATE_HZ) / 1000), [500, 1800]);
    assert.ok(Math.abs(late) <= 20, `${late} ms`);
    const quiet = pcm.left.subarray(0, (300 * RATE_HZ) / 1000);
    assert.ok(quiet.every((value) => Math.abs(value) < 0.01));
  }
});

test("a clip's own sound stays with its picture, also from the middle of a file", async () => {
  const clips = [clipOf(1, { id: 'a', inMs: 2500, outMs: 3500 }), clipOf(1, { id: 'b', inMs: 400, outMs: 1400 })];
  const pcm = await soundOf((await compose(editOf(clips))).path);
  const at = (ms: number) => (n: number) => sweep(n + (ms * RATE_HZ) / 1000);
  for (const [shiftMs, span] of [
    [2500, [100, 900]],
    [-600, [1100, 1900]],
  ] as const) {
    const late = lateByMs(pcm, at(shiftMs), [...span]);
    assert.ok(Math.abs(late) <= 20, `${late} ms`);
  }
});

test('twice as fast sounds at the same pitch', async () => {
  for (const speed of [0.3, 0.5, 2, 3]) {
    const made = await compose(editOf([clipOf(0, { outMs: Math.min(3900, 1000 * speed), speed })]));
    assert.ok(Math.abs(made.durationMs - 1000) <= 50, `${made.durationMs} ms`);
    const { left } = await soundOf(made.path);
    const middle = left.subarray(0.3 * RATE_HZ, 0.8 * RATE_HZ);
    let crossings = 0;
    for (let n = 1; n < middle.length; n += 1) if ((middle[n - 1] ?? 0) < 0 && (middle[n] ?? 0) >= 0) crossings += 1;
    assert.ok(Math.abs(crossings / 0.5 - 500) <= 10, `${crossings / 0.5} Hz at ${speed}`);
  }
});

test('the mix is as loud as every other, quiet or loud before, and no peak goes over', async () => {
  const mixes: VideoEdit[] = [
    editOf([clipOf(0, { outMs: 3000, gain: 0.15 })]),
    editOf([clipOf(0, { outMs: 3000, gain: 2 })], { sound: soundOfEdit({ gain: 2 }) }),
    // Short cracks that only a limiter can hold.
    editOf([clipOf(3, { outMs: 3000 })]),
    editOf([clipOf(0, { outMs: 3000 })], { originalGain: 0, sound: soundOfEdit({ gain: 0.3, fadeInMs: 500 }) }),
  ];
  for (const edit of mixes) {
    const { integratedLufs, truePeakDb } = measureLoudness(await soundOf((await compose(edit)).path));
    assert.ok(Math.abs(integratedLufs + 14) <= 0.7, `${integratedLufs} LUFS`);
    assert.ok(truePeakDb <= -0.5, `${truePeakDb} dBTP`);
  }
});

test('two volumes keep their proportion', async () => {
  const volumes = async (originalGain: number, gain: number): Promise<number> => {
    const edit = editOf([clipOf(0, { outMs: 3000 })], { originalGain, sound: soundOfEdit({ gain }) });
    const { left } = await soundOf((await compose(edit)).path);
    const own = projection(left, tone(500));
    const added = projection(left, sweep);
    return own / added;
  };
  const [even, half] = [await volumes(1, 1), await volumes(0.5, 1)];
  assert.ok(Math.abs(half / even - 0.5) <= 0.06, `${half / even}`);
});

function projection(signal: Float32Array, reference: (n: number) => number): number {
  const best = (shift: number): number => {
    let [sum, energy] = [0, 0];
    for (let n = 0.5 * RATE_HZ; n < 2.5 * RATE_HZ; n += 1) {
      sum += (signal[n + shift] ?? 0) * reference(n);
      energy += reference(n) ** 2;
    }
    return Math.abs(sum / energy);
  };
  return Math.max(...Array.from({ length: 49 }, (_, n) => best(n - 24)));
}

test('a sound under an untouched clip leaves every picture as it was', async () => {
  const edit = editOf([clipOf(0, { outMs: 4000 })], { sound: soundOfEdit({ gain: 0.5 }) });
  const withSound = await compose(edit);
  assert.ok(withSound.isPictureCopied);
  assert.deepEqual(await pictureBytes(withSound.path), await pictureBytes(files[0]!.path));
  // A claim of rights takes the sound out: the pictures are still the same.
  const muted = await compose({ ...edit, sound: null, originalGain: 0 });
  assert.ok(muted.isPictureCopied && !muted.hasAudio);
  assert.deepEqual(await pictureBytes(muted.path), await pictureBytes(files[0]!.path));
});

test('a cut at a key frame is copied, another one is encoded', async () => {
  const whole = await pictureBytes(files[0]!.path);
  const atKey = await compose(editOf([clipOf(0, { inMs: 1000, outMs: 4000 })]));
  assert.ok(atKey.isPictureCopied);
  assert.deepEqual(await pictureBytes(atKey.path), whole.slice(30));
  const between = await compose(editOf([clipOf(0, { inMs: 1200, outMs: 4000 })]));
  assert.equal(between.isPictureCopied, false);
});

test('pictures that lean on later ones are not cut apart', () => {
  const picture = (timeUs: number, isKey = false) => ({ timeUs: timeUs * 1000, isKey });
  const pictures = [picture(0, true), picture(120), picture(40), picture(80), picture(160, true), picture(200)];
  const range = (inMs: number, outMs: number) =>
    copyRange(pictures, { inUs: inMs * 1000, outUs: outMs * 1000, durationUs: 240_000 });
  assert.deepEqual(range(0, 240), { from: 0, to: 6 });
  assert.deepEqual(range(160, 240), { from: 4, to: 6 });
  assert.equal(range(80, 240), undefined);
  assert.equal(range(0, 121), undefined);
});

/** Every coded picture of a file. */
async function pictureBytes(path: string): Promise<string[]> {
  const source = openSource(path, 'mov', DEFAULT_LIMITS);
  const track = source.tracks.find(({ type }) => type === 'video')!;
  const pictures: string[] = [];
  await readPackets(source, [track], (packet) => {
    pictures.push(createHash('sha256').update(packet.data!).digest('hex'));
  });
  source.close();
  return pictures;
}
