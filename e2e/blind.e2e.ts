/**
 * No request that tells of watching carries the session. Every request of a long signed-in session is read at a door in front of
 * the server. Public media on the site's own host is the exception: a browser sends its cookies there, and the server deletes them
 * before anything else runs; a region that wants none at all serves media from a host of its own (MEDIA_URL).
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import {
  launchBrowser,
  makeClip,
  meet,
  NO_LIMITS,
  PHONE,
  signInBrowser,
  startServer,
  type Person,
  type RunningServer,
} from './index.ts';
import { openRecordingDoor, type PassedRequest, type RecordingDoor } from './recording-door.ts';

const POSTS = 5;
/** The pace of a day in half a minute. */
const PACE = { report: [300, 3000], draw: [0, 200], drawAgain: [500, 1000], restMs: 600, apartMs: 2000 };
/** Slow enough for something to be unsent when the page closes. */
const SLOWER = { ...PACE, report: [3000, 6000], apartMs: 0 };
const BLIND = /^\/api\/v1\/(shelves|cards|watches|tickets\/keys)\b/;

let server: RunningServer;
let browser: Browser;
let door: RecordingDoor;
let viewers: Person[];

before(async () => {
  door = await openRecordingDoor();
  [server, browser] = await Promise.all([
    startServer({ settings: { ...NO_LIMITS, PUBLIC_URL: door.url } }),
    launchBrowser(),
  ]);
  door.leadTo(server.port);
  const author = await meet(server.url, 'mara.kiln');
  // Each draws tickets of its own: an account has 50 a day.
  viewers = await Promise.all(['ada.draws', 'bo.runs'].map((handle) => meet(server.url, handle)));
  const clip = await makeClip();
  for (let number = 1; number <= POSTS; number += 1) {
    const post = await author.publish(await author.upload(clip, `clip ${number}.mp4`), { text: `Clip ${number}` });
    await author.untilPlayable(post);
  }
});
after(async () => {
  await Promise.all([browser.close(), server.close()]);
  await door.close();
});

const blindWithCookie = (passed: readonly PassedRequest[]): string[] =>
  passed.filter(({ path, cookie }) => BLIND.test(path) && cookie !== undefined).map(({ path }) => path);
const reports = (): PassedRequest[] => door.passed.filter(({ path }) => path === '/api/v1/watches');

async function watchFor(page: Page, swipes: number): Promise<void> {
  for (let swipe = 0; swipe < swipes; swipe += 1) {
    await page.waitForTimeout(1200);
    await page.keyboard.press(swipe % (2 * (POSTS - 1)) < POSTS - 1 ? 'ArrowDown' : 'ArrowUp');
  }
}

async function isPlaying(page: Page): Promise<boolean> {
  const plays = () => [...document.querySelectorAll('video')].some((video) => video.currentTime > 0);
  return page.waitForFunction(plays, undefined, { timeout: 8000 }).then(
    () => true,
    () => false,
  );
}

async function openSession(viewer: Person, pace: object = PACE): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext(PHONE);
  await context.addInitScript((pace) => Object.assign(globalThis, { vitrinePace: pace }), pace);
  await signInBrowser(context, door.url, viewer);
  const page = await context.newPage();
  await page.goto(door.url);
  // Posts are on the shelves some seconds after they were published.
  for (let tries = 0; tries < 10 && !(await isPlaying(page)); tries += 1) await page.reload();
  return { context, page };
}

test('a long signed-in session tells what was watched without its cookie, one report a request', async () => {
  const { context, page } = await openSession(viewers[0]!);
  // Reports begin once the page is quiet.
  await page.waitForTimeout(4000);
  await watchFor(page, 16);
  await page.waitForTimeout(4000);
  assert.ok(
    door.passed.some(({ path, cookie }) => path === '/api/v1/me' && cookie !== undefined),
    'the session is signed in, and its cookie would be seen',
  );
  const drawn = door.passed.filter(({ method, path }) => method === 'POST' && path === '/api/v1/tickets');
  assert.ok(drawn.length > 0 && drawn.every(({ cookie, status }) => cookie !== undefined && status === 200), 'tickets');
  assert.ok(reports().length >= 8, `${reports().length} reports`);
  assert.deepEqual([...new Set(reports().map(({ status }) => status))], [200]);
  assert.ok(reports().every(({ referer }) => referer === undefined));
  const tickets = reports().map(({ body }) => (JSON.parse(body) as { ticket: { input: string } }).ticket.input);
  assert.equal(new Set(tickets).size, tickets.length, 'each is paid with a ticket of its own');
  assert.deepEqual(blindWithCookie(door.passed), []);
  await context.close();
});

test('what is unsent when the page closes is not flushed: it waits for the next opening', async () => {
  const { context, page } = await openSession(viewers[1]!, SLOWER);
  await page.waitForTimeout(4000);
  await watchFor(page, 5);
  const before = reports().length;
  await page.goto('about:blank');
  await page.waitForTimeout(8000);
  assert.ok(reports().length - before <= 1, 'at most the one that was under way');
  await page.goto(door.url);
  await page.waitForTimeout(15_000);
  assert.ok(reports().length >= before + 2, `${reports().length - before} were sent after the next opening`);
  await context.close();
});

test('who switched it off draws no tickets and reports nothing', async () => {
  const { context, page } = await openSession(viewers[1]!);
  await page.evaluate(() => localStorage.setItem('watch', JSON.stringify({ helpsLearn: false })));
  await page.reload();
  const from = door.passed.length;
  await page.waitForTimeout(4000);
  await watchFor(page, 3);
  await page.waitForTimeout(3000);
  const told = door.passed.slice(from).filter(({ path }) => /^\/api\/v1\/(watches|tickets)/.test(path));
  assert.deepEqual(
    told.map(({ path }) => path),
    [],
  );
  await context.close();
});

test('a cookie on a blind route would be seen', async () => {
  const { context, page } = await openSession(viewers[1]!);
  const from = door.passed.length;
  await page.evaluate(() => fetch('/api/v1/tickets/keys', { credentials: 'include' }));
  assert.deepEqual(blindWithCookie(door.passed.slice(from)), ['/api/v1/tickets/keys']);
  await context.close();
});
