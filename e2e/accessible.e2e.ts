import assert from 'node:assert/strict';
import { test } from 'node:test';
import AxeBuilder from '@axe-core/playwright';
import type { BrowserContextOptions } from 'playwright-core';
import { journeys, DESKTOP, guardPage, makeClip, meet, PHONE, shoot, signInBrowser, type Person } from './index.ts';

let author: Person;
let path: string;

const region = journeys({
  prepare: async () => {
    author = await meet(region.server.url, 'ada.reads');
    const uploadId = await author.upload(await makeClip());
    const more = { text: 'A bar that sinks #calm', altText: 'A white bar sinks over blue.' };
    const post = await author.untilPlayable(await author.publish(uploadId, more));
    path = post.card!.path;
  },
});

const SIZES: Record<string, BrowserContextOptions> = {
  phone: PHONE,
  desktop: DESKTOP,
  light: { ...PHONE, colorScheme: 'light' },
};

/** What axe finds by the rules of WCAG 2.2 AA, and what the guard saw, under the page's own security policy. */
async function barriers(address: string, size: string, isSignedIn: boolean): Promise<string[]> {
  const context = await region.browser.newContext(SIZES[size]!);
  try {
    if (isSignedIn) await signInBrowser(context, region.server.url, author);
    const page = await context.newPage();
    const guard = await guardPage(page, [region.server.url], /status of 40[14]/);
    await page.goto(region.server.url + address, { waitUntil: 'networkidle' });
    await shoot(page, `accessible-${address.replace(/[^a-z]+/g, '-')}-${size}${isSignedIn ? '-mine' : ''}`);
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    const found = violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)}: ${node.failureSummary ?? ''}`),
    );
    return [...found, ...guard.faults()];
  } finally {
    await context.close();
  }
}

for (const size of Object.keys(SIZES)) {
  test(`the feed, a post and a profile have no barriers that axe can see (${size})`, async () => {
    for (const address of ['/', path, `/@${author.handle}`]) {
      assert.deepEqual(await barriers(address, size, false), [], address);
      assert.deepEqual(await barriers(address, size, true), [], `${address}, signed in`);
    }
  });

  test(`explore, upload, inbox, settings and what is not there have no barriers that axe can see (${size})`, async () => {
    for (const address of ['/explore', '/sounds', '/tag/calm', '/create', '/inbox', '/settings', '/nothing/here']) {
      assert.deepEqual(await barriers(address, size, true), [], address);
    }
    for (const address of ['/signup', '/login', '/create', '/inbox']) {
      assert.deepEqual(await barriers(address, size, false), [], `${address}, signed out`);
    }
  });
}

test("one's own account: signing up and in, settings, standing and setup have no barriers that axe can see", async () => {
  for (const address of ['/signup', '/login', '/setup']) assert.deepEqual(await barriers(address, 'light', false), []);
  const parts = ['profile', 'privacy', 'signing-in', 'watching', 'look', 'account'].map((part) => `/settings/${part}`);
  for (const address of [...parts, '/standing', '/setup']) {
    assert.deepEqual(await barriers(address, 'light', true), [], address);
  }
});
