import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import type { Me, Problem } from '@vitrine/schema';
import { startTestRegion, type TestRegion } from '../testing/region.ts';

let region: TestRegion;
before(async () => {
  region = await startTestRegion();
});
after(() => region.close());

/** A PNG of one colour that says in a text chunk where it was taken. */
function png(widthPx: number, heightPx: number): Uint8Array<ArrayBuffer> {
  const chunk = (type: string, body: Buffer): Buffer => {
    const framed = Buffer.concat([Buffer.from(type, 'latin1'), body]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(body.length);
    sum.writeUInt32BE(crc32(framed));
    return Buffer.concat([length, framed, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.set([8, 2], 8);
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(widthPx * 3, 0x7f)]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: heightPx }, () => line)));
  return new Uint8Array(
    Buffer.concat([
      Buffer.from('89504e470d0a1a0a', 'hex'),
      chunk('IHDR', header),
      chunk('tEXt', Buffer.from('Comment\0taken at 48.2082 16.3738')),
      chunk('IDAT', pixels),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
}

async function put(
  token: string,
  bytes: Uint8Array<ArrayBuffer>,
  type = 'image/png',
): Promise<{ status: number; body: Me & Problem }> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': type };
  const answer = await fetch(`${region.url}/api/v1/me/avatar`, { method: 'PUT', headers, body: bytes });
  return { status: answer.status, body: (await answer.json()) as Me & Problem };
}

test('a picture becomes a square WebP of ours, without a word of the original', async () => {
  const { token } = await region.signUp('face');
  const told = await put(token, png(600, 400));
  assert.equal(told.status, 200, JSON.stringify(told.body));
  const served = await fetch(region.url + told.body.avatarUrl);
  assert.equal(served.headers.get('content-type'), 'image/webp');
  const bytes = Buffer.from(await served.arrayBuffer());
  assert.equal(bytes.subarray(8, 12).toString('latin1'), 'WEBP');
  assert.ok(!bytes.includes('48.2082'));
});

test('a new avatar replaces the old one, whose file is gone; taken away, none is left', async () => {
  const { token, id } = await region.signUp('face2');
  const first = await put(token, png(300, 300));
  const second = await put(token, png(200, 500));
  assert.equal((await fetch(region.url + first.body.avatarUrl)).status, 404);
  assert.equal((await fetch(region.url + second.body.avatarUrl)).status, 200);
  const dropped: { body: Me } = await region.call('DELETE', '/api/v1/me/avatar', undefined, token);
  assert.equal(dropped.body.avatarUrl, null);
  const rows = await region.grounds.db.selectFrom('media_files').select('id').where('account_id', '=', id).execute();
  assert.deepEqual(rows, []);
  const kept: string[] = [];
  for await (const file of region.grounds.media.list('avatars/')) kept.push(file.key);
  assert.equal(kept.length, 1, 'only the other account’s');
});

test('what is no picture is refused with a reason, and the old avatar stays', async () => {
  const { token } = await region.signUp('face3');
  const told = await put(token, png(300, 300));
  const refused = await put(
    token,
    new Uint8Array(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')),
    'image/svg+xml',
  );
  assert.equal(refused.status, 422);
  assert.equal(refused.body.code, 'picture_refused');
  assert.equal((await fetch(region.url + told.body.avatarUrl)).status, 200);
  assert.equal((await put(token, png(10, 10), 'text/html')).status, 415);
  assert.equal((await put(token, new Uint8Array(10 * 1024 * 1024 + 1))).status, 413);
});

test('the avatar of an erased account is deleted', async () => {
  const { token, id } = await region.signUp('face4');
  const told = await put(token, png(300, 300));
  const { db, world } = region.grounds;
  await db.updateTable('accounts').set({ leaves_at: world.now() }).where('id', '=', id).execute();
  await region.stores.accounts.erase(id);
  await region.drainEvents();
  assert.equal((await fetch(region.url + told.body.avatarUrl)).status, 404);
  assert.deepEqual(await db.selectFrom('media_files').select('id').where('account_id', '=', id).execute(), []);
});
