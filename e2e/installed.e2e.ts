import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { journeys, makeClip, meet, PHONE, shoot, signInBrowser } from './index.ts';

const region = journeys();

/** Waits until the service worker rules the page. */
async function untilKept(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

test('without a network the app opens on any screen and says what is the matter', async () => {
  const context = await region.browser.newContext(PHONE);
  const page = await context.newPage();
  await page.goto(`${region.server.url}/`);
  await untilKept(page);
  await context.setOffline(true);
  for (const path of ['/', '/explore', '/signup', '/@nobody.here']) {
    await page.goto(region.server.url + path);
    await page.getByRole('link', { name: 'Home' }).first().waitFor();
  }
  await page.goto(`${region.server.url}/explore`);
  await page.getByText('The connection dropped.').waitFor();
  await shoot(page, 'installed-offline');
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Try now' }).click();
  await page.getByText('Nothing public yet').waitFor();
});

test('the manifest names what an installed app needs, and every icon is there', async () => {
  const manifest = (await (await fetch(`${region.server.url}/manifest.webmanifest`)).json()) as {
    start_url: string;
    display: string;
    icons: { src: string; sizes: string; purpose?: string }[];
    share_target: { action: string; method: string };
  };
  assert.deepEqual([manifest.start_url, manifest.display], ['/', 'standalone']);
  assert.ok(manifest.icons.some((icon) => icon.purpose === 'maskable'));
  for (const icon of manifest.icons) {
    const answer = await fetch(new URL(icon.src, region.server.url));
    assert.match(answer.headers.get('content-type') ?? '', /^image\//, icon.src);
  }
  assert.deepEqual([manifest.share_target.method, manifest.share_target.action], ['POST', '/share-target']);
});

test('a clip that is shared into the app waits on the page for new posts', async () => {
  const author = await meet(region.server.url, 'ada.shares');
  const context = await region.browser.newContext(PHONE);
  await signInBrowser(context, region.server.url, author);
  const page = await context.newPage();
  await page.goto(`${region.server.url}/`);
  await untilKept(page);
  const bytes = (await readFile(await makeClip())).toString('base64');
  // What the system does when one shares into an installed app: a form is posted as a navigation.
  await page.evaluate((base64) => {
    const form = document.createElement('form');
    form.method = 'post';
    form.enctype = 'multipart/form-data';
    form.action = '/share-target';
    const field = Object.assign(document.createElement('input'), { type: 'file', name: 'clip' });
    const text = Object.assign(document.createElement('input'), { name: 'text', value: 'From my gallery' });
    const files = new DataTransfer();
    const clip = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    files.items.add(new File([clip], 'gallery.mp4', { type: 'video/mp4' }));
    field.files = files.files;
    form.append(field, text);
    document.body.append(form);
    form.submit();
  }, bytes);
  await page.waitForURL(/\/create/);
  await page.getByRole('region', { name: 'gallery.mp4' }).waitFor();
  assert.equal(await page.getByLabel('Words').inputValue(), 'From my gallery');
  await shoot(page, 'installed-shared');
});
