/** On a slow line the device renders an edit itself; what it sends shows and sounds like the server's render. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { timelineOf, type SourceKey } from '@vitrine/edit';
import { composeEdit, makeFrames, probeSource, type ComposeSource, type VideoProbe } from '@vitrine/media';
import type { DraftPage, OwnPosts, Post, VideoEdit } from '@vitrine/schema';
import type { Page } from 'playwright-core';
import { DESKTOP, journeys, makeClip, makeHeavyClip, meet, type Person } from './index.ts';

const region = journeys();
const HEAVY_BYTES = 30_000_000;
const LARGE_BYTES = 4_000_000;
const MOMENTS_MS = [500, 1500, 2500];
/** Of 255, over all pixels: two encoders, one after the other. */
const MEAN_COLOUR_DISTANCE = 6;
const DURATION_SLACK_MS = 60;
const SOUND_SLACK_MS = 20;

let folder = '';
after(async () => {
  if (folder !== '') await rm(folder, { recursive: true, force: true });
});

/** A line on which large pieces never get through, and small ones do. */
async function slowDown(page: Page): Promise<void> {
  await page.route('**/api/v1/uploads/*', async (route, request) => {
    const { 'content-length': length = '0' } = await request.allHeaders();
    if (request.method() === 'PATCH' && Number(length) > LARGE_BYTES) return;
    await route.continue();
  });
}

/** The edit as the server has it, once it has both clips and the text. */
async function savedEdit(person: Person): Promise<VideoEdit> {
  for (let n = 0; n < 200; n += 1) {
    const { drafts } = await person.call<DraftPage>('GET', '/api/v1/drafts');
    const edit = drafts[0]?.edit;
    if (edit?.kind === 'video' && edit.clips.length === 2 && edit.texts[0]?.text === 'On the device') return edit;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the draft was not saved');
}

async function published(person: Person): Promise<Post> {
  for (let n = 0; n < 1500; n += 1) {
    const { posts } = await person.call<OwnPosts>('GET', '/api/v1/me/posts');
    const [post] = posts;
    assert.equal(post?.problem, undefined);
    if (post?.state === 'published' && post.encoding?.every((step) => step.state === 'done') === true)
      return person.call<Post>('GET', `/api/v1/posts/${post.id}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('nothing was published');
}

async function probeVideo(path: string): Promise<VideoProbe> {
  const probe = await probeSource({ path });
  assert.ok(probe.kind === 'video', JSON.stringify(probe));
  return probe;
}

async function framesOf(path: string, name: string): Promise<string[]> {
  const order = { sourcePath: path, outDir: join(folder, name), probe: await probeVideo(path), momentsMs: MOMENTS_MS };
  const made = await makeFrames(order);
  assert.ok(made.kind === 'frames');
  return made.frames.map((frame) => frame.path);
}

/** Mean distance of all pixels of two pictures, at the size of a phone's preview. */
function distance(page: Page, urls: readonly string[]): Promise<number> {
  return page.evaluate(async (both) => {
    const pixels = await Promise.all(
      both.map(async (url) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        const canvas = document.createElement('canvas');
        Object.assign(canvas, { width: 540, height: 960 });
        const surface = canvas.getContext('2d') as CanvasRenderingContext2D;
        surface.drawImage(image, 0, 0, 540, 960);
        return surface.getImageData(0, 0, 540, 960).data;
      }),
    );
    const [one, two] = pixels as [Uint8ClampedArray, Uint8ClampedArray];
    let sum = 0;
    for (let at = 0; at < one.length; at += 1) sum += Math.abs((one[at] as number) - (two[at] as number));
    return sum / ((one.length / 4) * 3);
  }, urls);
}

/** When the second clip's sound has come after the cut, and how strong the whole is (root of the mean square). */
function heard(page: Page, base64: string): Promise<{ comesMs: number; strength: number }> {
  return page.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const context = new OfflineAudioContext(2, 1, 48_000);
    const samples = (await context.decodeAudioData(bytes.buffer)).getChannelData(0);
    const strengthOf = (from: number, to: number): number => {
      let sum = 0;
      for (let n = from; n < to; n += 1) sum += (samples[n] ?? 0) ** 2;
      return Math.sqrt(sum / (to - from));
    };
    const strength = strengthOf(4800, samples.length - 4800);
    let comesMs = Number.NaN;
    // One swing of the tone takes 2.3 ms.
    for (let ms = 1850; ms < 2150; ms += 1) if (strengthOf(ms * 48, ms * 48 + 110) < strength / 2) comesMs = ms + 2;
    return { comesMs, strength };
  }, base64);
}

async function asUrl(path: string): Promise<string> {
  return `data:image/png;base64,${(await readFile(path)).toString('base64')}`;
}

test(
  'an edit of heavy files on a slow line is rendered here, and is the one that the server would make',
  { timeout: 400_000 },
  async () => {
    folder = await mkdtemp(join(tmpdir(), 'vitrine-device-'));
    const person = await meet(region.server.url, 'ada.device');
    const clips = [
      await makeHeavyClip(HEAVY_BYTES, { hueDegrees: 210, durationMs: 2000 }),
      await makeClip({ hueDegrees: 300, durationMs: 2000 }),
    ];
    const { page } = await region.open({ on: DESKTOP, path: '/create', as: person });
    await slowDown(page);
    await page.getByLabel('Choose clips').setInputFiles(clips);
    await page.waitForURL(/\/create\/edit/);
    // Both files are measured before they are clips.
    await page.getByText('0:04.0').first().waitFor();
    await page.getByRole('button', { name: 'Text', exact: true }).click();
    await page.getByRole('textbox', { name: 'Words' }).fill('On the device');
    const edit = await savedEdit(person);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: /^Post/ }).click();
    const post = await published(person);
    const top = post.renditions.toSorted((a, b) => b.heightPx - a.heightPx)[0];
    assert.ok(top);
    const device = join(folder, 'device.mp4');
    const bytes = await fetch(new URL(top.url, region.server.url));
    await writeFile(device, Buffer.from(await bytes.arrayBuffer()));

    const uploads = [...new Set(edit.clips.map(({ source }) => ('uploadId' in source ? source.uploadId : '')))];
    const sources = new Map<SourceKey, ComposeSource>();
    for (const [n, id] of uploads.entries()) {
      const path = clips[n] ?? '';
      sources.set(`upload:${id}`, { path, probe: await probeVideo(path) });
    }
    const server = await composeEdit({ edit, sources, outDir: folder });
    assert.ok(server.kind === 'composed');
    const { durationMs } = timelineOf(edit);
    for (const path of [device, server.rendition.path]) {
      const probe = await probeVideo(path);
      assert.ok(
        Math.abs(probe.durationMs - durationMs) <= DURATION_SLACK_MS,
        `${probe.durationMs} of ${durationMs} ms`,
      );
      assert.deepEqual([probe.widthPx, probe.heightPx, probe.hasAudio], [1080, 1920, true]);
    }
    const [ours, theirs] = [await framesOf(device, 'one'), await framesOf(server.rendition.path, 'two')];
    for (const [n, path] of ours.entries()) {
      const apart = await distance(page, [await asUrl(path), await asUrl(theirs[n] ?? '')]);
      assert.ok(apart <= MEAN_COLOUR_DISTANCE, `at ${MOMENTS_MS[n]} ms the pixels are ${apart.toFixed(2)} apart`);
    }
    const sounds: { comesMs: number; strength: number }[] = [];
    for (const path of [device, server.rendition.path])
      sounds.push(await heard(page, (await readFile(path)).toString('base64')));
    for (const { comesMs } of sounds)
      assert.ok(Math.abs(comesMs - 2000) <= SOUND_SLACK_MS, `the cut is heard at ${comesMs} ms`);
    const [one, two] = sounds.map(({ strength }) => 20 * Math.log10(strength));
    assert.ok(Math.abs((one ?? 0) - (two ?? 0)) <= 1, `${one} dB and ${two} dB`);
    // Its own files were not needed: the upload that was posted is the rendered one.
    const { drafts } = await person.call<DraftPage>('GET', '/api/v1/drafts');
    assert.deepEqual(drafts, []);
  },
);
