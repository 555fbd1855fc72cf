import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Post } from '@vitrine/schema';
import { clipBytes } from '../testing/clips.ts';
import { startTestRegion, type TestRegion } from '../testing/region.ts';
import { getJson, sendUpload, waitForPost, waitForUpload } from '../testing/uploads.ts';

let region: TestRegion;
let author: string;
let maker: string;
let parent: Post;
let clipId: string;

before(async () => {
  region = await startTestRegion();
  author = (await region.signUp('author')).token;
  maker = (await region.signUp('maker')).token;
  const uploadId = await sendUpload(region, author, await clipBytes({ hueDegrees: 40, durationMs: 1200 }));
  parent = await waitForPost(region, author, await post(author, { uploadId }));
  for (let n = 0; parent.sound === null && n < 400; n += 1) {
    await sleep(50);
    parent = await getJson<Post>(region, author, `/api/v1/posts/${parent.id}`);
  }
  assert.ok(parent.sound, 'the post got no sound of its own');
  await soundReady(parent.sound.id);
  clipId = await sendUpload(region, maker, await clipBytes({ hueDegrees: 300, durationMs: 1200 }), { editing: 'true' });
  await waitForUpload(region, maker, clipId);
});
after(() => region.close());

async function soundReady(id: string): Promise<void> {
  for (let n = 0; n < 400; n += 1) {
    const { state } = await getJson<{ state: string }>(region, author, `/api/v1/sounds/${id}`);
    if (state === 'ready') return;
    await sleep(50);
  }
  assert.fail('the sound did not become ready');
}

async function send(token: string, path: string, body: object): Promise<{ id: string }> {
  const answer = await fetch(`${region.url}/api/v1/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  assert.ok(answer.ok, text);
  return JSON.parse(text) as { id: string };
}

async function post(token: string, body: object): Promise<string> {
  return (await send(token, 'posts', { text: 'Made', ...body })).id;
}

async function made(edit: object): Promise<Post> {
  const { id: draftId } = await send(maker, 'drafts', {
    edit: { version: 1, kind: 'video', frame: '1:1', clips: [], ...edit },
  });
  const published = await waitForPost(region, maker, await post(maker, { draftId }));
  assert.equal(published.state, 'published', JSON.stringify(published.problem));
  return published;
}

const clip = (changes: object = {}): object => ({
  id: 'own',
  source: { uploadId: clipId },
  inMs: 0,
  outMs: 600,
  ...changes,
});

test('two stretches of an upload, a text and the sound of another post become one post that credits it', async () => {
  const text = { id: 't', text: 'Hello', x: 0.5, y: 0.5, fromMs: 0, toMs: 500 };
  const found = await made({
    clips: [clip(), clip({ id: 'again', inMs: 600, outMs: 1200 })],
    texts: [text],
    originalGain: 0,
    sound: { soundId: parent.sound?.id },
  });
  assert.deepEqual([found.durationMs, found.widthPx, found.heightPx, found.hasAudio], [1200, 1080, 1080, true]);
  assert.equal(found.sound?.id, parent.sound?.id);
});

test('a duet plays beside its parent and names it', async () => {
  const found = await made({ clips: [clip()], duet: { postId: parent.id, layout: 'top' } });
  assert.deepEqual([found.card?.parent?.kind, found.card?.parent?.post?.id], ['duet', parent.id]);
  assert.equal(found.durationMs, 600);
});

test('a stitch begins with its parent and names it', async () => {
  const taken = { id: 'taken', source: { postId: parent.id }, inMs: 0, outMs: 500 };
  const found = await made({ clips: [taken, clip()] });
  assert.deepEqual([found.card?.parent?.kind, found.card?.parent?.post?.id], ['stitch', parent.id]);
  assert.equal(found.durationMs, 1100);
});

test('a sound under a whole upload leaves its pictures and their size as they are', async () => {
  const uploadId = await sendUpload(region, maker, await clipBytes({ hueDegrees: 77, widthPx: 640, heightPx: 360 }));
  const id = await post(maker, { uploadId, soundId: parent.sound?.id });
  const found = await waitForPost(region, maker, id);
  assert.equal(found.state, 'published', JSON.stringify(found.problem));
  assert.deepEqual([found.widthPx, found.heightPx, found.hasAudio], [640, 360, true]);
});
