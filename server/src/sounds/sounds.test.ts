import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CardPage, Post, Sound, SoundPage } from '@vitrine/schema';
import { soundBytes } from '../testing/sounds.ts';
import { startTestRegion, type TestRegion } from '../testing/region.ts';
import { sendUpload, waitForPost, waitForUpload } from '../testing/uploads.ts';
import { clipBytes } from '../testing/clips.ts';

const CORPUS = process.env['VITRINE_CORPUS'] ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'corpus');

let region: TestRegion;
let maker: string;
let other: string;
before(async () => {
  region = await startTestRegion();
  maker = (await region.signUp('maker')).token;
  other = (await region.signUp('other')).token;
});
after(() => region.close());

async function sendSound(token: string, bytes: Uint8Array, filename = 'Kiln_song.wav'): Promise<string> {
  const id = await sendUpload(region, token, bytes, { filename });
  await waitForUpload(region, token, id);
  return id;
}

async function read<T>(path: string, token?: string): Promise<T> {
  const answer = await region.call('GET', `/api/v1${path}`, undefined, token);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body as T;
}
const status = async (method: string, path: string, body?: unknown, token?: string) =>
  (await region.call(method, `/api/v1${path}`, body, token)).status;

async function untilReady(id: string, token: string): Promise<Sound> {
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(50)) {
    const answer = await region.call('GET', `/api/v1/sounds/${id}`, undefined, token);
    if (answer.status === 200 && (answer.body as Sound).state === 'ready') return answer.body as Sound;
  }
  throw new Error('the sound was not made');
}

test('an upload of sound becomes a sound with its id, heard by its owner alone until it is lent', async () => {
  const id = await sendSound(maker, soundBytes({ seed: 1 }));
  const own = await untilReady(id, maker);
  assert.deepEqual([own.title, own.artist, own.origin, own.allowUse], ['Kiln song', 'maker', 'upload', false]);
  assert.ok(Math.abs((own.loudnessLufs ?? 0) + 14) < 1, `${own.loudnessLufs}`);
  assert.ok(own.waveform.length === 200 && own.durationMs > 7000);
  assert.match(own.audioUrl ?? '', /^\/media\/private\//);
  assert.equal(await status('GET', `/sounds/${id}`, undefined, other), 404);
  assert.equal(await status('GET', `/sounds/${id}`), 404);
  assert.deepEqual((await read<SoundPage>('/sounds')).sounds, []);
  assert.equal(await status('PATCH', `/sounds/${id}`, { allowUse: true }, other), 404);
  assert.equal(
    await status('PATCH', `/sounds/${id}`, { title: 'Kiln', allowUse: true, licence: 'CC BY 4.0' }, maker),
    204,
  );
  const lent = await read<Sound>(`/sounds/${id}`);
  assert.deepEqual([lent.title, lent.licence, lent.viewer], ['Kiln', 'CC BY 4.0', undefined]);
  assert.match(lent.audioUrl ?? '', /^\/media\/[0-9a-f]{32}$/);
  const bytes = await fetch(`${region.url}${lent.audioUrl}`);
  assert.deepEqual([bytes.status, bytes.headers.get('content-type')], [200, 'audio/mp4']);
  const gone = await fetch(`${region.url}${own.audioUrl}`, { headers: { authorization: `Bearer ${maker}` } });
  assert.equal(gone.status, 404);
  for (const path of ['/sounds', '/sounds?sort=newest', '/sounds?search=kil', '/sounds?search=maker%20kiln'])
    assert.deepEqual(
      (await read<SoundPage>(path)).sounds.map((sound) => sound.id),
      [id],
      path,
    );
  assert.deepEqual((await read<SoundPage>('/sounds?search=kiln%25')).sounds, []);
});

test('sounds are saved, listed and let go', async () => {
  const { sounds } = await read<SoundPage>('/sounds');
  const id = sounds[0]!.id;
  assert.equal(await status('PUT', `/sounds/${id}/save`, undefined, other), 204);
  assert.equal(await status('PUT', `/sounds/${id}/save`, undefined, other), 204);
  const saved = await read<SoundPage>('/me/sounds/saved', other);
  assert.deepEqual(
    saved.sounds.map((sound) => [sound.id, sound.viewer?.hasSaved]),
    [[id, true]],
  );
  assert.deepEqual(
    (await read<SoundPage>('/me/sounds', maker)).sounds.map((sound) => sound.id),
    [id],
  );
  assert.equal(await status('DELETE', `/sounds/${id}/save`, undefined, other), 204);
  assert.deepEqual((await read<SoundPage>('/me/sounds/saved', other)).sounds, []);
});

test('no post is made of sound alone', async () => {
  const id = await sendSound(maker, soundBytes({ seed: 5 }));
  assert.equal(await status('POST', '/posts', { uploadId: id }, maker), 422);
});

test('what the studio sends to edit with stays an upload without a page', async () => {
  const id = await sendUpload(region, maker, soundBytes({ seed: 3 }), { editing: 'true' });
  const upload = await waitForUpload(region, maker, id);
  assert.deepEqual([upload.kind, upload.state], ['sound', 'ready']);
  assert.equal(await status('GET', `/sounds/${id}`, undefined, maker), 404);
});

test('the sound of a published video gets a page that goes with its post', async () => {
  const uploadId = await sendUpload(region, maker, await clipBytes({ hueDegrees: 10, hasAudio: true }));
  const { id } = (await region.call('POST', '/api/v1/posts', { uploadId }, maker)).body as { id: string };
  await waitForPost(region, maker, id);
  const soundId = await untilSound(id);
  const sound = await untilReady(soundId, other);
  assert.deepEqual([sound.origin, sound.artist, sound.post?.id, sound.postCount], ['original', 'maker', id, 1]);
  const { posts } = await read<CardPage>(`/sounds/${soundId}/posts`);
  assert.deepEqual(
    posts.map((card) => [card.id, card.sound?.id, card.sound?.isMuted]),
    [[id, soundId, false]],
  );
  assert.equal(await status('PATCH', `/posts/${id}`, { audience: 'followers' }, maker), 204);
  assert.equal(await status('GET', `/sounds/${soundId}`, undefined, other), 404);
  assert.equal((await fetch(`${region.url}${sound.audioUrl}`)).status, 404);
  assert.equal(await status('PATCH', `/posts/${id}`, { audience: 'everyone' }, maker), 204);
  assert.equal(await status('GET', `/sounds/${soundId}`, undefined, other), 200);
  assert.equal(await status('DELETE', `/posts/${id}`, undefined, maker), 204);
  assert.equal(await status('GET', `/sounds/${soundId}`, undefined, other), 404);
});

async function untilSound(postId: string): Promise<string> {
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(50)) {
    const { sound } = await read<Post>(`/posts/${postId}`, maker);
    if (sound) return sound.id;
  }
  throw new Error('the post got no sound');
}

test(
  'the same recording sent by another is found and offered for credit',
  { skip: existsSync(CORPUS) ? false : 'no corpus' },
  async () => {
    const first = await sendSound(maker, await readFile(join(CORPUS, 'audio', 'md-guitar.mp3')), 'guitar.mp3');
    await untilReady(first, maker);
    assert.equal(await status('PATCH', `/sounds/${first}`, { allowUse: true }, maker), 204);
    const again = await sendSound(other, await readFile(join(CORPUS, 'audio', 'md-guitar.ogg')), 'mine.ogg');
    const found = await untilReady(again, other);
    assert.equal(found.viewer?.sameAs?.id, first);
    assert.equal(await status('PATCH', `/sounds/${again}`, { madeFromId: first }, other), 204);
    assert.deepEqual(
      (await read<Sound>(`/sounds/${again}`, other)).madeFrom.map((credit) => credit.id),
      [first],
    );
    const speech = await sendSound(
      other,
      await readFile(join(CORPUS, 'audio', 'lb-5703-47212-0000.ogg')),
      'speech.ogg',
    );
    assert.equal((await untilReady(speech, other)).viewer?.sameAs, undefined);
  },
);

test("the operator alone makes a sound the library's", async () => {
  const words = { title: 'Slow lamp', artist: 'The script', licence: 'CC0-1.0', creditLine: 'Composed by a script.' };
  const id = await sendSound(other, soundBytes({ seed: 9 }));
  await untilReady(id, other);
  assert.equal(await status('PUT', `/sounds/${id}/library`, words, other), 404);
  const holder = await region.stores.accounts.findHandle('other');
  await region.stores.accounts.grantRole(holder!.accountId, 'operator');
  assert.equal(await status('PUT', `/sounds/${id}/library`, words, other), 204);
  const sound = await read<Sound>(`/sounds/${id}`);
  assert.deepEqual(
    [sound.origin, sound.account, sound.licence, sound.artist],
    ['library', null, 'CC0-1.0', 'The script'],
  );
});

test('a sound has a page that tells other sites what it is', async () => {
  const { sounds } = await read<SoundPage>('/sounds?search=slow%20lamp');
  const page = await fetch(`${region.url}${sounds[0]!.path}`);
  const text = await page.text();
  assert.equal(page.status, 200);
  assert.match(text, /<meta property="og:title" content="Slow lamp, The script"/);
  assert.match(text, /<meta property="og:audio" content="http[^"]+\/media\/[0-9a-f]{32}"/);
  assert.equal((await fetch(`${region.url}/sound/${region.grounds.world.newId()}`)).status, 404);
});
