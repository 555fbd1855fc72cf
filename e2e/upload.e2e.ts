import assert from 'node:assert/strict';
import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import type { OwnPosts, Post } from '@vitrine/schema';
import type { Page, Request } from 'playwright-core';
import { DESKTOP, journeys, makeClip, makeHeavyClip, meet, shoot, type Person } from './index.ts';

const HEAVY_BYTES = 24_000_000;
const SLOW_BYTES_PER_SECOND = 3_000_000;

const region = journeys();
let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-upload-'));
});
after(() => rm(folder, { recursive: true }));

/** A phone's slow line: what goes out is held to a pace, and nothing else is. */
async function slowDown(page: Page, bytesPerSecond: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: bytesPerSecond,
  });
}

/** From which byte each piece went out, from now on. */
function watchPieces(page: Page): number[] {
  const from: number[] = [];
  page.on('request', (request: Request) => {
    const offset = request.method() === 'PATCH' ? request.headers()['upload-offset'] : undefined;
    if (offset !== undefined) from.push(Number(offset));
  });
  return from;
}

/** Waits until at least one piece is acknowledged and the next is under way. */
async function untilMiddle(page: Page, pieces: readonly number[]): Promise<void> {
  while (!pieces.some((from) => from > 0)) await page.waitForTimeout(50);
  await page.waitForTimeout(300);
}

/** The person's published posts with their cards, as soon as there are that many. */
async function ownPosts(person: Person, count: number): Promise<Post[]> {
  for (;;) {
    const { posts } = await person.call<OwnPosts>('GET', '/api/v1/me/posts');
    const published = posts.filter((post) => post.state === 'published');
    if (published.length >= count)
      return Promise.all(published.map(({ id }) => person.call<Post>('GET', `/api/v1/posts/${id}`)));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The door past the studio. */
const clipInput = (page: Page) => page.getByLabel('Post a clip as it is');
const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** Writes and chooses everything that the form asks. */
async function fillAll(page: Page): Promise<void> {
  await page.getByLabel('Words').fill('Typed before the reload #slow');
  await page.getByRole('button', { name: /Who can watch/ }).click();
  await page.getByRole('radio', { name: /Followers/ }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /Comments, duet, stitch/ }).click();
  await page.getByRole('switch', { name: 'Duet' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('switch', { name: /Sensitive/ }).click();
  await page.getByLabel(/^Language/).selectOption('es');
  await page.getByRole('button', { name: /Description/ }).click();
  await page.getByRole('dialog').getByRole('textbox').first().fill('A bar sinks over blue');
  await page.keyboard.press('Escape');
}

test('a reload in the middle of an upload loses no byte and no word', { timeout: 120_000 }, async () => {
  const author = await meet(region.server.url, 'ada.reloads');
  const { page } = await region.open({ as: author, path: '/create' });
  await slowDown(page, SLOW_BYTES_PER_SECOND);
  const clip = await makeHeavyClip(HEAVY_BYTES);
  const before = watchPieces(page);
  await clipInput(page).setInputFiles(clip);
  await fillAll(page);
  await untilMiddle(page, before);
  await shoot(page, 'upload-middle');
  const reached = Math.max(...before);
  await page.reload();
  const pieces = watchPieces(page);
  await card(page, basename(clip)).waitFor();
  assert.equal(await page.getByLabel('Words').inputValue(), 'Typed before the reload #slow');
  while (pieces.length === 0) await page.waitForTimeout(50);
  assert.ok(pieces[0]! >= reached, `went on from ${pieces[0]} of ${reached} acknowledged bytes`);
  await shoot(page, 'upload-reloaded');
  await page.getByRole('button', { name: /^Post/ }).click();
  const [post] = await ownPosts(author, 1);
  const { text, audience, allow, labels, altText, language } = post!.card!;
  assert.deepEqual(
    { text, audience, labels, altText, language },
    {
      text: 'Typed before the reload #slow',
      audience: 'followers',
      labels: ['sensitive'],
      altText: 'A bar sinks over blue',
      language: 'es',
    },
  );
  assert.equal(allow.duet, false);
  assert.equal(allow.stitch, true);
});

test('who has pressed Post and reloads need not do a thing more', { timeout: 120_000 }, async () => {
  const author = await meet(region.server.url, 'bea.leaves');
  const { page } = await region.open({ as: author, path: '/create' });
  await slowDown(page, SLOW_BYTES_PER_SECOND);
  const pieces = watchPieces(page);
  await clipInput(page).setInputFiles(await makeHeavyClip(HEAVY_BYTES));
  await page.getByLabel('Words').fill('Posted before the reload');
  await page.getByRole('button', { name: 'Post when ready' }).click();
  await page.waitForURL(/@bea\.leaves/);
  await page.locator('.on-way').first().waitFor();
  await untilMiddle(page, pieces);
  await shoot(page, 'upload-chip');
  await page.goto(`${region.server.url}/explore`);
  const [post] = await ownPosts(author, 1);
  assert.equal(post!.card!.text, 'Posted before the reload');
});

test('two files dropped at once become two posts, each with its own words', { timeout: 60_000 }, async () => {
  const author = await meet(region.server.url, 'cy.drops');
  const { page } = await region.open({ as: author, path: '/create', on: DESKTOP });
  const clips = [await makeClip({ hueDegrees: 40 }), await makeClip({ hueDegrees: 90, durationMs: 2000 })];
  await clipInput(page).setInputFiles(await makeClip({ hueDegrees: 160, durationMs: 1000 }));
  await page.getByLabel('Words').fill('Number alone');
  // What a browser hands over when files are let go over the page.
  const input = await page.evaluateHandle(() => {
    const field = Object.assign(document.createElement('input'), { type: 'file', multiple: true });
    document.body.append(field);
    return field;
  });
  await input.setInputFiles(clips);
  await input.evaluate((field) => {
    const files = new DataTransfer();
    for (const file of field.files ?? []) files.items.add(file);
    field.remove();
    document
      .querySelector('.create')!
      .dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }));
  });
  const tabs = page.getByRole('group', { name: 'Drafts' }).getByRole('button');
  await tabs.nth(2).waitFor();
  assert.equal(await tabs.count(), 3, 'each file is taken once');
  await shoot(page, 'upload-two');
  for (const place of [0, 1]) {
    await tabs.nth(place + 1).click();
    await page.getByLabel('Words').fill(`Number ${place}`);
  }
  await tabs.nth(1).click();
  assert.equal(await page.getByLabel('Words').inputValue(), 'Number 0');
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await page.waitForURL(/@cy\.drops/);
  await page.goto(`${region.server.url}/create`);
  await tabs.filter({ hasText: '-2000ms-' }).click();
  assert.equal(await page.getByLabel('Words').inputValue(), 'Number 1');
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  const posts = await ownPosts(author, 2);
  const byWords = posts.map(({ card }) => [card!.text, Math.round(card!.durationMs / 1000)]).sort();
  assert.deepEqual(byWords, [
    ['Number 0', 3],
    ['Number 1', 2],
  ]);
});

test('captions chosen in the form are shown over the video', { timeout: 60_000 }, async () => {
  const author = await meet(region.server.url, 'dee.captions');
  const { page } = await region.open({ as: author, path: '/create' });
  const srt = join(folder, 'words.srt');
  await writeFile(srt, '1\n00:00:00,000 --> 00:00:03,000\nThe bar is sinking\n');
  await clipInput(page).setInputFiles(await makeClip({ hueDegrees: 10 }));
  const wrong = join(folder, 'wrong.vtt');
  await writeFile(wrong, 'no captions at all');
  await page.getByLabel('Captions', { exact: true }).setInputFiles(wrong);
  await page.getByText('wrong.vtt is no caption file.').waitFor();
  await shoot(page, 'upload-captions-wrong');
  await page.getByLabel('Captions', { exact: true }).setInputFiles(srt);
  await page.getByText('words.srt').waitFor();
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  let [post] = await ownPosts(author, 1);
  while (post!.card!.captions.length === 0) [post] = await ownPosts(author, 1);
  await page.goto(region.server.url + post!.card!.path);
  await page.getByText('The bar is sinking').first().waitFor();
  await shoot(page, 'upload-captions');
});

test('a lost network is told, and the upload goes on when it is back', { timeout: 120_000 }, async () => {
  const author = await meet(region.server.url, 'eli.tunnels');
  const { page, context } = await region.open({ as: author, path: '/create' });
  await slowDown(page, SLOW_BYTES_PER_SECOND);
  const pieces = watchPieces(page);
  await clipInput(page).setInputFiles(await makeHeavyClip(HEAVY_BYTES));
  await page.getByLabel('Words').fill('Through a tunnel');
  await untilMiddle(page, pieces);
  const reached = Math.max(...pieces);
  await context.setOffline(true);
  await page.getByText('No connection.').waitFor();
  await shoot(page, 'upload-offline');
  await page.getByRole('button', { name: /^Post/ }).click();
  pieces.length = 0;
  await page.waitForTimeout(500);
  await context.setOffline(false);
  const [post] = await ownPosts(author, 1);
  assert.equal(post!.card!.text, 'Through a tunnel');
  assert.ok(Math.min(...pieces) >= reached, `${Math.min(...pieces)} of ${reached}`);
});

test('a refused file says why, may be tried again and removed', { timeout: 60_000 }, async () => {
  const author = await meet(region.server.url, 'fay.mistakes');
  const { page } = await region.open({ as: author, path: '/create' });
  const text = join(folder, 'notes.mp4');
  await writeFile(text, 'These are notes, not a film.\n'.repeat(200));
  await clipInput(page).setInputFiles(text);
  const trouble = page.getByRole('alert');
  await trouble.getByText(/video|file/i).waitFor();
  await shoot(page, 'upload-refused');
  await trouble.getByRole('button', { name: 'Try again' }).click();
  await trouble.getByText(/video|file/i).waitFor();
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
  await page.locator('.drop').waitFor();
  assert.deepEqual((await author.call<OwnPosts>('GET', '/api/v1/me/posts')).posts, []);
});

test('a post whose file is refused says so on the profile and can be removed', { timeout: 60_000 }, async () => {
  const author = await meet(region.server.url, 'gus.mistakes');
  const text = join(folder, 'more.mp4');
  await writeFile(text, 'These are notes, not a film.\n'.repeat(200));
  await author.publish(await author.upload(text));
  const { page } = await region.open({ as: author, path: '/@gus.mistakes' });
  const chip = page.locator('.on-way-bad');
  await chip.waitFor();
  await shoot(page, 'upload-failed-post');
  await chip.getByRole('button', { name: 'Remove' }).click();
  await chip.waitFor({ state: 'detached' });
  const { posts } = await author.call<OwnPosts>('GET', '/api/v1/me/posts');
  assert.deepEqual(
    posts.map(({ state }) => state),
    ['deleted'],
  );
});
