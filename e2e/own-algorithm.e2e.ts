import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { WEIGHTS } from '@vitrine/ranking';
import type { Card } from '@vitrine/schema';
import { journeys, makeClip, meet, type Person, untilShelved } from './index.ts';

const POSTS = 8;
let author: Person;
let cards: Card[];

const region = journeys({
  prepare: async () => {
    author = await meet(region.server.url, 'mara.kiln');
    const clip = await makeClip();
    const ids: string[] = [];
    for (let number = 0; number < POSTS; number += 1) {
      const uploadId = await author.upload(clip, `clip ${number}.mp4`);
      const id = await author.publish(uploadId, { text: `Clip ${number} #${number % 2 ? 'glaze' : 'noodles'}` });
      await author.untilPlayable(id);
      ids.push(id);
    }
    await untilShelved(region.server.url, POSTS);
    const answer = await fetch(`${region.server.url}/api/v1/cards?ids=${ids.toSorted().join()}`);
    const { posts } = (await answer.json()) as { posts: Card[] };
    cards = ids.map((id) => posts.find((card) => card.id === id)!);
  },
});

/** A taste file of somebody who finished the first two clips about glaze. */
function tasteFile(): string {
  const day = Math.floor(Date.now() / 86_400_000);
  const watches = [cards[1]!, cards[3]!].map((card) => ({
    post: card.publicNumber,
    id: card.id,
    creator: 0,
    sound: 0,
    tags: card.tags,
    handle: card.account.handle,
    durationMs: card.durationMs,
    outcomeBucket: 9,
    loops: 0,
    isSkip: false,
    isPositive: true,
    day,
  }));
  return JSON.stringify({ format: 'vitrine-taste-1', watches, wishes: {}, seen: [] });
}

async function importTaste(page: Page): Promise<void> {
  await page.goto(`${region.server.url}/taste`);
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'taste.json', mimeType: 'application/json', buffer: Buffer.from(tasteFile()) });
  await page.getByText('2 watches on this device').waitFor();
}

/** Tag of the post that plays. */
async function playing(page: Page): Promise<string> {
  const id = await page
    .waitForFunction(
      () => [...document.querySelectorAll('video')].find((video) => !video.paused)?.dataset['post'],
      undefined,
      { timeout: 30_000 },
    )
    .then((found) => found.jsonValue());
  return id ?? '';
}

test("another's algorithm is looked at, used, changes the order, and Check it says equal", async () => {
  const weights = structuredClone(WEIGHTS);
  weights.version = 'away from my tags';
  weights.terms.tag = { weight: -200_000, under5: 0, under20: 0, reason: 'what I finish is what I have had enough of' };
  weights.terms.near = { weight: 0, under5: 0, under20: 0, reason: 'nothing near it either' };
  weights.terms.taste = { weight: 0, under5: 0, under20: 0, reason: 'nor alike' };
  weights.numbers.freshInTen = { value: 0, reason: 'no lottery' };
  const { hash } = await author.call<{ hash: string }>('POST', '/api/v1/algorithms', {
    name: 'Something else',
    about: 'Turns away from what I have finished.',
    weights,
  });
  const { page } = await region.open({ path: '/taste' });
  await importTaste(page);
  await page.goto(`${region.server.url}/taste?algorithm=${hash}`);
  await page.locator('.compare-order').first().waitFor();
  const orders = await page
    .locator('.compare-order')
    .evaluateAll((lists) => lists.map((list) => [...list.querySelectorAll('img')].map((image) => image.src)));
  assert.equal(orders.length, 2);
  assert.notDeepEqual(orders[0], orders[1]);
  await page.getByRole('button', { name: 'Use it' }).click();
  await page.locator('.algorithm-now code').waitFor();
  const [first] = cards.filter((card) => orders[1]![0] === new URL(card.poster.url, region.server.url).href);
  await page.goto(region.server.url);
  const played = await playing(page);
  assert.ok(cards.find(({ id }) => id === played)?.tags.includes('noodles'));
  assert.ok(first?.tags.includes('noodles'));
  await page.locator('.why-chip').first().waitFor();
  await page.keyboard.press('w');
  await page.getByRole('button', { name: 'Check it' }).click();
  await page.getByText(/numbers match/).waitFor();
  await page.getByText('weights away from my tags, chosen by you').waitFor();
});

test('a taste is sealed on one device and taken in on another by the words of its code; the server holds neither', async () => {
  const sent: { path: string; cookie: string | undefined; bytes: number }[] = [];
  const one = await region.open({ path: '/taste', as: author });
  one.page.on('request', (request) => {
    if (!request.url().includes('/api/v1/taste/')) return;
    const { pathname } = new URL(request.url());
    const bytes = request.postDataBuffer()?.length ?? 0;
    void request.allHeaders().then((all) => sent.push({ path: pathname, cookie: all['cookie'], bytes }));
  });
  await importTaste(one.page);
  await one.page.getByRole('switch', { name: 'Sync to my other devices' }).click();
  await one.page.locator('.sync-code li').nth(7).waitFor();
  const words = await one.page.locator('.sync-code li').allTextContents();
  assert.equal(words.length, 8);
  assert.equal(sent.length, 1);
  assert.equal(sent[0]?.cookie, undefined);
  const two = await region.open({ path: `/taste#sync=${words.join('-')}` });
  await two.page.getByRole('dialog').getByRole('button', { name: "Use another device's code" }).click();
  await two.page.getByText('2 watches on this device').waitFor();
  assert.ok(!sent.some(({ path }) => words.some((word) => path.includes(word))), 'the code itself is never sent');
});

test('after a finished watch the very next swipe is of the new ranking', async () => {
  const { page } = await region.open();
  const first = await playing(page);
  // To its end, into the next round, and long enough there for a ranking.
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const video = [...document.querySelectorAll('video')].find((each) => !each.paused);
        let lastSeconds = 0;
        video?.addEventListener('timeupdate', () => {
          if (video.currentTime < lastSeconds - 1) resolve();
          lastSeconds = video.currentTime;
        });
      }),
  );
  await page.waitForTimeout(1500);
  await page.keyboard.press('j');
  await page.waitForFunction(
    (before) => {
      const now = [...document.querySelectorAll('video')].find((video) => !video.paused)?.dataset['post'];
      return now !== undefined && now !== before;
    },
    first,
    { timeout: 30_000 },
  );
  assert.notEqual(await playing(page), first);
  await page.keyboard.press('w');
  // Its reasons know the watch of a moment ago, by its length at least: a list ranked before knew of none.
  await page.getByText('A length you finish').waitFor();
});
