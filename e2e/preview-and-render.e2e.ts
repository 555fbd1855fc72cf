/** One edit list, two renderers: the page's preview and the server's render show the same at the same moments. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { emptyEdit, type SourceKey } from '@vitrine/edit';
import { composeEdit, makeFrames, probeSource, type ComposeSource, type VideoProbe } from '@vitrine/media';
import { videoEditSchema, type Upload, type VideoEdit } from '@vitrine/schema';
import type { Page } from 'playwright-core';
import { DESKTOP, journeys, makeClip, meet, type Person } from './index.ts';

const region = journeys();
/** Between two frames of the sources, so that rounding chooses the same one in both. */
const MOMENTS_MS = [300, 900, 1400, 2200, 2700];
/** Of the frame's width. */
const PLACE_TOLERANCE = 0.02;
/** Of 255, over all pixels: edges of letters and coding differ a little. */
const MEAN_COLOUR_DISTANCE = 6;

let folder = '';
after(async () => {
  if (folder !== '') await rm(folder, { recursive: true, force: true });
});

/** Three clips with filter, crop, speed and fit, a boxed text, an outlined turned one, a sticker. */
function editOf([one, two]: readonly string[]): VideoEdit {
  return videoEditSchema.parse({
    ...emptyEdit(),
    clips: [
      { id: 'a', source: { uploadId: one }, inMs: 17, outMs: 1017 },
      { id: 'b', source: { uploadId: two }, inMs: 17, outMs: 1017, filter: 'dusk', fit: 'contain' },
      {
        id: 'c',
        source: { uploadId: one },
        inMs: 1017,
        outMs: 3017,
        speed: 2,
        crop: { x: 0.2, y: 0.1, width: 0.5, height: 0.5 },
      },
    ],
    texts: [
      { id: 't', text: 'one glaze, four coats', x: 0.5, y: 0.2, size: 0.07, fromMs: 0, toMs: 3000 },
      {
        id: 'u',
        text: 'Turned\nاهلا',
        face: 'serif',
        x: 0.4,
        y: 0.5,
        size: 0.12,
        colour: '#ffe000',
        hasBox: false,
        rotationDegrees: 15,
        fromMs: 1000,
        toMs: 3000,
      },
    ],
    stickers: [{ id: 's', emoji: '🔴', x: 0.7, y: 0.75, size: 0.25, fromMs: 0, toMs: 3000 }],
  });
}

async function uploadAll(person: Person, paths: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const path of paths) {
    const id = await person.uploadForEditing(path);
    for (let n = 0; ; n += 1) {
      const { previewUrl } = await person.call<Upload>('GET', `/api/v1/uploads/${id}`);
      if (previewUrl !== null) break;
      assert.ok(n < 600, 'no preview copy came');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    ids.push(id);
  }
  return ids;
}

async function renderFrames(edit: VideoEdit, files: readonly (readonly [string, string])[]): Promise<string[]> {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-agree-'));
  const sources = new Map<SourceKey, ComposeSource>();
  for (const [id, path] of files) sources.set(`upload:${id}`, { path, probe: await probeVideo(path) });
  const made = await composeEdit({ edit, sources, outDir: folder });
  assert.ok(made.kind === 'composed');
  const { path } = made.rendition;
  const order = { sourcePath: path, outDir: folder, probe: await probeVideo(path), momentsMs: MOMENTS_MS };
  const shown = await makeFrames(order);
  assert.ok(shown.kind === 'frames');
  return Promise.all(
    shown.frames.map(async (frame) => `data:image/png;base64,${(await readFile(frame.path)).toString('base64')}`),
  );
}

async function probeVideo(path: string): Promise<VideoProbe> {
  const probe = await probeSource({ path });
  assert.ok(probe.kind === 'video');
  return probe;
}

/** Moves the playhead there by the editor's keys, and waits until the picture stands still. */
async function seek(page: Page, atMs: number): Promise<void> {
  await page.locator('body').press('Home');
  for (let at = 0; at < atMs; at += 100) await page.keyboard.press('ArrowRight');
  await page.waitForFunction(
    async () => {
      const canvas = document.querySelector('canvas[role=img]') as HTMLCanvasElement;
      const look = (): string => canvas.toDataURL('image/png');
      const before = look();
      await new Promise((resolve) => setTimeout(resolve, 1200));
      return before === look();
    },
    undefined,
    { timeout: 60_000 },
  );
}

type Box = { left: number; top: number; right: number; bottom: number };
/** What is compared of a frame: where white words, yellow words and the red disc are, and how far all pixels are apart. */
type Comparison = { boxes: Record<string, { preview: Box; render: Box }>; meanDistance: number; widthPx: number };

/** Lays the render's frame beside the preview's canvas, in the page itself. */
function compare(page: Page, renderUrl: string): Promise<Comparison> {
  return page.evaluate(async (url) => {
    const canvas = document.querySelector('canvas[role=img]') as HTMLCanvasElement;
    const { width, height } = canvas;
    const image = new Image();
    image.src = url;
    await image.decode();
    const other = document.createElement('canvas');
    Object.assign(other, { width, height });
    const surface = other.getContext('2d') as CanvasRenderingContext2D;
    surface.imageSmoothingQuality = 'high';
    surface.drawImage(image, 0, 0, width, height);
    const render = surface.getImageData(0, 0, width, height).data;
    surface.drawImage(canvas, 0, 0);
    const preview = surface.getImageData(0, 0, width, height).data;
    const boxOf = (
      data: Uint8ClampedArray,
      isPicked: (r: number, g: number, b: number) => boolean,
      from: number,
      to: number,
    ) => {
      const box = { left: width, top: height, right: 0, bottom: 0 };
      for (let y = Math.round(from * height); y < to * height; y += 1)
        for (let x = 0; x < width; x += 1) {
          const at = (y * width + x) * 4;
          if (!isPicked(data[at] as number, data[at + 1] as number, data[at + 2] as number)) continue;
          box.left = Math.min(box.left, x);
          box.right = Math.max(box.right, x);
          box.top = Math.min(box.top, y);
          box.bottom = Math.max(box.bottom, y);
        }
      return box;
    };
    const both = (isPicked: (r: number, g: number, b: number) => boolean, from: number, to: number) => ({
      preview: boxOf(preview, isPicked, from, to),
      render: boxOf(render, isPicked, from, to),
    });
    let sum = 0;
    for (let at = 0; at < render.length; at += 4)
      for (let n = 0; n < 3; n += 1) sum += Math.abs((render[at + n] as number) - (preview[at + n] as number));
    return {
      widthPx: width,
      meanDistance: sum / ((render.length / 4) * 3),
      boxes: {
        words: both((r, g, b) => Math.min(r, g, b) > 225, 0.17, 0.23),
        turned: both((r, g, b) => r > 215 && g > 185 && b < 70, 0.3, 0.7),
        disc: both((r, g, b) => r > 190 && g < 80 && b < 100, 0.6, 0.95),
      },
    };
  }, renderUrl);
}

test(
  'the preview and the render agree: places within 2 %, colours within a few steps',
  { timeout: 300_000 },
  async () => {
    const paths = [
      await makeClip({ hueDegrees: 210, hasAudio: true }),
      await makeClip({ hueDegrees: 300, widthPx: 960, heightPx: 540, durationMs: 2000 }),
    ];
    const person = await meet(region.server.url, 'agree');
    const ids = await uploadAll(person, paths);
    const edit = editOf(ids);
    const draft = await person.call<{ id: string }>('POST', '/api/v1/drafts', { title: 'Agree', edit });
    const rendered = await renderFrames(
      edit,
      ids.map((id, n) => [id, paths[n] ?? ''] as const),
    );
    const { page } = await region.open({ on: DESKTOP, path: `/create/edit?draft=${draft.id}`, as: person });
    await page.locator('canvas[role=img]').waitFor();
    for (const [n, atMs] of MOMENTS_MS.entries()) {
      await seek(page, atMs);
      const found = await compare(page, rendered[n] ?? '');
      for (const [name, { preview, render }] of Object.entries(found.boxes)) {
        if (name === 'turned' && atMs < 1000) continue;
        assert.ok(render.right > render.left, `${name} is not in the render at ${atMs} ms`);
        for (const side of ['left', 'top', 'right', 'bottom'] as const) {
          const away = Math.abs(preview[side] - render[side]) / found.widthPx;
          assert.ok(
            away <= PLACE_TOLERANCE,
            `${name}, ${side} at ${atMs} ms: ${preview[side]} against ${render[side]}`,
          );
        }
      }
      assert.ok(
        found.meanDistance <= MEAN_COLOUR_DISTANCE,
        `at ${atMs} ms the pixels are ${found.meanDistance.toFixed(2)} apart`,
      );
    }
  },
);
