/** A stranger looks at the public shelves: sees the post there, the proof made in the page, and a forged file refused. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, makeClip, meet, NO_LIMITS, PHONE, startServer, type RunningServer } from './index.ts';

let server: RunningServer;
let browser: Browser;

before(async () => {
  [server, browser] = await Promise.all([startServer({ settings: NO_LIMITS }), launchBrowser()]);
  const author = await meet(server.url, 'mara.kiln');
  const post = await author.publish(await author.upload(await makeClip()), { text: 'Glaze test' });
  await author.untilPlayable(post);
});
after(async () => {
  await browser.close();
  await server.close();
});

async function open(path: string, prepare?: (page: Page) => Promise<unknown>): Promise<Page> {
  const page = await (await browser.newContext(PHONE)).newPage();
  await prepare?.(page);
  await page.goto(server.url + path);
  return page;
}

test('a new post stands on the fresh shelf, and the page proves it', async () => {
  const page = await open('/shelves');
  await page.getByRole('link', { name: /fresh/ }).click();
  await page.getByText('Glaze test').waitFor({ timeout: 20_000 });
  await page.getByText('Verified').first().waitFor();
  assert.match(await page.getByText(/Computed in this page/).innerText(), /[1-9]\d* hash/);
  await page.getByRole('button', { name: 'One epoch earlier' }).click();
  await page.waitForURL(/epoch=\d+/);
});

test('a note that the region has not signed is told as not verified', async () => {
  const page = await open('/shelves/fresh', (each) =>
    each.route('**/api/v1/shelves/note*', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace(/^(.*\n\d+\n)..../, '$1AAAA');
      await route.fulfill({ response: answer, body });
    }),
  );
  await page.getByText('Not verified').first().waitFor({ timeout: 20_000 });
});

test('a shelf whose bytes are not those of its name is not shown', async () => {
  const page = await open('/shelves/fresh', (each) =>
    each.route(/shelves\/[0-9a-f]{64}$/, async (route) => {
      const answer = await route.fetch();
      const body = await answer.body();
      body[60] = (body[60] ?? 0) ^ 1;
      await route.fulfill({ response: answer, body });
    }),
  );
  await page.getByRole('alert').waitFor({ timeout: 20_000 });
  assert.equal(await page.getByText('Glaze test').count(), 0);
});

test("the algorithm's page holds every weight with its reason, and the document", async () => {
  const page = await open('/algorithm');
  await page.getByText('fitted: what is being finished now').waitFor();
  await page.getByRole('heading', { name: 'The stages' }).waitFor();
});
