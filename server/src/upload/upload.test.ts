import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Upload } from '@vitrine/schema';
import { heldWorld, startTestRegion, type TestRegion } from '../testing/region.ts';
import { askOffset, getJson, idOf, openUpload, sendChunk, sendUpload } from '../testing/uploads.ts';
import { expireUploads } from './job.ts';

const MIB = 1024 * 1024;
let region: TestRegion;
let token: string;
before(async () => {
  region = await startTestRegion();
  ({ token } = await region.signUp('sender'));
});
after(() => region.close());

async function problemOf(answer: Response): Promise<string> {
  const body: { code: string } = (await answer.json()) as never;
  return `${answer.status} ${body.code}`;
}

async function keptBytes(uploadId: string): Promise<string | undefined> {
  const source = await region.stores.uploads.source(uploadId);
  if (!source) return undefined;
  const digest = createHash('sha256');
  for await (const chunk of await region.grounds.media.open(source.storeKey)) digest.update(chunk as Uint8Array);
  return digest.digest('hex');
}

/** Starts a chunk, sends some of it and leaves the connection open. */
function hangingChunk(id: string, chunk: { offset: number; bytes: Uint8Array; sizeBytes: number }) {
  const sent = request(`${region.url}/api/v1/uploads/${id}`, {
    method: 'PATCH',
    headers: {
      'tus-resumable': '1.0.0',
      authorization: `Bearer ${token}`,
      'upload-offset': chunk.offset,
      'content-type': 'application/offset+octet-stream',
      'content-length': chunk.sizeBytes,
    },
  });
  sent.on('error', () => undefined);
  sent.write(chunk.bytes);
  return sent;
}

test('an upload that drops goes on where the server says, and every byte is kept', async () => {
  const bytes = randomBytes(3 * MIB);
  const id = idOf(await openUpload(region, token, { sizeBytes: bytes.length }));
  const first = hangingChunk(id, { offset: 0, bytes: bytes.subarray(0, MIB), sizeBytes: bytes.length });
  await sleep(200);
  first.destroy();
  let offset = await askOffset(region, token, id);
  assert.ok(offset > 0 && offset <= MIB, `some bytes had arrived: ${offset}`);
  while (offset < bytes.length) {
    const sent = await sendChunk(region, token, { id, offset, bytes: bytes.subarray(offset, offset + MIB / 2) });
    assert.equal(sent.status, 204);
    offset = Number(sent.headers.get('upload-offset'));
  }
  assert.equal(await keptBytes(id), createHash('sha256').update(bytes).digest('hex'));
  assert.deepEqual(
    (await readdir(join(region.dataDir, 'staging'))).filter((name) => name.startsWith(id)),
    [],
  );
});

test('a second writer takes over from one that hangs, and the bytes are right', async () => {
  const bytes = randomBytes(2 * MIB);
  const id = idOf(await openUpload(region, token, { sizeBytes: bytes.length }));
  const hanging = hangingChunk(id, { offset: 0, bytes: bytes.subarray(0, MIB), sizeBytes: bytes.length });
  // The one that hangs must hold the upload, or it would come second.
  while ((await region.stores.staging.received(id)) !== MIB) await sleep(20);
  const offset = await askOffset(region, token, id);
  const rest = await sendChunk(region, token, { id, offset, bytes: bytes.subarray(offset) });
  assert.equal(rest.status, 204);
  hanging.destroy();
  assert.equal(await keptBytes(id), createHash('sha256').update(bytes).digest('hex'));
});

test('two writers at once: one of them sends, the file is one of the two whole', async () => {
  const bytes = randomBytes(MIB);
  const id = idOf(await openUpload(region, token, { sizeBytes: bytes.length }));
  const both = await Promise.all([
    sendChunk(region, token, { id, offset: 0, bytes }),
    sendChunk(region, token, { id, offset: 0, bytes }),
  ]);
  assert.ok(
    both.some((answer) => answer.status === 204),
    both.map((answer) => answer.status).join(),
  );
  assert.equal(await keptBytes(id), createHash('sha256').update(bytes).digest('hex'));
});

test('finishing twice has one effect', async () => {
  const bytes = randomBytes(1000);
  const id = await sendUpload(region, token, bytes);
  const again = await sendChunk(region, token, { id, offset: bytes.length, bytes: new Uint8Array() });
  assert.equal(again.status, 204);
  const jobs = await region.database.db
    .selectFrom('jobs')
    .select('id')
    .where('subject_id', '=', id)
    .where('kind', '=', 'video.probe')
    .execute();
  assert.equal(jobs.length, 1);
});

test('the same idempotency key continues the same upload; for another file it is refused', async () => {
  const bytes = randomBytes(1000);
  const headers = { 'idempotency-key': 'holiday-1' };
  const first = idOf(await openUpload(region, token, { sizeBytes: bytes.length, headers }));
  await sendChunk(region, token, { id: first, offset: 0, bytes: bytes.subarray(0, 400) });
  assert.equal(idOf(await openUpload(region, token, { sizeBytes: bytes.length, headers })), first);
  assert.equal(await askOffset(region, token, first), 400);
  assert.equal(await problemOf(await openUpload(region, token, { sizeBytes: 999, headers })), '409 key_reused');
});

test('bytes other than those named by their hash are refused, and their room is given back', async () => {
  const own = await region.signUp('garbled');
  const bytes = randomBytes(1000);
  const opened = await openUpload(region, own.token, { sizeBytes: 1000, metadata: { sha256: 'a'.repeat(64) } });
  const sent = await sendChunk(region, own.token, { id: idOf(opened), offset: 0, bytes });
  assert.equal(await problemOf(sent), '460 hash_mismatch');
  const upload = await getJson<Upload>(region, own.token, `/api/v1/uploads/${idOf(opened)}`);
  assert.equal(upload.state, 'failed');
  assert.equal(upload.problem?.code, 'hash_mismatch');
  assert.equal((await region.stores.uploads.quota(own.id)).usedBytes, 0);
});

test('what cannot be taken is refused at once, with a reason', async () => {
  const none = { 'upload-defer-length': '1' };
  const deferred = await fetch(`${region.url}/api/v1/uploads`, {
    method: 'POST',
    headers: { 'tus-resumable': '1.0.0', authorization: `Bearer ${token}`, ...none },
  });
  assert.equal(await problemOf(deferred), '400 length_needed');
  assert.equal(await problemOf(await openUpload(region, token, { sizeBytes: 0 })), '400 empty');
  assert.equal(await problemOf(await openUpload(region, token, { sizeBytes: 2 * 1024 ** 3 + 1 })), '413 too_large');
  const id = idOf(await openUpload(region, token, { sizeBytes: 10 }));
  assert.equal(
    await problemOf(await sendChunk(region, token, { id, offset: 5, bytes: randomBytes(5) })),
    '409 wrong_offset',
  );
  assert.equal(
    await problemOf(await sendChunk(region, token, { id, offset: 0, bytes: randomBytes(11) })),
    '413 too_large',
  );
  assert.equal(await problemOf(await openUpload(region, 'x'.repeat(40), { sizeBytes: 10 })), '401 not_signed_in');
});

test('an id that is none is told so', async () => {
  assert.equal(
    await problemOf(await sendChunk(region, token, { id: 'nonsense', offset: 0, bytes: randomBytes(5) })),
    '400 malformed',
  );
});

test("nobody reaches another's upload", async () => {
  const id = idOf(await openUpload(region, token, { sizeBytes: 10 }));
  const stranger = await region.signUp('stranger');
  assert.equal(
    await problemOf(await sendChunk(region, stranger.token, { id, offset: 0, bytes: randomBytes(10) })),
    '404 not_found',
  );
  const seen = await region.call('GET', `/api/v1/uploads/${id}`, undefined, stranger.token);
  assert.equal(seen.status, 404);
  const dropped = await fetch(`${region.url}/api/v1/uploads/${id}`, {
    method: 'DELETE',
    headers: { 'tus-resumable': '1.0.0', authorization: `Bearer ${stranger.token}` },
  });
  assert.equal(dropped.status, 404);
});

test('an upload is given up by its sender: its bytes and its room are free again', async () => {
  const own = await region.signUp('hesitant');
  const id = idOf(await openUpload(region, own.token, { sizeBytes: 1000 }));
  await sendChunk(region, own.token, { id, offset: 0, bytes: randomBytes(500) });
  const dropped = await fetch(`${region.url}/api/v1/uploads/${id}`, {
    method: 'DELETE',
    headers: { 'tus-resumable': '1.0.0', authorization: `Bearer ${own.token}` },
  });
  assert.equal(dropped.status, 204);
  assert.equal((await region.stores.uploads.quota(own.id)).usedBytes, 0);
  assert.deepEqual(
    (await readdir(join(region.dataDir, 'staging'))).filter((name) => name.startsWith(id)),
    [],
  );
});

test('file names that mean mischief are only shown, never used', async () => {
  const id = await sendUpload(region, token, randomBytes(100), { filename: '../../../etc/passwd\n-rf "\u{1f600}"' });
  const upload = await getJson<Upload>(region, token, `/api/v1/uploads/${id}`);
  assert.match(upload.fileName, /etc\/passwd/);
  for await (const file of region.grounds.media.list('')) assert.doesNotMatch(file.key, /passwd/);
});

test('quota: what is held and what is promised may not pass the limit', async () => {
  const small = await startTestRegion({ settings: { ACCOUNT_QUOTA_BYTES: '1500' } });
  try {
    const { token: own } = await small.signUp('small');
    const opened = await openUpload(small, own, { sizeBytes: 1000 });
    assert.equal(opened.status, 201);
    assert.equal(await problemOf(await openUpload(small, own, { sizeBytes: 501 })), '413 quota_full');
    assert.equal((await openUpload(small, own, { sizeBytes: 500 })).status, 201);
  } finally {
    await small.close();
  }
});

test('a full disk is refused before anything is acknowledged', async () => {
  let freeShare = 0.5;
  const full = await startTestRegion({ askDiskSpace: async () => ({ freeBytes: freeShare * 1e9, freeShare }) });
  try {
    const { token: own } = await full.signUp('full');
    const id = idOf(await openUpload(full, own, { sizeBytes: 1000 }));
    assert.equal(await problemOf(await openUpload(full, own, { sizeBytes: 480_000_000 })), '507 disk_full');
    freeShare = 0.04;
    assert.equal(await problemOf(await openUpload(full, own, { sizeBytes: 10 })), '507 disk_full');
    assert.equal(
      await problemOf(await sendChunk(full, own, { id, offset: 0, bytes: randomBytes(1000) })),
      '507 disk_full',
    );
    assert.equal(await askOffset(full, own, id), 0);
  } finally {
    await full.close();
  }
});

test('the limits that stand in the settings are two gibibytes, ten minutes, twenty gibibytes, two hundred an hour', () => {
  const { settings } = region.grounds;
  assert.deepEqual(
    [settings.maxUploadBytes, settings.maxDurationMs, settings.accountQuotaBytes, settings.maxUploadsPerHour],
    [2 * 1024 ** 3, 600_000, 20 * 1024 ** 3, 200],
  );
});

test('so many uploads an hour and no more', async () => {
  const strict = await startTestRegion({ settings: { MAX_UPLOADS_PER_HOUR: '2' } });
  try {
    const { token: own } = await strict.signUp('busy');
    for (let n = 0; n < 2; n += 1) assert.equal((await openUpload(strict, own, { sizeBytes: 10 })).status, 201);
    const third = await openUpload(strict, own, { sizeBytes: 10 });
    assert.ok(Number(third.headers.get('retry-after')) > 0);
    assert.equal(await problemOf(third), '429 too_many');
  } finally {
    await strict.close();
  }
});

test('an upload that nobody finishes is gone after a day, with its bytes', async () => {
  const world = heldWorld('2026-11-22T12:00:00Z');
  const held = await startTestRegion({ world });
  try {
    const { token: own, id: owner } = await held.signUp('slow');
    const id = idOf(await openUpload(held, own, { sizeBytes: 1000 }));
    await sendChunk(held, own, { id, offset: 0, bytes: randomBytes(10) });
    world.forward(23 * 3_600_000);
    await expireUploads({ ...held.stores, ...held.grounds });
    assert.equal(await askOffset(held, own, id), 10);
    world.forward(2 * 3_600_000);
    await expireUploads({ ...held.stores, ...held.grounds });
    assert.equal((await sendChunk(held, own, { id, offset: 10, bytes: randomBytes(990) })).status, 410);
    assert.equal((await held.stores.uploads.quota(owner)).usedBytes, 0);
    assert.deepEqual(await readdir(join(held.dataDir, 'staging')), []);
  } finally {
    await held.close();
  }
});

test('a hash told with the last piece is compared: other bytes are refused and nothing is kept of them', async () => {
  const bytes = randomBytes(MIB);
  const send = async (sha256: string) => {
    const id = idOf(await openUpload(region, token, { sizeBytes: bytes.length }));
    const headers = {
      'tus-resumable': '1.0.0',
      authorization: `Bearer ${token}`,
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
      'upload-sha256': sha256,
    };
    return { id, answer: await fetch(`${region.url}/api/v1/uploads/${id}`, { method: 'PATCH', headers, body: bytes }) };
  };
  const wrong = await send('0'.repeat(64));
  assert.ok(wrong.answer.status >= 400 && wrong.answer.status < 500, `${wrong.answer.status}`);
  assert.equal(await keptBytes(wrong.id), undefined);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const right = await send(sha256);
  assert.equal(right.answer.status, 204);
  assert.equal(await keptBytes(right.id), sha256);
});
