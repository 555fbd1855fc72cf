import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Me, PasskeyOptions, Problem } from '@vitrine/schema';
import { softAuthenticator } from '../testing/authenticator.ts';
import { heldWorld, startTestRegion, type TestRegion } from '../testing/region.ts';

const clock = heldWorld('2026-11-22T12:00:00.000Z');
let region: TestRegion;
let origin: string;
before(async () => {
  region = await startTestRegion({ world: clock });
  origin = region.url.replace('127.0.0.1', 'localhost');
});
after(() => region.close());

type Told = { status: number; body: { account: Me; token: string; recoveryCodes: string[]; id: string } & Problem };
type Options = {
  status: number;
  body: PasskeyOptions & {
    options: {
      challenge: string;
      authenticatorSelection: object;
      pubKeyCredParams: { alg: number }[];
      userVerification: string;
    };
  };
};
type Device = ReturnType<typeof softAuthenticator>;

async function signUp(handle: string, device: Device, faults = {}): Promise<Told> {
  const asked: Options = await region.call('POST', '/api/v1/passkeys/sign-up-options', { handle });
  return region.call('POST', '/api/v1/passkeys/sign-ups', {
    challengeId: asked.body.challengeId,
    response: device.create(asked.body.options, faults),
    bearer: true,
  });
}

async function signIn(device: Device, faults = {}): Promise<Told> {
  const asked: Options = await region.call('POST', '/api/v1/passkeys/sign-in-options');
  return region.call('POST', '/api/v1/passkeys/sign-ins', {
    challengeId: asked.body.challengeId,
    response: device.get(asked.body.options, faults),
    bearer: true,
  });
}

test('a passkey must be kept by the device and verify its person, with EdDSA, ES256 or RS256', async () => {
  const asked: Options = await region.call('POST', '/api/v1/passkeys/sign-up-options', { handle: 'options' });
  assert.deepEqual(asked.body.options.authenticatorSelection, {
    residentKey: 'required',
    userVerification: 'required',
    requireResidentKey: true,
  });
  assert.deepEqual(
    asked.body.options.pubKeyCredParams.map((one) => one.alg),
    [-8, -7, -257],
  );
});

test('signing up and in takes a handle and a passkey, nothing else', async () => {
  const device = softAuthenticator(origin);
  const made = await signUp('keyholder', device);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.equal(made.body.account.hasPassword, false);
  assert.equal(made.body.account.passkeys, 1);
  assert.equal(made.body.recoveryCodes.length, 10);
  const back = await signIn(device);
  assert.equal(back.status, 201, JSON.stringify(back.body));
  assert.equal(back.body.account.handle, 'keyholder');
});

test('a challenge is answered once and within five minutes', async () => {
  const device = softAuthenticator(origin);
  await signUp('replay', device);
  const asked: Options = await region.call('POST', '/api/v1/passkeys/sign-in-options');
  const answer = { challengeId: asked.body.challengeId, response: device.get(asked.body.options) };
  assert.equal((await region.call('POST', '/api/v1/passkeys/sign-ins', answer)).status, 201);
  assert.equal((await region.call('POST', '/api/v1/passkeys/sign-ins', answer)).status, 401);
  const late: Options = await region.call('POST', '/api/v1/passkeys/sign-in-options');
  clock.forward(5 * 60_000 + 1);
  assert.equal(
    (
      await region.call('POST', '/api/v1/passkeys/sign-ins', {
        challengeId: late.body.challengeId,
        response: device.get(late.body.options),
      })
    ).status,
    401,
  );
});

test('another site’s page, an unverified person, an unknown or a copied passkey is refused', async () => {
  const device = softAuthenticator(origin);
  await signUp('strict', device);
  assert.equal((await signIn(device, { origin: 'https://evil.example' })).status, 401);
  assert.equal((await signIn(device, { isUnverified: true })).status, 401);
  assert.equal((await signIn(softAuthenticator(origin))).status, 401);
  assert.equal((await signIn(device)).status, 201);
  device.turnBack(3);
  assert.equal((await signIn(device)).status, 401);
  assert.equal((await signUp('strict2', softAuthenticator(origin), { isUnverified: true })).status, 401);
  assert.equal((await signUp('strict2', softAuthenticator(origin), { origin: 'https://evil.example' })).status, 401);
});

test('a challenge for one purpose does not serve another', async () => {
  const device = softAuthenticator(origin);
  const made = await signUp('purpose', device);
  const asked: Options = await region.call('POST', '/api/v1/me/step-up/options', undefined, made.body.token);
  assert.equal(
    (
      await region.call('POST', '/api/v1/passkeys/sign-ins', {
        challengeId: asked.body.challengeId,
        response: device.get(asked.body.options),
      })
    ).status,
    401,
  );
});

test('stepping up by passkey renews the session; somebody else’s passkey does not do', async () => {
  const device = softAuthenticator(origin);
  const { body } = await signUp('stepper', device);
  const stranger = softAuthenticator(origin);
  await signUp('stranger', stranger);
  clock.forward(11 * 60_000);
  assert.equal((await region.call('POST', '/api/v1/me/passkeys/options', undefined, body.token)).status, 403);
  const first: Options = await region.call('POST', '/api/v1/me/step-up/options', undefined, body.token);
  assert.equal(
    (
      await region.call(
        'POST',
        '/api/v1/me/step-up',
        { challengeId: first.body.challengeId, response: stranger.get(first.body.options) },
        body.token,
      )
    ).status,
    401,
  );
  const asked: Options = await region.call('POST', '/api/v1/me/step-up/options', undefined, body.token);
  const confirmed: Told = await region.call(
    'POST',
    '/api/v1/me/step-up',
    { challengeId: asked.body.challengeId, response: device.get(asked.body.options) },
    body.token,
  );
  assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body));
  assert.equal((await region.call('POST', '/api/v1/me/passkeys/options', undefined, confirmed.body.token)).status, 200);
});

test('a second passkey is added and removed; the last way into an account stays', async () => {
  const device = softAuthenticator(origin);
  const { body } = await signUp('twokeys', device);
  const second = softAuthenticator(origin);
  const asked: Options = await region.call('POST', '/api/v1/me/passkeys/options', undefined, body.token);
  const answer = { challengeId: asked.body.challengeId, response: second.create(asked.body.options) };
  const added: Told = await region.call('POST', '/api/v1/me/passkeys', answer, body.token);
  assert.equal(added.status, 201, JSON.stringify(added.body));
  assert.equal(added.body.id, second.id);
  assert.equal((await signIn(second)).body.account.handle, 'twokeys');
  assert.equal((await region.call('DELETE', `/api/v1/me/passkeys/${device.id}`, undefined, body.token)).status, 204);
  assert.equal((await signIn(device)).status, 401);
  const last: Told = await region.call('DELETE', `/api/v1/me/passkeys/${second.id}`, undefined, body.token);
  assert.equal(last.body.code, 'last_way_in');
  assert.equal(
    (await region.call('PUT', '/api/v1/me/password', { password: 'three green parrots' }, body.token)).status,
    204,
  );
  assert.equal((await region.call('DELETE', `/api/v1/me/passkeys/${second.id}`, undefined, body.token)).status, 204);
});

test('a passkey belongs to one account', async () => {
  const device = softAuthenticator(origin);
  await signUp('keeper', device);
  const again = await signUp('keeper2', device);
  assert.equal(again.body.code, 'passkey_known');
  const free: { body: { isFree: boolean } } = await region.call('GET', '/api/v1/handles/keeper2');
  assert.equal(free.body.isFree, true, 'the refused sign-up kept the handle');
});

test('an account holds no more than 20 passkeys, however many were asked for at once', async () => {
  const { body } = await signUp('manykeys', softAuthenticator(origin));
  const asked = await Promise.all(
    Array.from({ length: 20 }, () => region.call('POST', '/api/v1/me/passkeys/options', undefined, body.token)),
  );
  const added = await Promise.all(
    asked.map(async (one) => {
      const { challengeId, options } = (one as Options).body;
      const response = softAuthenticator(origin).create(options);
      return (await region.call('POST', '/api/v1/me/passkeys', { challengeId, response }, body.token)) as Told;
    }),
  );
  assert.deepEqual(added.map(({ status }) => status).sort(), [...Array<number>(19).fill(201), 409]);
  assert.equal(added.find(({ status }) => status === 409)?.body.code, 'too_many_passkeys');
});

test('a passkey with an id as long as the standard allows can be removed', async () => {
  const device = softAuthenticator(origin);
  const { body } = await signUp('long.id', device);
  const id = 'A'.repeat(1364);
  await region.grounds.db
    .insertInto('passkeys')
    .values({
      account_id: body.account.id,
      credential_id: id,
      public_key: new Uint8Array(1),
      counter: '0',
      transports: '[]',
      created_at: clock.now(),
    })
    .execute();
  const gone = await region.call('DELETE', `/api/v1/me/passkeys/${id}`, undefined, body.token);
  assert.equal(gone.status, 204);
});
