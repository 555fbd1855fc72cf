/** The studio on a wide page: keys, captions, voice, stickers, filters; all that is posted is what was cut. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Draft, DraftPage, Post, VideoEdit } from '@vitrine/schema';
import { DESKTOP, guardPage, journeys, makeClip, meet, shoot } from './index.ts';

const region = journeys({ browser: { camera: true, mayAutoplay: true } });
const CAPTIONS = 'WEBVTT\n\n00:00.500 --> 00:01.500\nFirst words\n\n00:01.500 --> 00:02.500\nSecond words\n';

test('a video is cut by keys, captioned, spoken over, decorated and posted on a desktop', async () => {
  const person = await meet(region.server.url, 'des.cuts');
  const { page } = await region.open({ on: DESKTOP, as: person, path: '/create' });
  const guard = await guardPage(page, [region.server.url]);
  const saved = async (): Promise<VideoEdit> => {
    await page.waitForTimeout(900);
    await page.getByText('Draft saved').waitFor();
    const [listed] = (await person.call<DraftPage>('GET', '/api/v1/drafts')).drafts;
    const draft = await person.call<Draft>('GET', `/api/v1/drafts/${listed?.id}`);
    assert.equal(draft.edit?.kind, 'video');
    return draft.edit as VideoEdit;
  };
  const files = await Promise.all([30, 210].map((hueDegrees) => makeClip({ hueDegrees })));
  await page.getByLabel('Choose clips').setInputFiles(files);
  await page.locator('.clip').nth(1).waitFor();

  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('s');
  await page.locator('.clip').nth(2).waitFor();
  assert.deepEqual(
    (await saved()).clips.map(({ inMs, outMs }) => outMs - inMs),
    [1000, 2000, 3000],
  );
  await page.keyboard.press('Control+z');
  assert.equal((await saved()).clips.length, 2);
  await page.keyboard.press('Control+y');
  await page.getByRole('button', { name: /^Clip 3/ }).press('Enter');
  await page.keyboard.press('Alt+ArrowLeft');
  await page.keyboard.press('Alt+ArrowLeft');
  const [first] = (await saved()).clips;
  assert.deepEqual([first?.inMs, first?.outMs], [0, 3000]);
  await page.getByRole('slider', { name: 'End of the clip' }).press('ArrowLeft');
  await page.getByRole('button', { name: '2×', exact: true }).click();
  const cut = await saved();
  assert.deepEqual([cut.clips[0]?.outMs, cut.clips[0]?.speed], [2900, 2]);
  await page.getByRole('button', { name: 'Crop frame' }).click();
  const corner = await page.locator('.crop-corner.is-right.is-bottom').boundingBox();
  const [x, y] = [(corner?.x ?? 0) + 22, (corner?.y ?? 0) + 22];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 60, y - 60);
  await page.mouse.up();
  const { crop } = (await saved()).clips[0] ?? {};
  assert.ok(crop && crop.width < 0.95 && crop.height < 0.95, JSON.stringify(crop));
  await page.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByRole('radio', { name: 'Dusk' }).click();
  await page.getByRole('button', { name: 'Stickers' }).click();
  await page.locator('.sticker-pick').first().click();
  await page.getByRole('button', { name: 'Captions' }).first().click();
  await page
    .getByLabel('From a file')
    .setInputFiles({ name: 'words.vtt', mimeType: 'text/vtt', buffer: Buffer.from(CAPTIONS) });
  await page.getByLabel('Caption 2', { exact: true }).fill('Other words');
  await page.getByRole('button', { name: 'Voice' }).click();
  await page.keyboard.press('Home');
  await page.getByRole('button', { name: 'Record' }).click();
  await page.waitForTimeout(1500);
  await page.getByRole('button', { name: /^Stop/ }).click();
  await page.getByText(/Voice 1/).waitFor();
  await shoot(page, 'studio-desktop-edit');
  const full = await saved();
  assert.deepEqual(
    [full.clips[0]?.filter, full.stickers.length, full.captions?.cues[1]?.text, full.voiceOvers.length],
    ['dusk', 1, 'Other words', 1],
  );

  await page.getByRole('button', { name: 'Next' }).click();
  await page.waitForURL(/\/create\/post/);
  await page.getByRole('textbox').first().fill('Cut by keys');
  await page.locator('.cover-cell img').nth(2).click();
  await shoot(page, 'studio-desktop-post');
  await page.getByRole('button', { name: /^Post/ }).first().click();
  await page.waitForURL(/@des\.cuts/);
  const [own] = (await person.call<{ posts: Post[] }>('GET', '/api/v1/me/posts')).posts;
  const post = await person.untilPlayable(own!.id);
  assert.ok(Math.abs((post.durationMs ?? 0) - 4450) <= 100, `${post.durationMs} ms`);
  assert.equal(post.card?.captions.length, 1);
  assert.deepEqual(guard.faults(), []);
});
