/** The studio while the server dies under it: what was made goes on by itself. */
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { DraftPage, Post } from '@vitrine/schema';
import { launchBrowser, makeHeavyClip, meet, NO_LIMITS, PHONE, signInBrowser, startServer } from './index.ts';

const HEAVY_BYTES = 24_000_000;

test('a server killed while clips arrive, while a change is saved and while a post is made costs nothing', async (t) => {
  let server = await startServer({ settings: NO_LIMITS });
  const { dataFolder, port } = server;
  const browser = await launchBrowser();
  t.after(async () => {
    await browser.close();
    await server.kill();
    await rm(dataFolder, { recursive: true });
  });
  const again = async (): Promise<void> => {
    await server.kill();
    server = await startServer({ dataFolder, port, settings: NO_LIMITS });
  };
  const until = async (what: string, ask: () => Promise<boolean>): Promise<void> => {
    for (let round = 0; round < 400; round += 1) {
      if (await ask().catch(() => false)) return;
      await delay(200);
    }
    throw new Error(`it did not come to it that ${what}`);
  };
  const person = await meet(server.url, 'ada.goes.on');
  const context = await browser.newContext(PHONE);
  await signInBrowser(context, server.url, person);
  const page = await context.newPage();
  await page.goto(`${server.url}/create`);
  const clips = await Promise.all([10, 190].map((hueDegrees) => makeHeavyClip(HEAVY_BYTES, { hueDegrees })));
  await page.getByLabel('Choose clips').setInputFiles(clips);
  await page.locator('.clip').nth(1).waitFor();
  await again();

  const drafts = async () => (await person.call<DraftPage>('GET', '/api/v1/drafts')).drafts;
  await server.kill();
  await page.getByRole('button', { name: 'Text', exact: true }).click();
  await page.getByLabel('Words').fill('still here');
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByText('Kept on this device').waitFor();
  await again();
  await until('the change is saved', async () => {
    const [draft] = await drafts();
    return draft?.edit?.kind === 'video' && draft.edit.clips.length === 2 && draft.edit.texts[0]?.text === 'still here';
  });

  await page.getByRole('button', { name: 'Next' }).click();
  await page.waitForURL(/\/create\/post/);
  await page.getByRole('button', { name: /^Post/ }).waitFor();
  await page.getByRole('textbox').first().fill('After three falls');
  await page.getByText('Draft saved').first().waitFor({ state: 'attached' });
  await server.kill();
  await page.getByRole('button', { name: /^Post/ }).click();
  await delay(500);
  await again();
  const posts = async () => (await person.call<{ posts: Post[] }>('GET', '/api/v1/me/posts')).posts;
  await until('the post is made', async () => (await posts()).length === 1);
  const post = await person.untilPlayable((await posts())[0]!.id);
  assert.ok(Math.abs((post.durationMs ?? 0) - 6000) <= 100, `${post.durationMs} ms`);
  assert.equal(post.card?.text, 'After three falls');
});
