import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { journeys, guardPage, makeClip, meet, PHONE, shoot, signInBrowser, type Person } from './index.ts';

const ADMIN = join(import.meta.dirname, '..', 'server', 'src', 'machine', 'admin.ts');
const run = promisify(execFile);

let author: Person;
let teller: Person;

const region = journeys({
  prepare: async () => {
    [author, teller] = await Promise.all([
      meet(region.server.url, 'ada.private'),
      meet(region.server.url, 'tess.tells'),
    ]);
  },
});

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** A phone on which the person is signed in. */
async function phoneOf(person: Person, expected?: RegExp) {
  const context = await region.browser.newContext(PHONE);
  await signInBrowser(context, region.server.url, person);
  const page = await context.newPage();
  return { page, guard: await guardPage(page, [region.server.url], expected) };
}

/** Publishes a clip and gives its page. */
async function publish(by: Person, text: string, more: object = {}): Promise<{ id: string; path: string }> {
  const uploadId = await by.upload(await makeClip());
  const id = await by.publish(uploadId, { text, ...more });
  const post = await by.untilPlayable(id);
  return { id, path: post.card!.path };
}

test('a private account is asked, lets one in from the inbox, and only that one sees its posts', async () => {
  const { path } = await publish(author, 'For friends only', { audience: 'followers' });
  const [friend, stranger] = await Promise.all([
    meet(region.server.url, 'finn.asks'),
    meet(region.server.url, 'sam.waits'),
  ]);
  const own = await phoneOf(author);
  await own.page.goto(`${region.server.url}/settings/privacy`);
  await own.page.getByRole('switch', { name: 'Private account' }).click();
  await own.page.getByRole('switch', { name: 'Private account', checked: true }).waitFor();

  const asking = await phoneOf(friend, /status of 404/);
  await asking.page.goto(region.server.url + path);
  await asking.page.getByRole('heading', { name: 'This video is not here' }).waitFor();
  for (const person of [friend, stranger]) {
    const { page } = await phoneOf(person);
    await page.goto(`${region.server.url}/@ada.private`);
    await page.getByText('This account is private').waitFor();
    await press(page, 'Follow');
    await page.getByRole('button', { name: 'Requested' }).waitFor();
    await shoot(page, 'people-requested');
  }

  await own.page.goto(`${region.server.url}/inbox`);
  const row = (handle: string) => own.page.getByRole('listitem').filter({ hasText: `${handle} wants to follow you` });
  await row('sam.waits').getByRole('button', { name: 'Decline' }).waitFor();
  assert.equal(await own.page.getByText('wants to follow you').count(), 2, 'each request stands there once');
  await shoot(own.page, 'people-requests');
  await row('finn.asks').getByRole('button', { name: 'Accept' }).click();
  await own.page.getByText('finn.asks follows you now').waitFor();
  await row('sam.waits').getByRole('button', { name: 'Decline' }).click();
  await own.page.getByText('Declined. sam.waits is not told').waitFor();
  assert.deepEqual(own.guard.faults(), []);

  await asking.page.goto(region.server.url + path);
  await asking.page.waitForFunction(() => [...document.querySelectorAll('video')].some((video) => !video.paused));
  assert.deepEqual(asking.guard.faults(), []);
  const refused = await phoneOf(stranger, /status of 404/);
  await refused.page.goto(region.server.url + path);
  await refused.page.getByRole('heading', { name: 'This video is not here' }).waitFor();
  await refused.page.goto(`${region.server.url}/@ada.private`);
  await refused.page.getByRole('button', { name: 'Follow', exact: true }).waitFor();
});

test('whom one blocks is kept away until one lets them back', async () => {
  const [blocker, blocked] = await Promise.all([
    meet(region.server.url, 'bo.blocks'),
    meet(region.server.url, 'kim.kept'),
  ]);
  const { page, guard } = await phoneOf(blocker);
  await page.goto(`${region.server.url}/@kim.kept`);
  await press(page, 'More');
  await page.getByRole('menuitem', { name: 'Block' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Block', exact: true }).click();
  await page.getByText('You blocked this account').waitFor();
  await shoot(page, 'people-blocked');
  await assert.rejects(blocked.call('GET', '/api/v1/accounts/bo.blocks'), /404/);
  await page.goto(`${region.server.url}/settings/privacy`);
  await press(page, 'Unblock');
  await page.getByText('You have blocked nobody.').waitFor();
  await blocked.call('GET', '/api/v1/accounts/bo.blocks');
  assert.deepEqual(guard.faults(), []);
});

test('captions of a post show, in the size that one chose, and stay so', async () => {
  const { id, path } = await publish(teller, 'A clip that speaks');
  const track = 'WEBVTT\n\n00:00.000 --> 00:20.000\nNobody here before six.\n';
  const answer = await fetch(`${region.server.url}/api/v1/posts/${id}/captions/en`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${teller.token}`, 'content-type': 'text/vtt' },
    body: track,
  });
  assert.ok(answer.ok, `${answer.status} ${await answer.text()}`);
  const { page, guard } = await phoneOf(teller);
  await page.goto(region.server.url + path);
  await page.getByText('Nobody here before six.').waitFor();
  await shoot(page, 'people-captions');
  const height = () =>
    page.getByText('Nobody here before six.').evaluate((line) => line.getBoundingClientRect().height);
  const medium = await height();
  await page.keyboard.press('s');
  await press(page, 'Captions');
  await page.getByRole('menuitemradio', { name: 'Large' }).click();
  await page.reload();
  await page.getByText('Nobody here before six.').waitFor();
  assert.ok((await height()) > medium);
  assert.deepEqual(guard.faults(), []);
});

test('what the operator removes says so to everyone, tells its author, and comes back', async () => {
  const { id, path } = await publish(teller, 'A clip that goes');
  const admin = (...words: string[]) =>
    run(process.execPath, [ADMIN, ...words], { env: { ...process.env, DATA_DIR: region.server.dataFolder } });
  const reader = await (await region.browser.newContext(PHONE)).newPage();
  await reader.goto(`${region.server.url}/complaint?kind=post&id=${id}`);
  await reader.getByText('Spam or fake engagement').click();
  await reader.getByLabel('In your own words').fill('It says nothing.');
  await press(reader, 'Send report');
  await reader.getByText('Thank you, it arrived').waitFor();
  assert.match((await admin('complaints')).stdout, /It says nothing\./);

  await admin('remove', id, '--ground', 'spam');
  assert.equal((await fetch(region.server.url + path)).status, 410);
  await reader.goto(region.server.url + path);
  await reader.getByRole('heading', { name: 'Removed by the operator' }).waitFor();
  await shoot(reader, 'people-removed');
  const { page } = await phoneOf(teller);
  await page.goto(`${region.server.url}/inbox`);
  await page.getByText(/Ledger entry \d/).waitFor();
  await shoot(page, 'people-decision');

  await admin('restore', id);
  assert.equal((await fetch(region.server.url + path)).status, 200);
  await reader.goto(region.server.url + path);
  await reader.waitForFunction(() => [...document.querySelectorAll('video')].some((video) => !video.paused));
});
