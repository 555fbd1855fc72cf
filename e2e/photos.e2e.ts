import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CDPSession, Page } from 'playwright-core';
import { guardPage, journeys, meet, PHONE, shoot, signInBrowser, type Person } from './index.ts';

const region = journeys();
const COLOURS = ['#a33', '#3a3', '#33a'];

/** Pictures of one colour each, as files. */
async function makePhotos(page: Page, folder: string): Promise<string[]> {
  const paths: string[] = [];
  for (const colour of COLOURS) {
    await page.setContent(`<body style="margin:0;background:${colour}">`);
    const path = join(folder, `${paths.length}.png`);
    await page.screenshot({ path });
    paths.push(path);
  }
  return paths;
}

async function postPhotos(author: Person, paths: readonly string[], text: string): Promise<string> {
  const uploadIds: string[] = [];
  for (const path of paths) uploadIds.push(await author.uploadForEditing(path));
  const photos = uploadIds.map((uploadId, index) => ({ uploadId, altText: `Wall ${index + 1}` }));
  const edit = { version: 1, kind: 'photos', photos };
  const draft = await author.call<{ id: string }>('POST', '/api/v1/drafts', { edit });
  const post = await author.call<{ id: string }>('POST', '/api/v1/posts', { draftId: draft.id, text });
  await author.untilPlayable(post.id);
  return post.id;
}

/** A finger from one place to another, as the browser itself sees it. */
async function swipe(session: CDPSession, page: Page, from: { x: number; y: number }, by: { x: number; y: number }) {
  const at = (share: number) => [{ x: from.x + by.x * share, y: from.y + by.y * share }];
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0) });
  for (let step = 1; step <= 12; step += 1) {
    await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(step / 12) });
    await page.waitForTimeout(12);
  }
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

/** Waits until a photo is said to be in view, and lies there at rest. */
async function shown(page: Page, count: string): Promise<void> {
  await page.locator('article:not([inert]) .photo-count', { hasText: count }).waitFor();
  await page.waitForFunction(
    (index) => {
      const strip = document.querySelector('.photo-strip:not([inert])');
      return strip !== null && Math.abs(strip.scrollLeft - index * strip.clientWidth) < 1;
    },
    Number(count[0]) - 1,
  );
}

test('photos are swiped sideways, stepped by keys, and a swipe up leads to the next post', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-photos-'));
  const author = await meet(region.server.url, 'ansel');
  const context = await region.browser.newContext(PHONE);
  await signInBrowser(context, region.server.url, author);
  const page = await context.newPage();
  try {
    const paths = await makePhotos(page, folder);
    await postPhotos(author, paths.slice(0, 2), 'two walls');
    const id = await postPhotos(author, paths, 'three walls');
    const guard = await guardPage(page, [region.server.url]);
    await page.goto(`${region.server.url}/@ansel`);
    await page.getByLabel(/^Photos: three walls/).click();
    await shown(page, '1/3');
    await shoot(page, 'photos-first');
    const session = await context.newCDPSession(page);
    await swipe(session, page, { x: 330, y: 380 }, { x: -280, y: 0 });
    await shown(page, '2/3');
    assert.match(page.url(), new RegExp(id), 'the swipe stays with the post');
    // At once, while the swing of the finger may still go on.
    await page.keyboard.press('ArrowRight');
    await shown(page, '3/3');
    await page.keyboard.press('ArrowLeft');
    await shown(page, '2/3');
    const picture = page.locator('.photo-strip:not([inert]) img[alt="Wall 2"]');
    await picture.waitFor();
    assert.ok(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth > 0)));
    await swipe(session, page, { x: 180, y: 600 }, { x: 0, y: -420 });
    await shown(page, '1/2');
    assert.deepEqual(guard.faults(), []);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('the text of a post is changed by its author, and a stranger reads what it said', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-photos-'));
  const author = await meet(region.server.url, 'dorothea');
  const context = await region.browser.newContext(PHONE);
  await signInBrowser(context, region.server.url, author);
  const page = await context.newPage();
  try {
    const id = await postPhotos(author, (await makePhotos(page, folder)).slice(0, 1), 'a wal');
    const address = `${region.server.url}/@dorothea/post/${id}`;
    await page.goto(address);
    await page
      .locator('article:not([inert]) .rail')
      .getByLabel(/^Share and more/)
      .click();
    await page.getByRole('button', { name: 'Edit text' }).click();
    await page.getByRole('textbox', { name: 'Edit text' }).fill('a wall');
    await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).last().click();
    const stranger = await (await region.browser.newContext(PHONE)).newPage();
    await page.getByText('Text changed.').waitFor();
    await stranger.goto(address);
    await stranger.getByRole('button', { name: 'edited' }).click();
    await stranger.getByRole('dialog').getByText('a wal', { exact: true }).waitFor();
    await shoot(stranger, 'text-history');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
