import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { journeys, guardPage, meet, PHONE, shoot } from './index.ts';

const region = journeys();

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** Signs up on the screen by password; gives the codes that were shown, and leaves them. */
async function signUp(page: Page, handle: string, password: string): Promise<string[]> {
  await page.goto(`${region.server.url}/signup`);
  await page.getByLabel('Handle').fill(handle);
  await page.getByText('Free').waitFor();
  await press(page, 'Use a password instead');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await press(page, 'Create account');
  await page.getByRole('heading', { name: `Welcome, ${handle}` }).waitFor();
  const codes = await page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allInnerTexts();
  await shoot(page, 'account-codes');
  await press(page, 'Go on');
  // Whoever signs up before there is an operator is led to the first steps.
  await page.waitForURL(`${region.server.url}/setup`);
  return codes;
}

async function logIn(page: Page, handle: string, secret: { password?: string; code?: string }): Promise<void> {
  await page.goto(`${region.server.url}/login`);
  await page.getByLabel('Handle').fill(handle);
  if (secret.code !== undefined) {
    await press(page, 'Use a recovery code');
    await page.getByLabel('Recovery code').fill(secret.code);
  } else await page.getByLabel('Password', { exact: true }).fill(secret.password ?? '');
  await press(page, 'Log in');
}

async function logOut(page: Page): Promise<void> {
  await page.goto(`${region.server.url}/settings`);
  await press(page, 'Log out');
  await page.waitForURL(`${region.server.url}/`);
}

test('one signs up with a password, is told of a taken handle and of a wrong password, and gets in by a code', async () => {
  await meet(region.server.url, 'taken.name');
  const page = await (await region.browser.newContext(PHONE)).newPage();
  const guard = await guardPage(page, [region.server.url], /status of 40[139]/);
  await page.goto(`${region.server.url}/signup`);
  await page.getByLabel('Handle').fill('Taken.Name');
  await page.getByText('Somebody has this handle already.').waitFor();
  await shoot(page, 'account-taken');
  const codes = await signUp(page, 'nina.new', 'a quiet long password');
  assert.equal(new Set(codes).size, 10);
  await logOut(page);

  await logIn(page, 'nina.new', { password: 'not the password' });
  await page.getByRole('alert').waitFor();
  assert.match(page.url(), /\/login$/);
  await shoot(page, 'account-wrong-password');
  await logIn(page, 'nina.new', { password: 'a quiet long password' });
  await page.waitForURL(`${region.server.url}/`);
  await logOut(page);
  await logIn(page, 'nina.new', { code: codes[3]! });
  await page.getByText('9 codes left').waitFor();
  await logOut(page);
  await logIn(page, 'nina.new', { code: codes[3]! });
  await page.getByRole('alert').waitFor();
  assert.deepEqual(guard.faults(), []);
});

test('settings keep a name, a bio, a link, a theme, a language and a new handle, and end another session', async () => {
  const page = await (await region.browser.newContext(PHONE)).newPage();
  const guard = await guardPage(page, [region.server.url], /status of 40[134]/);
  await signUp(page, 'omar.old', 'a quiet long password');
  const elsewhere = await fetch(`${region.server.url}/api/v1/sessions`, {
    method: 'POST',
    body: JSON.stringify({ handle: 'omar.old', password: 'a quiet long password', bearer: true }),
    headers: { 'content-type': 'application/json' },
  });
  const { token } = (await elsewhere.json()) as { token: string };

  await page.goto(`${region.server.url}/settings/profile`);
  await page.getByLabel('Name', { exact: true }).fill('Omar Nasser');
  await page.getByLabel('About you').fill('Clay and patience.');
  await press(page, 'Add a link');
  await page.getByLabel('Link 1').fill('kiln.example');
  await press(page, 'Save');
  await page.getByText('Saved').waitFor();
  await shoot(page, 'account-settings-profile');
  await page.goto(`${region.server.url}/@omar.old`);
  await page.getByRole('heading', { name: 'Omar Nasser' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'kiln.example' }).getAttribute('href'), 'https://kiln.example/');

  await page.goto(`${region.server.url}/settings/account`);
  await page.getByLabel('Handle').fill('omar.new');
  await page.getByText('Free').waitFor();
  await press(page, 'Change handle');
  await page.getByText('You are omar.new now').waitFor();

  await page.goto(`${region.server.url}/settings/signing-in`);
  await page.getByText('Command line, since').waitFor();
  await page.getByRole('button', { name: 'Log out', exact: true }).click();
  await page.getByText('Logged out there').waitFor();
  await shoot(page, 'account-settings-sessions');
  const refused = await fetch(`${region.server.url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(refused.status, 401);

  await page.goto(`${region.server.url}/settings/look`);
  await page.getByRole('radio', { name: 'Light' }).click();
  await page.getByRole('radio', { name: 'العربية' }).click();
  await page.waitForFunction(() => document.documentElement.dir === 'rtl');
  await shoot(page, 'account-settings-arabic-light');
  await page.reload();
  await page.waitForFunction(() => document.documentElement.lang === 'ar');
  assert.equal(
    await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor),
    'rgb(243, 246, 246)',
    'the light theme stays',
  );
  assert.deepEqual(guard.faults(), []);
});
