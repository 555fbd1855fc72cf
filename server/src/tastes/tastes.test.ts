import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { heldWorld, startTestRegion, type TestRegion } from '../testing/region.ts';

const DAY_MS = 86_400_000;
const STEP = 64 * 1024;
const world = heldWorld('2026-11-22T10:00:00Z');
let region: TestRegion;
before(async () => {
  region = await startTestRegion({ world });
});
after(() => region.close());

const address = 'ab'.repeat(32);
const send = (method: string, bytes?: Uint8Array<ArrayBuffer>, more: Record<string, string> = {}) =>
  fetch(`${region.url}/api/v1/taste/${address}`, {
    method,
    headers: { ...(bytes ? { 'content-type': 'application/octet-stream' } : {}), ...more },
    ...(bytes ? { body: bytes } : {}),
  });

test('what is put under an address is read there, replaced and deleted, by whoever knows it', async () => {
  const sealed = new Uint8Array(STEP).fill(7);
  assert.equal((await send('GET')).status, 404);
  assert.equal((await send('PUT', sealed)).status, 204);
  assert.deepEqual(new Uint8Array(await (await send('GET')).arrayBuffer()), sealed);
  assert.equal((await send('PUT', new Uint8Array(2 * STEP))).status, 204);
  assert.equal((await (await send('GET')).arrayBuffer()).byteLength, 2 * STEP);
  assert.equal((await send('DELETE')).status, 204);
  assert.equal((await send('GET')).status, 404);
});

test('bytes that are no whole steps, or more than fit, are not taken', async () => {
  assert.equal((await send('PUT', new Uint8Array(100))).status, 400);
  assert.equal((await send('PUT', new Uint8Array(4 * 1024 * 1024 + STEP))).status, 413);
});

test('only address, bytes and a day are kept: nothing of the account whose session came along', async () => {
  const { token } = await region.signUp('somebody');
  assert.equal((await send('PUT', new Uint8Array(STEP), { authorization: `Bearer ${token}` })).status, 204);
  const rows = await region.grounds.db.selectFrom('sealed_tastes').selectAll().execute();
  assert.deepEqual(
    rows.map((row) => Object.keys(row)),
    [['address', 'sealed', 'day']],
  );
  assert.equal(rows[0]?.day, '2026-11-22');
});

test('it goes 180 days after it was last read', async () => {
  world.forward(170 * DAY_MS);
  assert.equal((await send('GET')).status, 200);
  world.forward(179 * DAY_MS);
  await region.stores.sealedTastes.forgetOld();
  world.forward(2 * DAY_MS);
  await region.stores.sealedTastes.forgetOld();
  assert.equal((await send('GET')).status, 404);
});
