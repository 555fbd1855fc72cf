import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Me, People } from '@vitrine/schema';
import { journeys, guardPage, meet, PHONE, plugAuthenticator, shoot, signInBrowser } from './index.ts';

const PASSWORD = 'nine green kettles';
/** What the browser says of answers that are refused on purpose: nobody is signed in, a handle is wrong. */
const EXPECTED = /\b(401|403)\b/;

const region = journeys();

/** A phone of its own, nobody signed in. */
async function freshPhone(): Promise<{ page: Page; faults: () => string[] }> {
  const page = await (await region.browser.newContext(PHONE)).newPage();
  const { faults } = await guardPage(page, [region.server.url], EXPECTED);
  return { page, faults };
}

async function meOf(page: Page): Promise<Me | undefined> {
  const answer = await page.request.get(`${region.server.url}/api/v1/me`);
  return answer.ok() ? ((await answer.json()) as Me) : undefined;
}

test('a handle is judged while it is typed', async () => {
  await meet(region.server.url, 'taken.one');
  const { page, faults } = await freshPhone();
  await page.goto(`${region.server.url}/signup`);
  const handle = page.getByRole('textbox', { name: 'Handle' });
  await handle.fill('taken.one');
  await page.getByText('Somebody has this handle already.').waitFor();
  await handle.fill('settings');
  await page.getByText('This handle is kept for the site itself.').waitFor();
  await handle.fill('no spaces or dashes-here');
  await page.getByText('Letters a to z').waitFor();
  await handle.fill('Not.Taken');
  await page.getByText('Free', { exact: true }).waitFor();
  assert.deepEqual(faults(), []);
});

test('someone signs up with a password, keeps the codes, logs out and comes back with one of them', async () => {
  const { page, faults } = await freshPhone();
  await page.goto(`${region.server.url}/signup?then=/following`);
  await page.getByRole('textbox', { name: 'Handle' }).fill('pia.words');
  await page.getByRole('radio', { name: '16 to 17' }).click();
  await page.getByRole('button', { name: 'Use a password instead' }).click();
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  const shown = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await shown.first().waitFor();
  const codes = await shown.allTextContents();
  assert.equal(codes.length, 10);
  await shoot(page, 'journey-codes');
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.waitForURL(`${region.server.url}/following`);
  assert.equal((await meOf(page))?.ageBand, '16to17');

  await page.goto(`${region.server.url}/settings`);
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.waitForURL(`${region.server.url}/`);
  assert.equal(await meOf(page), undefined);

  await page.goto(`${region.server.url}/login`);
  await page.getByRole('textbox', { name: 'Handle' }).fill('@Pia.Words');
  await page.getByRole('textbox', { name: 'Password' }).fill('nine green kettle');
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.getByText('The handle or the password is not right.').waitFor();
  await page.getByRole('button', { name: 'Use a recovery code' }).click();
  await page.getByRole('textbox', { name: 'Recovery code' }).fill(codes[3] ?? '');
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.getByText('9 codes left').waitFor();
  assert.equal((await meOf(page))?.handle, 'pia.words');
  assert.deepEqual(faults(), []);
});

test('someone signs up with a passkey and logs in with it, without typing anything', async () => {
  const { page, faults } = await freshPhone();
  const authenticator = await plugAuthenticator(page);
  await page.goto(`${region.server.url}/signup`);
  await page.getByRole('textbox', { name: 'Handle' }).fill('kai.finger');
  await page.getByText('Free', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Create a passkey' }).click();
  await page.getByRole('heading', { name: 'Welcome, kai.finger' }).waitFor();
  assert.equal(await authenticator.passkeyCount(), 1);
  await page.context().clearCookies();
  await page.goto(`${region.server.url}/login`);
  await page.getByRole('button', { name: 'Log in with a passkey' }).click();
  await page.waitForURL(`${region.server.url}/`);
  const me = await meOf(page);
  assert.deepEqual([me?.handle, me?.hasPassword, me?.passkeys], ['kai.finger', false, 1]);
  assert.deepEqual(faults(), []);
});

test('what people see of one, who one is and where one is signed in is changed in the settings', async () => {
  const person = await meet(region.server.url, 'rana.edits');
  const { page, faults } = await freshPhone();
  await signInBrowser(page.context(), region.server.url, person);
  await page.goto(`${region.server.url}/settings/profile`);
  await page.getByRole('textbox', { name: 'Name' }).fill('Rana Edits');
  await page.getByRole('textbox', { name: 'About you' }).fill('Cuts and pastes.');
  await page.getByRole('button', { name: 'Add a link' }).click();
  await page.getByRole('textbox', { name: 'Link 1' }).fill('no address');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('This is no web address.').waitFor();
  await page.getByRole('textbox', { name: 'Link 1' }).fill('rana.example/work');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved').waitFor();
  const changed = await meOf(page);
  assert.deepEqual(
    [changed?.name, changed?.bio, changed?.links],
    ['Rana Edits', 'Cuts and pastes.', ['https://rana.example/work']],
  );

  await page.goto(`${region.server.url}/settings/signing-in`);
  await page.getByText('Command line, since').waitFor();
  await page.getByRole('button', { name: 'Log out everywhere else' }).click();
  await page.getByText('Command line, since').waitFor({ state: 'hidden' });

  await page.goto(`${region.server.url}/settings/account`);
  await page.getByRole('textbox', { name: 'Handle' }).fill('rana.again');
  await page.getByRole('button', { name: 'Change handle' }).click();
  await page.getByText('You are rana.again now').waitFor();
  await page.goto(`${region.server.url}/settings/look`);
  await page.getByRole('radio', { name: 'العربية' }).click();
  await page.waitForFunction(() => document.documentElement.dir === 'rtl');
  assert.deepEqual(faults(), []);
});

/** Signing in counts as saying who one is for ten minutes: this stands for the eleventh, once. */
async function tenMinutesLater(page: Page, path: string): Promise<void> {
  const body = JSON.stringify({ type: 'about:blank', title: 'Confirm', status: 403, code: 'step_up_needed' });
  const answer = { status: 403, contentType: 'application/problem+json', body };
  await page.route(`${region.server.url}${path}`, (route) => route.fulfill(answer), { times: 1 });
}

test('a new passkey needs the person to say who they are', async () => {
  const person = await meet(region.server.url, 'ivo.adds');
  const { page, faults } = await freshPhone();
  const authenticator = await plugAuthenticator(page);
  await signInBrowser(page.context(), region.server.url, person);
  await page.goto(`${region.server.url}/settings/signing-in`);
  await tenMinutesLater(page, '/api/v1/me/passkeys/options');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  const question = page.getByRole('dialog', { name: 'Confirm that it is you' });
  await question.getByRole('textbox', { name: 'Password' }).fill(person.password);
  await question.getByRole('button', { name: 'Confirm', exact: true }).click();
  await page.getByText('Passkey added').waitFor();
  await page.getByText('Since').first().waitFor();
  assert.equal(await authenticator.passkeyCount(), 1);
  assert.deepEqual(faults(), []);
});

test('an account that leaves is hidden at once and comes back whole', async () => {
  const person = await meet(region.server.url, 'lea.leaves');
  const other = await meet(region.server.url, 'olga.looks');
  const { page, faults } = await freshPhone();
  await signInBrowser(page.context(), region.server.url, person);
  await page.goto(`${region.server.url}/settings/account`);
  await page.getByRole('button', { name: 'Delete account' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete account' }).click();
  await page.getByRole('heading', { name: 'Your account is erased on' }).waitFor();
  await shoot(page, 'journey-leaving');
  await assert.rejects(other.call('GET', '/api/v1/accounts/lea.leaves'), /404/);
  await page.getByRole('button', { name: 'Come back' }).click();
  await page.getByText('Welcome back.').waitFor();
  await other.call('GET', '/api/v1/accounts/lea.leaves');
  assert.deepEqual(faults(), []);
});

test('who asks to follow a private account is let in from the inbox; who is blocked is let back in the settings', async () => {
  const owner = await meet(region.server.url, 'nell.shut');
  const asking = await meet(region.server.url, 'otis.asks');
  const { page, faults } = await freshPhone();
  await signInBrowser(page.context(), region.server.url, owner);
  await page.goto(`${region.server.url}/settings/privacy`);
  await page.getByRole('switch', { name: 'Private account' }).click();
  await page.getByRole('switch', { name: 'Private account', checked: true }).waitFor();
  await page.waitForFunction(async () => ((await (await fetch('/api/v1/me')).json()) as Me).isPrivate);
  await asking.call('PUT', '/api/v1/accounts/nell.shut/follow');
  await page.goto(`${region.server.url}/inbox`);
  await page.getByText('otis.asks').first().waitFor();
  await page.getByRole('button', { name: /^(Accept|Let)/ }).click();
  await page.waitForFunction(
    async () => ((await (await fetch('/api/v1/accounts/nell.shut/followers')).json()) as People).accounts.length === 1,
  );
  await owner.call('PUT', '/api/v1/accounts/otis.asks/block');
  await page.goto(`${region.server.url}/settings/privacy`);
  await page.getByRole('button', { name: 'Unblock' }).click();
  await page.getByText('You have blocked nobody.').waitFor();
  assert.deepEqual(faults(), []);
});
