import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as ask, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { journeys, makeClip, meet, PHONE, shoot } from './index.ts';

/** What the next build would differ in: its hash in the worker, and a mark in the page by which this test knows it. */
const MARK = '<meta name="build" content="next">';

const region = journeys({
  prepare: async () => {
    const author = await meet(region.server.url, 'ada.updates');
    await author.untilPlayable(await author.publish(await author.upload(await makeClip())));
  },
});
/** Stands before the server as a new build would: `none` passes everything on, `hangs` never answers for pages. */
let front: Server;
let address = '';
let update: 'none' | 'next' | 'hangs' = 'none';

before(async () => {
  front = createServer((request, response) => void pass(request, response)).listen(0, 'localhost');
  await once(front, 'listening');
  const bound = front.address();
  assert.ok(bound !== null && typeof bound === 'object');
  address = `http://localhost:${bound.port}`;
});
after(() => {
  front.closeAllConnections();
  front.close();
});

async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? '/';
  const isPage = request.headers['sec-fetch-mode'] === 'navigate' || path === '/';
  if (isPage && update === 'hangs') return;
  const headers = { ...request.headers, 'accept-encoding': 'identity' };
  const inner = ask(new URL(path, region.server.url), { method: request.method ?? 'GET', headers });
  request.pipe(inner);
  const [answer] = (await once(inner, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  let body = Buffer.concat(chunks);
  if (update === 'next' && path === '/sw.js')
    body = Buffer.from(body.toString().replace(/shell-[0-9a-f]+/, 'shell-next'));
  if (update === 'next' && isPage) body = Buffer.from(body.toString().replace('</head>', `${MARK}</head>`));
  const { 'content-length': _length, etag: _tag, connection: _connection, ...rest } = answer.headers;
  response.writeHead(answer.statusCode ?? 500, rest).end(body);
}

const isNext = (page: Page) => page.evaluate(() => document.querySelector('meta[name=build]') !== null);

/** The next build's worker rules, and has kept its shell. */
const hasNextWorker = (page: Page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const isTaken = registration?.active?.state === 'activated' && !registration.installing && !registration.waiting;
    return isTaken && (await caches.keys()).includes('shell-next');
  });

test(
  'after an update the next load is the new one, and so is the one kept for no network',
  { timeout: 90_000 },
  async () => {
    const context = await region.browser.newContext(PHONE);
    const page = await context.newPage();
    update = 'none';
    await page.goto(`${address}/explore`);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    assert.equal(await isNext(page), false);
    update = 'next';
    await page.goto(`${address}/explore`);
    assert.equal(await isNext(page), true, 'the next load');
    while (!(await hasNextWorker(page))) await page.waitForTimeout(200);
    await context.setOffline(true);
    await page.goto(`${address}/signup`);
    await page.getByRole('heading').first().waitFor();
    assert.equal(await isNext(page), true, 'without a network');
    await context.setOffline(false);
    update = 'hangs';
    const began = performance.now();
    await page.goto(`${address}/explore`);
    await page.getByRole('link', { name: 'Home' }).first().waitFor();
    assert.ok(performance.now() - began < 15_000, 'a server that does not answer holds nobody up');
    update = 'none';
    await context.close();
  },
);

/** A phone on which no worker keeps anything, as in a private window. */
async function openWithoutWorker(path: string, missing: string): Promise<Page> {
  const context = await region.browser.newContext({ ...PHONE, serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.route(`**/assets/${missing}*`, (route) => route.fulfill({ status: 404, body: 'gone' }));
  await page.goto(region.server.url + path);
  return page;
}

test('a screen whose code is gone says so, keeps the places, and comes after a reload', async () => {
  const page = await openWithoutWorker('/', 'ExploreScreen');
  await page.getByRole('link', { name: 'Explore' }).click();
  await page.getByText('A part of this page did not arrive.').waitFor();
  await shoot(page, 'updated-gone');
  await page.getByRole('link', { name: 'Home' }).click();
  await page.locator('.slot video').first().waitFor();
  await page.getByRole('link', { name: 'Explore' }).click();
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Try now' }).click();
  await page.getByRole('heading', { name: 'Explore' }).first().waitFor();
  await page.context().close();
});

test('a first screen whose code is gone is no blank page', async () => {
  const page = await openWithoutWorker('/explore', 'ExploreScreen');
  await page.getByText('A part of this page did not arrive.').waitFor();
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Try now' }).click();
  await page.getByRole('heading', { name: 'Explore' }).first().waitFor();
  await page.context().close();
});

test('a sheet whose code is gone leaves the video as it is', async () => {
  const page = await openWithoutWorker('/', 'CommentSheet');
  await page.locator('.slot video.has-picture').first().waitFor();
  await page.locator('article:not([inert]) button[aria-label^="Comments"]').click();
  await page.getByText('A part of this page did not arrive.').waitFor();
  assert.equal((await page.locator('.slot video.has-picture').count()) > 0, true);
  assert.equal(await page.locator('dialog[open]').count(), 0);
  await page.context().close();
});
