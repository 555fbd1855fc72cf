import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Me, Problem, Session } from '@vitrine/schema';
import { heldWorld, startTestRegion, type TestRegion } from '../testing/region.ts';

const clock = heldWorld('2026-11-22T12:00:00.000Z');
const DAY_MS = 86_400_000;
let region: TestRegion;
before(async () => {
  region = await startTestRegion({ world: clock });
});
after(() => region.close());

const PASSWORD = 'a quiet blue heron';
type Told = {
  status: number;
  body: { account: Me; recoveryCodes: string[]; token: string } & Problem;
  headers: Headers;
};
const signUp = async (handle: string, more: object = {}): Promise<Told> =>
  region.call('POST', '/api/v1/accounts', { handle, password: PASSWORD, bearer: true, ...more });
const signIn = async (handle: string, more: object = { password: PASSWORD }): Promise<Told> =>
  region.call('POST', '/api/v1/sessions', { handle, bearer: true, ...more });
const meOf = async (token: string): Promise<{ status: number; body: Me }> =>
  region.call('GET', '/api/v1/me', undefined, token);

test('signing up needs a handle and a password, and gives ten recovery codes and a session', async () => {
  const made = await signUp('Ada.L');
  assert.equal(made.status, 201);
  assert.equal(made.body.account.handle, 'ada.l');
  assert.equal(made.body.recoveryCodes.length, 10);
  assert.equal((await meOf(made.body.token)).body.hasPassword, true);
});

test('a handle is taken once, in whatever spelling, and some are reserved', async () => {
  await signUp('once');
  assert.equal((await signUp('ONCE')).body.code, 'handle_taken');
  assert.equal((await signUp('admin')).body.code, 'handle_reserved');
  assert.equal((await signUp('a b')).status, 400);
});

test('a password that everyone tries is refused and no account is made', async () => {
  assert.equal((await signUp('guess', { password: 'password1' })).body.code, 'password_guessable');
  assert.equal((await signUp('guess')).status, 201);
});

test('the same answer is given for a wrong password and for nobody', async () => {
  await signUp('known');
  const wrong = await signIn('known', { password: 'not the password' });
  const nobody = await signIn('unknown.one', { password: 'not the password' });
  assert.equal(wrong.status, 401);
  assert.deepEqual(wrong.body, nobody.body);
});

test('a recovery code opens the account once', async () => {
  const made = await signUp('codes');
  const [code = ''] = made.body.recoveryCodes;
  assert.equal((await signIn('codes', { recoveryCode: code.toUpperCase() })).status, 201);
  assert.equal((await signIn('codes', { recoveryCode: code })).status, 401);
  assert.equal((await meOf(made.body.token)).body.recoveryCodesLeft, 9);
});

test('another account’s recovery code does not open this one', async () => {
  const one = await signUp('code.one');
  await signUp('code.two');
  assert.equal((await signIn('code.two', { recoveryCode: one.body.recoveryCodes[0] })).status, 401);
});

test('a browser gets its token in a cookie that scripts cannot read, and never in the body', async () => {
  const answer = await region.call('POST', '/api/v1/accounts', { handle: 'browser', password: PASSWORD });
  const cookie = answer.headers.get('set-cookie') ?? '';
  assert.match(cookie, /^s=[\w-]{43}; /);
  assert.match(cookie, /HttpOnly/);
  assert.match(cookie, /SameSite=Lax/);
  assert.ok(!('token' in answer.body));
});

test('under HTTPS the cookie is bound to the host', async () => {
  const https = await startTestRegion({ settings: { PUBLIC_URL: 'https://vitrine.example', REGISTRATION: 'open' } });
  try {
    const answer = await https.call('POST', '/api/v1/accounts', { handle: 'browser', password: PASSWORD });
    assert.match(answer.headers.get('set-cookie') ?? '', /^__Host-s=[^;]+;.*Path=\/;.*Secure/);
  } finally {
    await https.close();
  }
});

test('no token, password or code is stored as it is', async () => {
  const made = await signUp('stored');
  const tables = await Promise.all(
    (['sessions', 'passwords', 'recovery_codes'] as const).map((table) =>
      region.grounds.db.selectFrom(table).selectAll().execute(),
    ),
  );
  const kept = JSON.stringify(tables);
  assert.ok(kept.length > 500);
  for (const secret of [made.body.token, PASSWORD, ...made.body.recoveryCodes]) assert.ok(!kept.includes(secret));
});

test('sessions are listed and ended, one or all others', async () => {
  const { body: first } = await signUp('many');
  const { body: second } = await signIn('many');
  await signIn('many');
  const listed: { body: { sessions: Session[] } } = await region.call(
    'GET',
    '/api/v1/sessions',
    undefined,
    second.token,
  );
  assert.equal(listed.body.sessions.length, 3);
  const current = listed.body.sessions.find((session) => session.isCurrent);
  const other = listed.body.sessions.find((session) => !session.isCurrent);
  assert.equal(current?.kind, 'commandLine');
  assert.equal((await region.call('DELETE', `/api/v1/sessions/${other?.id}`, undefined, second.token)).status, 204);
  assert.equal((await region.call('DELETE', '/api/v1/sessions', undefined, second.token)).status, 204);
  assert.equal((await meOf(first.token)).status, 401);
  assert.equal((await meOf(second.token)).status, 200);
  assert.equal((await region.call('DELETE', '/api/v1/sessions/current', undefined, second.token)).status, 204);
  assert.equal((await meOf(second.token)).status, 401);
});

test('a session of somebody else cannot be ended', async () => {
  const { body: one } = await signUp('mine');
  const { body: two } = await signUp('theirs');
  const listed: { body: { sessions: Session[] } } = await region.call('GET', '/api/v1/sessions', undefined, one.token);
  assert.equal(
    (await region.call('DELETE', `/api/v1/sessions/${listed.body.sessions[0]?.id}`, undefined, two.token)).status,
    404,
  );
  assert.equal((await meOf(one.token)).status, 200);
});

test('a session ends 30 days after its last use, and 180 days after its start however much it is used', async () => {
  const { body: idle } = await signUp('idle');
  clock.forward(29 * DAY_MS);
  assert.equal((await meOf(idle.token)).status, 200);
  clock.forward(29 * DAY_MS);
  assert.equal((await meOf(idle.token)).status, 200);
  clock.forward(31 * DAY_MS);
  assert.equal((await meOf(idle.token)).status, 401);
  const { body: busy } = await signIn('idle');
  for (let week = 0; week < 25; week++) {
    clock.forward(7 * DAY_MS);
    assert.equal((await meOf(busy.token)).status, 200);
  }
  clock.forward(6 * DAY_MS);
  assert.equal((await meOf(busy.token)).status, 401);
});

test('what guards the account asks again who one is after ten minutes; confirming gives a new token', async () => {
  const { body } = await signUp('careful');
  clock.forward(11 * 60_000);
  const refused: Told = await region.call('POST', '/api/v1/me/recovery-codes', undefined, body.token);
  assert.equal(refused.body.code, 'step_up_needed');
  assert.equal((await region.call('POST', '/api/v1/me/step-up', { password: 'wrong' }, body.token)).status, 401);
  const confirmed: { body: { token: string } } = await region.call(
    'POST',
    '/api/v1/me/step-up',
    { password: PASSWORD },
    body.token,
  );
  assert.equal((await meOf(body.token)).status, 401, 'the old token still works');
  const renewed: { status: number; body: { recoveryCodes: string[] } } = await region.call(
    'POST',
    '/api/v1/me/recovery-codes',
    undefined,
    confirmed.body.token,
  );
  assert.equal(renewed.status, 200);
  assert.equal(
    (await signIn('careful', { recoveryCode: body.recoveryCodes[0] })).status,
    401,
    'an old code still works',
  );
  assert.equal((await signIn('careful', { recoveryCode: renewed.body.recoveryCodes[0] })).status, 201);
});

test('a new password ends every other session and replaces the old one', async () => {
  const { body: old } = await signUp('newpass');
  const { body: fresh } = await signIn('newpass');
  assert.equal((await region.call('PUT', '/api/v1/me/password', { password: 'qwertyuiop' }, fresh.token)).status, 422);
  assert.equal(
    (await region.call('PUT', '/api/v1/me/password', { password: 'three green parrots' }, fresh.token)).status,
    204,
  );
  assert.equal((await meOf(old.token)).status, 401);
  assert.equal((await signIn('newpass')).status, 401);
  assert.equal((await signIn('newpass', { password: 'three green parrots' })).status, 201);
});

test('guesses at one account are limited wherever they come from', async () => {
  const strict = await startTestRegion({ settings: { RATE_LIMIT_FACTOR: '0.02' } });
  try {
    await strict.call('POST', '/api/v1/accounts', { handle: 'target', password: PASSWORD });
    const answers: number[] = [];
    for (let guess = 0; guess < 3; guess++)
      answers.push(
        (await strict.call('POST', '/api/v1/sessions', { handle: 'target', password: `guess number ${guess}` })).status,
      );
    assert.deepEqual(answers.slice(-1), [429]);
  } finally {
    await strict.close();
  }
});

test('sign-ups from one network are limited by the hour', async () => {
  const limited = await startTestRegion({ settings: { MAX_SIGNUPS_PER_HOUR: '2' } });
  try {
    const answers: number[] = [];
    for (const handle of ['aa1', 'aa2', 'aa3'])
      answers.push((await limited.call('POST', '/api/v1/accounts', { handle, password: PASSWORD })).status);
    assert.deepEqual(answers, [201, 201, 429]);
  } finally {
    await limited.close();
  }
});

test('by invitation: one code makes one account; closed: none is made', async () => {
  const invited = await startTestRegion({ settings: { REGISTRATION: 'invite' } });
  try {
    const enter = async (handle: string, inviteCode?: string): Promise<Told> =>
      invited.call('POST', '/api/v1/accounts', { handle, password: PASSWORD, ...(inviteCode ? { inviteCode } : {}) });
    assert.equal((await enter('guest')).body.code, 'invite_needed');
    assert.equal((await enter('guest', 'made-up-code-here')).body.code, 'invite_invalid');
    const { code } = await invited.stores.accounts.createInvite();
    assert.equal((await enter('guest', code)).status, 201);
    assert.equal((await enter('guest2', code)).body.code, 'invite_invalid');
  } finally {
    await invited.close();
  }
  const closed = await startTestRegion({ settings: { REGISTRATION: 'closed' } });
  try {
    const refused: Told = await closed.call('POST', '/api/v1/accounts', { handle: 'guest', password: PASSWORD });
    assert.equal(refused.body.code, 'registration_closed');
  } finally {
    await closed.close();
  }
});

test('guesses under a former handle count with those under the present one', async () => {
  const strict = await startTestRegion({ settings: { RATE_LIMIT_FACTOR: '0.05', MAX_SIGNUPS_PER_HOUR: '100' } });
  try {
    const { token } = await strict.signUp('before.this');
    assert.equal((await strict.call('PUT', '/api/v1/me/handle', { handle: 'after.this' }, token)).status, 200);
    const guess = async (handle: string) =>
      (await strict.call('POST', '/api/v1/sessions', { handle, recoveryCode: 'aaaa-bbbb-cccc-dddd' })).status;
    const { accountId } = (await strict.stores.accounts.findHandle('after.this')) ?? {};
    assert.equal(await guess('before.this'), 401);
    assert.equal(await guess('after.this'), 401);
    const counted = await strict.grounds.db.selectFrom('rate_counters').select(['key', 'count']).execute();
    assert.equal(counted.find(({ key }) => key === `sign-in ${accountId}`)?.count, 2);
  } finally {
    await strict.close();
  }
});
