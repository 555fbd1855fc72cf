import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { DESKTOP, journeys, makeClip, meet, PHONE, shoot, type Person } from './index.ts';

/** What a snap needs to end. */
const SETTLED_MS = 900;
const CAPTIONS = 'WEBVTT\n\n00:00.000 --> 00:03.000\nSpoken words\n';

let author: Person;
let other: Person;
let viewer: Person;
/** The author's posts, newest first; the other's post lies between them in time. */
let own: { id: string; path: string }[];
let between: { id: string; path: string };

const region = journeys({
  prepare: async () => {
    author = await meet(region.server.url, 'mara.kiln');
    other = await meet(region.server.url, 'otto.oven');
    viewer = await meet(region.server.url, 'ada.watches');
    const clip = await makeClip({ durationMs: 2000 });
    const publish = async (person: Person, text: string) => {
      const post = await person.untilPlayable(await person.publish(await person.upload(clip), { text }));
      return { id: post.id, path: post.card!.path };
    };
    const first = await publish(author, 'One #glaze');
    between = await publish(other, 'Between #oven');
    const second = await publish(author, 'Two #glaze');
    const third = await publish(author, 'Three');
    own = [third, second, first];
    const answer = await fetch(`${region.server.url}/api/v1/posts/${third.id}/captions/en`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${author.token}`, 'content-type': 'text/vtt' },
      body: CAPTIONS,
    });
    assert.equal(answer.status, 200);
  },
});

/** The post that plays. */
function playing(page: Page): Promise<string | undefined> {
  return page.evaluate(() => [...document.querySelectorAll('video')].find((video) => !video.paused)?.dataset['post']);
}
async function untilPlays(page: Page, id: string): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll('video')].some(
        (video) => !video.paused && video.currentTime > 0 && video.dataset['post'] === wanted,
      ),
    id,
  );
}

test('from a profile and from a tag, next and previous stay within that list', async () => {
  const { page, context } = await region.open({ as: viewer, on: DESKTOP, path: '/@mara.kiln' });
  await page.locator(`a[href="${own[0]!.path}"]`).first().click();
  await untilPlays(page, own[0]!.id);
  for (const { id, path } of own.slice(1)) {
    await page.keyboard.press('j');
    await untilPlays(page, id);
    assert.equal(new URL(page.url()).pathname, path);
  }
  await page.keyboard.press('j');
  await page.waitForTimeout(SETTLED_MS);
  assert.equal(await playing(page), own[2]!.id, 'the list ends where the profile ends');
  await page.keyboard.press('k');
  await untilPlays(page, own[1]!.id);

  await page.goto(`${region.server.url}/tag/glaze`);
  await page.locator(`a[href="${own[1]!.path}"]`).first().click();
  await untilPlays(page, own[1]!.id);
  await page.keyboard.press('j');
  await untilPlays(page, own[2]!.id);
  assert.notEqual(between.id, own[2]!.id);
  await context.close();
});

test('captions are there while muted, and their button puts them off and on', async () => {
  const { page, context } = await region.open({ as: viewer, on: DESKTOP, path: own[0]!.path });
  await untilPlays(page, own[0]!.id);
  const words = page.locator('.captions', { hasText: 'Spoken words' });
  await words.waitFor();
  const button = page.getByRole('button', { name: 'Captions', exact: true });
  assert.equal(await button.getAttribute('aria-pressed'), 'true');
  await page.locator('.stage').hover();
  await button.click();
  await words.waitFor({ state: 'detached' });
  await page.reload();
  await untilPlays(page, own[0]!.id);
  await page.waitForTimeout(SETTLED_MS);
  assert.equal(await words.count(), 0, 'the choice is remembered');
  await page.locator('.stage').hover();
  await button.click();
  await words.waitFor();
  await context.close();
});

test('the key C opens the comments of the video', async () => {
  const { page, context } = await region.open({ as: viewer, on: DESKTOP, isByTime: true });
  await untilPlays(page, own[0]!.id);
  await page.keyboard.press('c');
  await page.getByRole('textbox', { name: 'Add a comment' }).waitFor();
  await context.close();
});

test('at the end the next video comes, or it stops, or it begins again', async () => {
  const { page, context } = await region.open({ as: viewer, isByTime: true });
  await untilPlays(page, own[0]!.id);
  const choose = async (name: string): Promise<void> => {
    await page
      .locator('article:not([inert]) .rail')
      .getByRole('button', { name: /^Share/ })
      .click();
    await page.getByRole('button', { name: 'At the end' }).click();
    await page.getByRole('menuitemradio', { name }).or(page.getByRole('menuitem', { name })).first().click();
    while ((await page.locator('dialog[open]').count()) > 0) {
      await page.keyboard.press('Escape');
      await page.waitForTimeout(400);
    }
  };
  await choose('Go to the next');
  await untilPlays(page, own[1]!.id);
  await untilPlays(page, between.id);
  await choose('Stop');
  await page.waitForFunction(() => [...document.querySelectorAll('video')].every((video) => video.paused));
  await page.waitForTimeout(SETTLED_MS);
  assert.equal(await playing(page), undefined);
  await context.close();
});

test('full screen and picture in picture begin and end by their buttons', async () => {
  const { page, context } = await region.open({ as: viewer, on: DESKTOP, isByTime: true });
  await untilPlays(page, own[0]!.id);
  await page.locator('.stage').hover();
  const isFull = () => page.evaluate(() => document.fullscreenElement !== null);
  await page.getByRole('button', { name: 'Full screen' }).click();
  await page.waitForFunction(() => document.fullscreenElement !== null);
  await page.keyboard.press('j');
  await untilPlays(page, own[1]!.id);
  assert.equal(await isFull(), true, 'swiping goes on');
  await page.keyboard.press('f');
  await page.waitForFunction(() => document.fullscreenElement === null);
  const hasPip = await page.evaluate(() => document.pictureInPictureEnabled);
  if (hasPip) {
    await page.locator('.stage').hover();
    await page.getByRole('button', { name: 'Picture in picture' }).click();
    await page.waitForFunction(() => document.pictureInPictureElement !== null);
    await page.getByRole('button', { name: 'Picture in picture' }).click();
    await page.waitForFunction(() => document.pictureInPictureElement === null);
  }
  await context.close();
});

test('Following brings what someone whom one follows reposted, and says who', async () => {
  const reader = await meet(region.server.url, 'rena.reads');
  await reader.call('PUT', '/api/v1/accounts/otto.oven/follow');
  await other.call('PUT', `/api/v1/posts/${own[0]!.id}/repost`);
  const { page, context } = await region.open({ as: reader, path: '/following' });
  await untilPlays(page, own[0]!.id);
  await page.locator('article:not([inert])').getByRole('link', { name: 'otto.oven reposted' }).waitFor();
  await shoot(page, 'watch-repost');
  await page.keyboard.press('j');
  await untilPlays(page, between.id);
  assert.equal(await page.locator('article:not([inert]) .caption-repost').count(), 0);
  await context.close();
});

test('a sensitive video shows and plays nothing before one asks for it', async () => {
  const hidden = await other.untilPlayable(
    await other.publish(await other.upload(await makeClip({ durationMs: 2000, hueDegrees: 120 })), {
      text: 'Not for everyone',
      labels: ['sensitive'],
    }),
  );
  const { page, context } = await region.open({ on: PHONE, path: hidden.card!.path });
  await page.getByRole('heading', { name: 'This may be hard to watch' }).waitFor();
  await page.waitForTimeout(SETTLED_MS);
  await shoot(page, 'watch-gate');
  assert.equal(await playing(page), undefined);
  assert.equal(
    await page.locator('.snap-page').first().locator('.poster-sharp').count(),
    0,
    'the picture behind the gate is not sharp',
  );
  const boxes = await Promise.all(
    ['.gate', 'article:not([inert]) .rail'].map((name) => page.locator(name).boundingBox()),
  );
  assert.ok(boxes[0]!.x + boxes[0]!.width <= boxes[1]!.x, 'the gate leaves the rail free');
  await page.touchscreen.tap(150, 300);
  await page.waitForTimeout(SETTLED_MS);
  assert.equal(await playing(page), undefined, 'a tap beside the button opens nothing');
  await page.getByRole('button', { name: 'Show it' }).click();
  await untilPlays(page, hidden.id);
  await context.close();
  await other.call('DELETE', `/api/v1/posts/${hidden.id}`);
});
