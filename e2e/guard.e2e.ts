import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { guardPage, launchBrowser, PAYLOADS, PHONE } from './index.ts';

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

/** Serves one text as a page without any defence, and gives what the guard found on it. */
async function findOn(html: string): Promise<{ alive: string[]; faults: string[] }> {
  const server = createServer((_request, response) => {
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(`<!doctype html><title>Bare</title>${html}`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  const context = await browser.newContext(PHONE);
  try {
    const page = await context.newPage();
    const url = `http://localhost:${address.port}`;
    const guard = await guardPage(page, [url]);
    await page.goto(url, { waitUntil: 'load' });
    await page.waitForTimeout(300);
    return { alive: await guard.payloadsAlive(), faults: guard.faults() };
  } finally {
    await context.close();
    server.close();
  }
}

test('there are at least fifty payloads, and no two are the same', () => {
  assert.ok(PAYLOADS.length >= 50);
  assert.equal(new Set(PAYLOADS.map(({ text }) => text)).size, PAYLOADS.length);
});

test('a payload planted in a page without defence is caught when it runs', async () => {
  const { alive } = await findOn(PAYLOADS[1]!.text);
  assert.ok(alive.includes('ran 2'), alive.join(', '));
});

test('most payloads are alive on a page without defence, so that their silence elsewhere means something', async () => {
  const between = await Promise.all(PAYLOADS.map(async ({ text }) => (await findOn(text)).alive.length > 0));
  const inAttribute = await Promise.all(
    PAYLOADS.map(async ({ text }) => (await findOn(`<input value="${text}"><input value='${text}'>`)).alive.length > 0),
  );
  const inScript = await Promise.all(
    PAYLOADS.map(
      async ({ text }) =>
        (await findOn(`<script>const s = "${text}"; const t = \`${text}\`;</script>`)).alive.length > 0,
    ),
  );
  const dead = PAYLOADS.filter((_, index) => !between[index] && !inAttribute[index] && !inScript[index]);
  assert.ok(dead.length <= 5, `dead everywhere:\n${dead.map(({ number, text }) => `${number} ${text}`).join('\n')}`);
});

test('an attribute that only a gesture would run is caught standing', async () => {
  const { alive } = await findOn('<a href="javascript:vitrineHit(99)">press</a><b onclick="vitrineHit(98)">press</b>');
  assert.deepEqual(alive.sort(), ['stands in a href', 'stands in b onclick']);
});

test('an error, a refused file and a request to a stranger are faults', async () => {
  const { faults } = await findOn(
    '<script>throw new Error("a thrown one")</script><img src="http://127.0.0.1:9/picture.png">',
  );
  assert.ok(
    faults.some((fault) => fault.includes('a thrown one')),
    faults.join('\n'),
  );
  assert.ok(
    faults.some((fault) => fault.startsWith('a stranger was asked')),
    faults.join('\n'),
  );
  assert.deepEqual((await findOn('<p>fine</p>')).faults, []);
});
