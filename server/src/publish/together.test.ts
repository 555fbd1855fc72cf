import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NotificationPage, Post, Sound } from '@vitrine/schema';
import sharp from 'sharp';
import { clipBytes } from '../testing/clips.ts';
import { startTestRegion, type TestRegion } from '../testing/region.ts';
import { soundBytes } from '../testing/sounds.ts';
import { getJson, sendUpload, waitForPost, waitForUpload } from '../testing/uploads.ts';

interface Person {
  token: string;
  id: string;
  handle: string;
}
let region: TestRegion;
let parent: Person;
let child: Person;
let parentPostId: string;
before(async () => {
  region = await startTestRegion();
  parent = await region.signUp('parent');
  child = await region.signUp('child');
  const uploadId = await sendUpload(region, parent.token, await clipBytes({ hueDegrees: 30 }));
  parentPostId = await post(parent, { uploadId, text: 'the first' });
});
after(() => region.close());

async function post(by: Person, body: unknown): Promise<string> {
  const made = await region.call('POST', '/api/v1/posts', body, by.token);
  assert.equal(made.status, 202, JSON.stringify(made.body));
  const { id }: { id: string } = made.body;
  const ready = await waitForPost(region, by.token, id);
  assert.equal(ready.state, 'published', JSON.stringify(ready.problem));
  return id;
}

async function clipOf(by: Person, hueDegrees: number): Promise<string> {
  const id = await sendUpload(region, by.token, await clipBytes({ hueDegrees }), { editing: 'true' });
  await waitForUpload(region, by.token, id);
  return id;
}

async function draftOf(by: Person, edit: Record<string, unknown>): Promise<string> {
  const made = await region.call('POST', '/api/v1/drafts', { edit: { version: 1, kind: 'video', ...edit } }, by.token);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const { id }: { id: string } = made.body;
  return id;
}

const clip = (source: Record<string, string>, id = 'a') => ({ id, source, inMs: 0, outMs: 800 });
const read = (id: string, by: Person): Promise<Post> => getJson<Post>(region, by.token, `/api/v1/posts/${id}`);

async function refusalOf(draftId: string): Promise<string> {
  const made = await region.call('POST', '/api/v1/posts', { draftId }, child.token);
  const { code }: { code: string } = made.body;
  return `${made.status} ${code}`;
}

async function soundOf(postId: string, by: Person): Promise<Sound> {
  const { card } = await read(postId, by);
  for (let wait = 0; wait < 200; wait += 1) {
    const sound = await getJson<Sound>(region, by.token, `/api/v1/sounds/${card?.sound?.id}`);
    if (sound.state === 'ready') return sound;
    await sleep(50);
  }
  throw new Error('the sound was not made');
}

test('a duet names its parent, tells the parent’s author, and its sound is credited to the parent’s', async () => {
  const first = await soundOf(parentPostId, parent);
  const draftId = await draftOf(child, {
    clips: [clip({ uploadId: await clipOf(child, 60) })],
    duet: { postId: parentPostId, layout: 'left' },
  });
  const id = await post(child, { draftId, text: 'the second' });
  const { card } = await read(id, parent);
  assert.deepEqual([card?.parent?.kind, card?.parent?.post?.id], ['duet', parentPostId]);
  assert.equal(card?.parent?.post?.account.handle, 'parent');
  const sound = await soundOf(id, child);
  assert.deepEqual(
    sound.madeFrom.map((one) => one.id),
    [first.id],
  );
  for (let wait = 0; wait < 100; wait += 1) {
    const inbox = await getJson<NotificationPage>(region, parent.token, '/api/v1/me/notifications');
    const told = inbox.notifications.find((line) => line.kind === 'duet');
    if (told) return assert.deepEqual([told.post?.id, told.people[0]?.handle], [id, 'child']);
    await sleep(50);
  }
  assert.fail('nobody told the author');
});

test('a stitch begins with the parent; when that is removed the child stays and says so', async () => {
  const uploadId = await sendUpload(region, parent.token, await clipBytes({ hueDegrees: 90 }));
  const ofParent = await post(parent, { uploadId });
  const draftId = await draftOf(child, {
    clips: [clip({ postId: ofParent }), clip({ uploadId: await clipOf(child, 120) }, 'b')],
  });
  const id = await post(child, { draftId });
  assert.ok(Math.abs(((await read(id, child)).card?.durationMs ?? 0) - 1600) <= 100);
  assert.equal((await read(id, child)).card?.parent?.post?.id, ofParent);
  await region.call('DELETE', `/api/v1/posts/${ofParent}`, undefined, parent.token);
  const { card } = await read(id, child);
  assert.deepEqual(card?.parent, { kind: 'stitch', post: null });
});

test('a parent is used only with its author’s leave, and only where everyone sees it', async () => {
  const mine = await clipOf(child, 150);
  const duetOf = () =>
    draftOf(child, { clips: [clip({ uploadId: mine })], duet: { postId: parentPostId, layout: 'top' } });
  const change = (body: unknown) => region.call('PATCH', `/api/v1/posts/${parentPostId}`, body, parent.token);
  await change({ allow: { duet: false } });
  assert.equal(await refusalOf(await duetOf()), '403 duet_off');
  await change({ allow: { duet: true }, audience: 'followers' });
  await region.call('PUT', '/api/v1/accounts/parent/follow', undefined, child.token);
  assert.equal(await refusalOf(await duetOf()), '404 not_found');
  await change({ audience: 'everyone' });
  await region.call('PUT', '/api/v1/accounts/child/block', undefined, parent.token);
  assert.equal(await refusalOf(await duetOf()), '404 not_found');
  await region.call('DELETE', '/api/v1/accounts/child/block', undefined, parent.token);
});

test('an upload with a sound is one post with that sound under it; a photo likewise, and everyone hears it', async () => {
  const soundId = await sendUpload(region, child.token, soundBytes({ seed: 3 }), { filename: 'tune.wav' });
  await waitForUpload(region, child.token, soundId);
  const videoId = await sendUpload(region, child.token, await clipBytes({ hueDegrees: 180, hasAudio: false }));
  const id = await post(child, { uploadId: videoId, soundId });
  const { card } = await read(id, parent);
  assert.deepEqual([card?.sound?.id, card?.hasAudio, card?.widthPx], [soundId, true, 180]);
  const bytes = await sharp({ create: { width: 90, height: 120, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  const photoId = await sendUpload(region, child.token, bytes, { filename: 'a.png' });
  const { card: photos } = await read(await post(child, { uploadId: photoId, soundId }), parent);
  assert.deepEqual([photos?.kind, photos?.hasAudio, photos?.sound?.id], ['photos', true, soundId]);
  assert.equal((await fetch(new URL(photos?.audio?.url ?? '', region.url))).status, 200);
  const again = await region.call('POST', '/api/v1/posts', { uploadId: soundId }, child.token);
  assert.equal(again.status, 422);
});
