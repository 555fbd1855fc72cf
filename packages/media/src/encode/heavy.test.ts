import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { probeSource, renderFirst } from '../index.ts';
import { makeClip, type ClipOrder } from '../testing/make-clip.ts';

const SIZE = { widthPx: 270, heightPx: 480, frames: 60, fps: 30, hasAudio: false };
/** What a phone's connection carries at this size. */
const LIGHT_BPS = 1_500_000;

let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-heavy-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** A picture that no other foresees. */
function noise(n: number): Buffer {
  const picture = Buffer.alloc((SIZE.widthPx * SIZE.heightPx * 3) / 2, 128);
  let seed = 1 + n * 7919;
  for (let at = 0; at < SIZE.widthPx * SIZE.heightPx; at += 1) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    picture[at] = seed >>> 24;
  }
  return picture;
}

/** Renders a clip; `rounds` is how often its encoding began. */
async function render(
  name: string,
  order: ClipOrder,
): Promise<{ bitrateBps: number; rounds: number; files: string[] }> {
  const sourcePath = join(folder, `${name}.mp4`);
  const outDir = join(folder, name);
  await makeClip(sourcePath, order);
  const probe = await probeSource({ path: sourcePath });
  assert.ok(probe.kind === 'video');
  const told: number[] = [];
  const outcome = await renderFirst({
    sourcePath,
    outDir,
    probe: { ...probe, isRemuxable: false },
    onProgress: ({ fraction }) => told.push(fraction),
  });
  assert.ok(outcome.kind === 'rendered');
  const rounds = told.filter((fraction, n) => fraction < (told[n - 1] ?? 2)).length;
  return { bitrateBps: outcome.renditions[0]!.bitrateBps, rounds, files: readdirSync(outDir) };
}

test('a rendition that comes out too heavy is made again, once, and then a phone can carry it', async () => {
  const { bitrateBps, rounds, files } = await render('noise', { ...SIZE, picture: noise });
  assert.equal(rounds, 2);
  assert.ok(bitrateBps <= LIGHT_BPS * 1.25, `${bitrateBps} bits a second`);
  assert.deepEqual(files, ['270.mp4']);
});

test('a rendition that is light enough is made once', async () => {
  const { bitrateBps, rounds } = await render('usual', SIZE);
  assert.equal(rounds, 1);
  assert.ok(bitrateBps <= LIGHT_BPS, `${bitrateBps} bits a second`);
});
