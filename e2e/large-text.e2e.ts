import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { journeys, makeClip, meet, PHONE, shoot, type Person } from './index.ts';

let author: Person;
let postId: string;

const region = journeys({
  prepare: async () => {
    author = await meet(region.server.url, 'maximiliana.of_the_long_name');
    const text =
      'A bar that sinks over blue, and a text that goes on well past its second line so that more of it must be asked for #calm #slow';
    postId = await author.publish(await author.upload(await makeClip()), { text, labels: ['aiMade'] });
    await author.untilPlayable(postId);
    const captions = 'WEBVTT\n\n00:00.000 --> 00:03.000\nThe bar sinks over a very wide blue ground\n';
    const answer = await fetch(`${region.server.url}/api/v1/posts/${postId}/captions/en`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${author.token}`, 'content-type': 'text/vtt' },
      body: captions,
    });
    assert.equal(answer.status, 200);
  },
});

/** Text at twice its size and nothing else, as a person sets it in the browser or the system (WCAG 2.2, 1.4.4). */
async function openLarge(path: string, locale = 'en-GB'): Promise<Page> {
  const { page } = await region.open({ path, as: author, on: { ...PHONE, locale } });
  await page.evaluate(() => document.documentElement.style.setProperty('text-size-adjust', '200%', 'important'));
  await page.locator('.slot video.has-picture').first().waitFor();
  await page.waitForTimeout(600);
  return page;
}

interface Box {
  name: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The boxes of what can be seen by these selectors. */
function boxesOf(page: Page, selectors: readonly string[]): Promise<Box[]> {
  return page.evaluate(
    (wanted) =>
      wanted.flatMap((name) =>
        [...document.querySelectorAll(name)]
          .filter((element) => element.closest('[inert]') === null && element.checkVisibility())
          .map((element) => {
            const range = document.createRange();
            range.selectNodeContents(element);
            const { left, right, top, bottom } = (
              element.childElementCount === 0 && element.textContent !== '' ? range : element
            ).getBoundingClientRect();
            return { name, left, right, top, bottom };
          })
          .filter(({ left, right }) => right > left),
      ),
    selectors,
  );
}

function overlaps(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

const TEXTS = [
  '.caption-who',
  '.caption-more',
  '.caption-text',
  '.caption-labels span',
  '.caption-sound',
  '.captions span',
];

for (const locale of ['en-GB', 'es', 'ar']) {
  test(`at twice the size the texts of a video keep off rail and dock (${locale})`, async () => {
    const page = await openLarge('/', locale);
    await shoot(page, `large-feed-${locale}`);
    const texts = await boxesOf(page, TEXTS);
    const others = await boxesOf(page, [
      '.rail-btn',
      '.rail-author',
      '.rail-disc',
      '.dock',
      '.top-tabs',
      '.top-search',
    ]);
    assert.ok(texts.length >= 5 && others.length >= 8, `${texts.length} texts, ${others.length} others`);
    const hits = texts.flatMap((text) =>
      others.filter((other) => overlaps(text, other)).map((other) => `${text.name} runs under ${other.name}`),
    );
    assert.deepEqual(hits, []);
    const width = await page.evaluate(() => innerWidth);
    for (const box of [...texts, ...others])
      assert.ok(box.left >= 0 && box.right <= width, `${box.name} leaves the window`);
    const rail = await boxesOf(page, ['.rail-btn', '.rail-author', '.rail-disc']);
    const own = rail.flatMap((one, place) =>
      rail
        .slice(place + 1)
        .filter((other) => overlaps(one, other))
        .map((other) => `${one.name} on ${other.name}`),
    );
    assert.deepEqual(own, []);
  });

  test(`at twice the size the dock keeps to one line (${locale})`, async () => {
    const page = await openLarge('/', locale);
    const faults = await page.evaluate(() => {
      const dock = document.querySelector('.dock')!.getBoundingClientRect();
      return [...document.querySelectorAll('.dock-label')].flatMap((label) => {
        const place = label.getBoundingClientRect();
        const range = document.createRange();
        range.selectNodeContents(label.lastChild!);
        const word = range.getBoundingClientRect();
        const isSeen = (word.top + word.bottom) / 2 < place.bottom;
        const isWhole = word.left >= place.left - 1 && word.right <= place.right + 1;
        const told = `${label.textContent} ${Math.round(word.left)}-${Math.round(word.right)} of ${Math.round(place.left)}-${Math.round(place.right)}`;
        if (place.top < dock.top || place.bottom > dock.bottom + 1) return [`${told} leaves the dock`];
        return isSeen && !isWhole ? [`${told} is wider than its place`] : [];
      });
    });
    assert.deepEqual(faults, []);
    const tabs = await boxesOf(page, ['.top-tab']);
    for (const tab of tabs) for (const other of tabs) assert.ok(tab === other || !overlaps(tab, other), 'tabs overlap');
    const heights = tabs.map(({ top, bottom }) => bottom - top);
    assert.ok(Math.max(...heights) <= 52, `a tab wraps: ${heights.join(', ')}`);
  });
}
