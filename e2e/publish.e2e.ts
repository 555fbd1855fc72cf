import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { CardPage } from '@vitrine/schema';
import { journeys, guardPage, makeClip, meet, PHONE, shoot, signInBrowser } from './index.ts';

const region = journeys();

/** Waits until some video of the page moves. */
async function untilMoving(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll('video')].some((video) => !video.paused && video.currentTime > 0.2),
  );
}

test('a clip is chosen, described, posted, and plays for a stranger who got the link', async () => {
  const author = await meet(region.server.url, 'ada.posts');
  const context = await region.browser.newContext(PHONE);
  await signInBrowser(context, region.server.url, author);
  const page = await context.newPage();
  const guard = await guardPage(page, [region.server.url]);
  await page.goto(`${region.server.url}/create`);
  await page.getByLabel('Post a clip as it is').setInputFiles(await makeClip({ hueDegrees: 330 }));
  await page.getByLabel('Words').fill('A bar that sinks #calm');
  await shoot(page, 'journey-create');
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  let posts: CardPage['posts'] = [];
  for (let round = 0; posts.length === 0 && round < 300; round += 1) {
    await page.waitForTimeout(100);
    ({ posts } = await author.call<CardPage>('GET', '/api/v1/feed/latest'));
  }
  assert.equal(posts.length, 1);
  assert.deepEqual([posts[0]!.text, posts[0]!.tags], ['A bar that sinks #calm', ['calm']]);
  await page.goto(`${region.server.url}/`);
  await untilMoving(page);
  await shoot(page, 'journey-feed');
  assert.deepEqual(guard.faults(), []);

  const stranger = await (await region.browser.newContext(PHONE)).newPage();
  const strangerGuard = await guardPage(stranger, [region.server.url], /401.*\/api\/v1\/me/);
  await stranger.goto(region.server.url + posts[0]!.path);
  await untilMoving(stranger);
  await stranger.getByText('A bar that sinks').first().waitFor();
  await shoot(stranger, 'journey-link');
  assert.deepEqual(strangerGuard.faults(), []);
});
