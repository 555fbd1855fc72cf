import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { test } from 'node:test';
import type { CardPage, Upload } from '@vitrine/schema';
import { makeClip, meet, NO_LIMITS, PHONE_CLIP, startServer, type Person, type RunningServer } from './index.ts';

const PIECES = 12;

/** One upload over tus, in pieces, by hand: what is acknowledged is what counts. */
interface Sending {
  address: string;
  bytes: Uint8Array<ArrayBuffer>;
  headers: Record<string, string>;
}

async function begin(server: RunningServer, person: Person, path: string): Promise<Sending> {
  const bytes = new Uint8Array(await readFile(path));
  const headers = { authorization: `Bearer ${person.token}`, 'tus-resumable': '1.0.0' };
  const answer = await fetch(`${server.url}/api/v1/uploads`, {
    method: 'POST',
    headers: {
      ...headers,
      'upload-length': String(bytes.length),
      'upload-metadata': `filename ${Buffer.from('holiday.mp4').toString('base64')}`,
    },
  });
  assert.equal(answer.status, 201);
  const address = new URL(answer.headers.get('location') ?? '', `${server.url}/api/v1/uploads`).href;
  return { address, bytes, headers };
}

/** Sends one piece from the offset; gives the offset that was acknowledged. */
async function sendPiece({ address, bytes, headers }: Sending, offset: number): Promise<number> {
  const answer = await fetch(address, {
    method: 'PATCH',
    headers: { ...headers, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
    body: bytes.subarray(offset, offset + Math.ceil(bytes.length / PIECES)),
  });
  assert.equal(answer.status, 204);
  return Number(answer.headers.get('upload-offset'));
}

async function askOffset({ address, headers }: Sending): Promise<number> {
  const answer = await fetch(address, { method: 'HEAD', headers });
  assert.equal(answer.status, 200);
  return Number(answer.headers.get('upload-offset'));
}

test('an upload goes on where it was after the server was killed, again and again, and is published once', async (t) => {
  let server = await startServer({ settings: NO_LIMITS });
  const { dataFolder, port } = server;
  t.after(async () => {
    await server.kill();
    await rm(dataFolder, { recursive: true });
  });
  const person = await meet(server.url, 'ada.resumes');
  const sending = await begin(server, person, await makeClip({ ...PHONE_CLIP, durationMs: 4000, hueDegrees: 60 }));
  let offset = 0;
  let kills = 0;
  while (offset < sending.bytes.length) {
    offset = await sendPiece(sending, offset);
    if (kills < 3 && offset > (sending.bytes.length * (kills + 1)) / 4 && offset < sending.bytes.length) {
      await server.kill();
      kills += 1;
      server = await startServer({ dataFolder, port, settings: NO_LIMITS });
      const held = await askOffset(sending);
      assert.ok(held >= offset, `${held} of ${offset} acknowledged bytes are left`);
      offset = held;
    }
  }
  assert.equal(kills, 3);
  const uploadId = sending.address.split('/').at(-1) ?? '';
  const postIds = await Promise.all([person.publish(uploadId), person.publish(uploadId)]);
  assert.equal(postIds[0], postIds[1], 'asked twice, published once');
  const post = await person.untilPlayable(postIds[0]!);
  assert.ok(Math.abs((post.durationMs ?? 0) - 4000) <= 200);
  const latest = await person.call<CardPage>('GET', '/api/v1/feed/latest');
  assert.equal(latest.posts.length, 1);
});

test('a server killed while it encodes finishes the video after its restart', async (t) => {
  let server = await startServer({ settings: NO_LIMITS });
  const { dataFolder, port } = server;
  t.after(async () => {
    await server.kill();
    await rm(dataFolder, { recursive: true });
  });
  const person = await meet(server.url, 'bea.waits');
  const clip = await makeClip({ codec: 'hevc', widthPx: 1080, heightPx: 1920, durationMs: 4000, hueDegrees: 300 });
  const uploadId = await person.upload(clip);
  const postId = await person.publish(uploadId);
  for (;;) {
    const upload = await person.call<Upload>('GET', `/api/v1/uploads/${uploadId}`);
    if (upload.encoding.some((step) => step.state === 'running')) break;
    assert.notEqual(upload.state, 'failed', upload.problem?.detail);
    assert.ok(
      !upload.encoding.length || !upload.encoding.every((step) => step.state === 'done'),
      'it was too quick to be killed',
    );
  }
  await server.kill();
  server = await startServer({ dataFolder, port, settings: NO_LIMITS });
  const post = await person.untilPlayable(postId, 'all');
  assert.equal(post.renditions.length, 3);
  for (const { url, sizeBytes } of post.renditions) {
    const bytes = await (await fetch(new URL(url, server.url))).arrayBuffer();
    assert.equal(bytes.byteLength, sizeBytes);
  }
});
