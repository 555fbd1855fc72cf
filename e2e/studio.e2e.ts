/** The studio on a phone: from the plus to a posted video, and what a dying tab, network or server leaves of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { DraftPage, Post, Sound, Upload } from '@vitrine/schema';
import type { Page } from 'playwright-core';
import { guardPage, journeys, makeClip, makeTune, meet, shoot, type Person } from './index.ts';

const region = journeys({ browser: { camera: true, mayAutoplay: true } });
const TWO_MINUTES_MS = 120_000;

/** Asks again and again until the answer is there. */
async function until<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined | false>,
  limitMs = 60_000,
): Promise<Answer> {
  const giveUpAt = performance.now() + limitMs;
  while (performance.now() < giveUpAt) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    await delay(200);
  }
  throw new Error(`it did not come to it that ${what}`);
}

async function publicTune(owner: Person, title: string): Promise<Sound> {
  const id = await owner.upload(await makeTune(), `${title}.wav`);
  const sound = await until('the sound is ready', async () => {
    const sound = await owner.call<Sound>('GET', `/api/v1/sounds/${id}`).catch(() => undefined);
    return sound?.state === 'ready' && sound;
  });
  await owner.call('PATCH', `/api/v1/sounds/${id}`, { title, artist: owner.handle, allowUse: true });
  return sound;
}

async function chooseClips(page: Page, hues: readonly number[]): Promise<void> {
  await page.getByRole('button', { name: 'Gallery' }).click();
  const files = await Promise.all(hues.map((hueDegrees) => makeClip({ hueDegrees })));
  await page.getByLabel('Choose clips').setInputFiles(files);
  await page.waitForURL(/\/create\/edit/);
  await page
    .locator('.clip')
    .nth(hues.length - 1)
    .waitFor();
}

const drafts = async (person: Person) => (await person.call<DraftPage>('GET', '/api/v1/drafts')).drafts;

test('a newcomer makes a video of three clips with text and music and posts it, in less than two minutes', async () => {
  const tobias = await meet(region.server.url, 'tobias.plays');
  const tune = await publicTune(tobias, 'Kiln Song');
  const mara = await meet(region.server.url, 'mara.makes');
  const { page } = await region.open({ as: mara, path: '/create' });
  const guard = await guardPage(page, [region.server.url]);
  const startedAt = performance.now();
  await shoot(page, 'studio-1-camera');
  await chooseClips(page, [20, 140, 260]);
  await shoot(page, 'studio-2-clips');

  await page.getByRole('button', { name: 'Text', exact: true }).click();
  await page.getByLabel('Words').fill('one glaze, four coats');
  await page.waitForTimeout(400);
  await shoot(page, 'studio-3-text');
  await page.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('button', { name: 'Sound', exact: true }).click();
  await page
    .getByRole('button', { name: /Kiln Song/ })
    .first()
    .click();
  await page.waitForTimeout(500);
  await shoot(page, 'studio-4-sound');
  await page.getByRole('button', { name: /^Use \d/ }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.waitForTimeout(1500);
  await shoot(page, 'studio-5-playing');
  await page.getByText('Draft saved').waitFor();

  await page.getByRole('button', { name: 'Next' }).click();
  await page.waitForURL(/\/create\/post/);
  await page.getByRole('textbox').fill('Made in the studio #glaze');
  await page.locator('.cover-cell img').first().waitFor();
  await shoot(page, 'studio-6-post');
  await page.getByRole('button', { name: /^Post/ }).click();
  await page.waitForURL(/@mara\.makes/);
  assert.ok(performance.now() - startedAt < TWO_MINUTES_MS);

  const posts = await until('the post is there', async () => {
    const page = await mara.call<{ posts: Post[] }>('GET', '/api/v1/me/posts');
    return page.posts.length > 0 && page.posts;
  });
  const post = await mara.untilPlayable(posts[0]!.id);
  assert.ok(Math.abs((post.durationMs ?? 0) - 9000) <= 100, `${post.durationMs} ms`);
  assert.deepEqual(
    [post.widthPx, post.heightPx].map((px) => (px ?? 0) > 0),
    [true, true],
  );
  const sound = await mara.call<Sound>('GET', `/api/v1/sounds/${post.sound?.id}`);
  assert.deepEqual(
    sound.madeFrom.map(({ id }) => id),
    [tune.id],
  );
  assert.deepEqual(post.card?.tags, ['glaze']);
  assert.deepEqual(await drafts(mara), []);
  assert.deepEqual(guard.faults(), []);
});

test('what the camera recorded is there after the tab was killed, and becomes clips', async () => {
  const person = await meet(region.server.url, 'cam.films');
  const { page, context } = await region.open({ as: person, path: '/create' });
  const record = (name: string) => page.getByRole('button', { name, exact: true });
  for (const ms of [1500, 1200, 900]) {
    // Only once the camera has a picture does it take a press.
    await record('Record').click({ trial: true });
    await record('Record').press('Enter');
    await page.waitForTimeout(ms);
    await record('Stop recording').press('Enter');
  }
  await shoot(page, 'studio-camera-recorded');
  await record('Delete the last stretch').click();
  await record('Record').click({ trial: true });
  await record('Record').press('Enter');
  await page.waitForTimeout(1700);
  // The tab dies while it records.
  await page.close({ runBeforeUnload: false });

  const again = await context.newPage();
  await again.goto(`${region.server.url}/create`);
  await again.getByRole('button', { name: 'Use what is recorded' }).click();
  await again.waitForURL(/\/create\/edit/);
  await again.locator('.clip').nth(2).waitFor();
  const saved = await until('the draft is saved with its clips', async () => {
    const [draft] = await drafts(person);
    return draft?.edit?.kind === 'video' && draft.edit.clips.length === 3 && draft;
  });
  assert.ok(saved.durationMs > 3000 && saved.durationMs < 8000, `${saved.durationMs} ms`);
});

test('an edit made without a network is kept over a reload and saved when the network is back', async () => {
  const person = await meet(region.server.url, 'off.line');
  const { page, context } = await region.open({ as: person, path: '/create' });
  await chooseClips(page, [80, 300]);
  await page.getByText('Draft saved').waitFor();
  await context.setOffline(true);
  await page.locator('.clip-face').first().click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText('Kept on this device').waitFor();
  await page.close();
  await context.setOffline(false);
  const address = `${region.server.url}/create`;
  const again = await context.newPage();
  await again.goto(address);
  const saved = await until('the server has the change', async () => {
    const [draft] = await drafts(person);
    return draft?.edit?.kind === 'video' && draft.edit.clips.length === 1 && draft;
  });
  assert.equal(saved.durationMs, 3000);
});

test('a draft changed on two devices becomes two drafts, and nothing is lost', async () => {
  const person = await meet(region.server.url, 'two.devices');
  const one = await region.open({ as: person, path: '/create' });
  await chooseClips(one.page, [40]);
  await one.page.getByText('Draft saved').waitFor();
  const [draft] = await until('the server has it', async () => {
    const list = await drafts(person);
    return list[0]?.edit?.kind === 'video' && list[0].edit.clips.length === 1 && list;
  });
  await until('the upload can be played elsewhere', async () => {
    const edit = draft!.edit;
    const source = edit?.kind === 'video' ? edit.clips[0]?.source : undefined;
    const id = source && 'uploadId' in source ? source.uploadId : '';
    return (await person.call<Upload>('GET', `/api/v1/uploads/${id}`)).previewUrl !== null;
  });
  const two = await region.open({ as: person, path: `/create?draft=${draft!.id}` });
  await two.page.locator('.clip').waitFor();
  await two.page.getByRole('button', { name: 'Text', exact: true }).click();
  await two.page.getByLabel('Words').fill('from the other device');
  await until('the other device has saved', async () => (await drafts(person))[0]!.version > draft!.version);
  await one.page.getByRole('button', { name: 'Text', exact: true }).click();
  await one.page.getByRole('button', { name: 'The other one' }).waitFor();
  await shoot(one.page, 'studio-two-devices');
  await one.page.getByRole('button', { name: 'The other one' }).click();
  await one.page.getByText('from the other device').first().waitFor();
  const texts = await until('both are there', async () => {
    const list = await drafts(person);
    return (
      list.length === 2 &&
      list.flatMap(({ edit }) => (edit?.kind === 'video' ? edit.texts.map(({ text }) => text) : []))
    );
  });
  assert.deepEqual(texts.toSorted(), ['Your text', 'from the other device'].toSorted());
});

test('pictures taken with the camera become a post to swipe through', async () => {
  const person = await meet(region.server.url, 'pic.takes');
  const { page } = await region.open({ as: person, path: '/create' });
  await page.getByRole('radio', { name: 'Photo' }).click();
  await page.getByRole('button', { name: 'Take a picture' }).click();
  await page.getByText('1 of 35').waitFor();
  await page.getByRole('button', { name: 'Take a picture' }).click();
  await page.getByText('2 of 35').waitFor();
  await shoot(page, 'studio-photo-camera');
  await page.getByRole('button', { name: 'Use what is recorded' }).click();
  await page.locator('.edit-photo-strip button').nth(1).waitFor();
  await page.getByPlaceholder('What is to be seen').fill('A green field');
  await page.getByRole('button', { name: 'Later' }).click();
  await page.getByText('Draft saved').waitFor();
  await shoot(page, 'studio-photo-edit');
  const list = await region.open({ as: person, path: '/@pic.takes' });
  await list.page.getByRole('link', { name: '1 draft' }).click();
  await list.page.getByRole('link', { name: /Untitled/ }).waitFor();
  await shoot(list.page, 'studio-drafts');
  await list.context.close();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.waitForURL(/\/create\/post/);
  await page.getByRole('button', { name: /^Post/ }).waitFor();
  await page.getByRole('textbox').first().fill('Two pictures');
  await page.getByRole('button', { name: /^Post/ }).click();
  await page.waitForURL(/@pic\.takes/);
  const post = await until('the post is shown', async () => {
    const [own] = (await person.call<{ posts: Post[] }>('GET', '/api/v1/me/posts')).posts;
    return own && (await person.call<Post>('GET', `/api/v1/posts/${own.id}`)).card && own;
  });
  const { card } = await person.call<Post>('GET', `/api/v1/posts/${post.id}`);
  assert.deepEqual([card?.kind, card?.photos.map(({ altText }) => altText)], ['photos', ['', 'A green field']]);
});
