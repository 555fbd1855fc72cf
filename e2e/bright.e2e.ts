import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Card, CardPage } from '@vitrine/schema';
import type { Page } from 'playwright-core';
import { journeys, makeClip, meet, shoot } from './index.ts';

/** WCAG 2.2, 1.4.3: text of this size. */
const TEXT_CONTRAST = 4.5;
/** Texts over the video that stand on falls alone, and the share of white in their ink (look.md, "Over the video"). */
const TEXTS: readonly (readonly [string, number])[] = [
  ['.top-tab:not(.is-lit)', 0.92],
  ['.top-tab.is-lit', 1],
  ['article:not([inert]) .caption-name', 1],
  ['article:not([inert]) .caption-who time', 0.84],
  ['article:not([inert]) .caption-text', 1],
  ['article:not([inert]) .caption-sound span', 1],
  ['article:not([inert]) .rail-count', 1],
];

const region = journeys({
  prepare: async () => {
    const author = await meet(region.server.url, 'mara.kiln');
    const uploadId = await author.upload(await makeClip());
    await author.untilPlayable(
      await author.publish(uploadId, { text: 'Glaze test no. 41. The blue always runs for the foot.' }),
    );
  },
});

/** A box of the window. */
interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Opens the feed over a picture that is white everywhere, its only video stopped on nothing. */
async function openOverWhite(isBright: boolean): Promise<Page> {
  const { page } = await region.open({ path: '/explore', isByTime: true });
  const white = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="16"><rect width="9" height="16" fill="#fff"/></svg>')}`;
  await page.route('**/api/v1/feed/latest*', async (route) => {
    const answer = await route.fetch();
    const list = (await answer.json()) as CardPage;
    const posts = list.posts.map((post): Card => ({
      ...post,
      poster: { url: white, avifUrl: white, placeholder: white, isBright },
    }));
    await route.fulfill({ response: answer, json: { ...list, posts } });
  });
  await page.route('**/media/**', (route) =>
    route.request().resourceType() === 'media' ? route.abort() : route.continue(),
  );
  await page.goto(region.server.url);
  await page.waitForSelector('article .caption-text');
  await page.waitForTimeout(800);
  return page;
}

/** The brightest luminance (0 to 1) of each box in a picture of the page. */
async function brightest(page: Page, boxes: readonly Box[]): Promise<number[]> {
  const picture = `data:image/png;base64,${(await page.screenshot()).toString('base64')}`;
  const reader = await (await region.browser.newContext()).newPage();
  const found = await reader.evaluate(
    async ({ picture, boxes }) => {
      const bitmap = await createImageBitmap(await (await fetch(picture)).blob());
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      const linear = (value: number) => (value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
      return boxes.map(({ x, y, width, height }) => {
        const { data } = context.getImageData(
          Math.round(x),
          Math.round(y),
          Math.max(1, Math.round(width)),
          Math.max(1, Math.round(height)),
        );
        let most = 0;
        for (let at = 0; at < data.length; at += 4)
          most = Math.max(
            most,
            0.2126 * linear(data[at]!) + 0.7152 * linear(data[at + 1]!) + 0.0722 * linear(data[at + 2]!),
          );
        return most;
      });
    },
    { picture, boxes },
  );
  await reader.context().close();
  return found;
}

/** Runs in the page: the box of an element's letters, without the room around them that makes it easy to hit. */
function boxOfText(element: Element): Box {
  const range = document.createRange();
  range.selectNodeContents(element);
  const { x, y, width, height } = range.getBoundingClientRect();
  return { x, y, width, height };
}

/** The contrast of each text against the brightest pixel behind it. */
async function contrasts(page: Page): Promise<Map<string, number>> {
  const boxes: Box[] = [];
  const inks: number[] = [];
  const names: string[] = [];
  for (const [selector, ink] of TEXTS) {
    for (const [number, element] of (await page.locator(selector).all()).entries()) {
      const box = await element.evaluate(boxOfText);
      boxes.push(box);
      inks.push(ink);
      names.push(`${selector} ${number}`);
    }
  }
  await page.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>('.top-tabs a, .caption, .rail-count'))
      element.style.opacity = '0';
  });
  await page.waitForTimeout(400);
  const grounds = await brightest(page, boxes);
  return new Map(names.map((name, at) => [name, contrastOf(inks[at]!, grounds[at]!)]));
}

/** White ink of some strength on a grey ground of a luminance. */
function contrastOf(strength: number, ground: number): number {
  const encoded = ground <= 0.0031308 ? ground * 12.92 : 1.055 * ground ** (1 / 2.4) - 0.055;
  const mixed = strength + (1 - strength) * encoded;
  const ink = mixed <= 0.04045 ? mixed / 12.92 : ((mixed + 0.055) / 1.055) ** 2.4;
  return (ink + 0.05) / (ground + 0.05);
}

test('over a white picture every text of the feed can be read', async () => {
  const page = await openOverWhite(true);
  await shoot(page, 'feed-phone-white-frame');
  const found = await contrasts(page);
  assert.ok(found.size >= 9, `only ${found.size} texts were found`);
  for (const [name, contrast] of found) assert.ok(contrast >= TEXT_CONTRAST, `${name}: ${contrast.toFixed(2)}`);
});

test('without the bright variant the same texts could not be read, so the test above can fail', async () => {
  const found = await contrasts(await openOverWhite(false));
  assert.ok(Math.min(...found.values()) < TEXT_CONTRAST);
});
