import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CardPage, Post, Sound, SoundPage } from '@vitrine/schema';
import { clipBytes } from '../testing/clips.ts';
import { startTestRegion, type TestRegion } from '../testing/region.ts';
import { sendUpload, waitForPost, waitForUpload } from '../testing/uploads.ts';

let region: TestRegion;
before(async () => {
  region = await startTestRegion();
});
after(() => region.close());

const read = async <T>(path: string, token?: string): Promise<T> =>
  (await region.call('GET', `/api/v1${path}`, undefined, token)).body as T;

/** Posts a clip, over a sound where one is named, and waits until others see the post's sound. */
async function posted(handle: string, hueDegrees: number, soundId?: string): Promise<{ id: string; soundId: string }> {
  const { token } = await region.signUp(handle);
  const uploadId = await sendUpload(region, token, await clipBytes({ hueDegrees, durationMs: 1500 }));
  await waitForUpload(region, token, uploadId);
  const made = await region.call('POST', '/api/v1/posts', { uploadId, ...(soundId ? { soundId } : {}) }, token);
  assert.equal(made.status, 202, JSON.stringify(made.body));
  const { id } = made.body as { id: string };
  await waitForPost(region, token, id);
  for (const end = Date.now() + 40_000; Date.now() < end; await sleep(80)) {
    const { card } = await read<Post>(`/posts/${id}`);
    if (card?.sound) return { id, soundId: card.sound.id };
  }
  throw new Error('the post got no sound');
}

test('credits hold along a chain of three, and the first sound counts all posts that carry it', async () => {
  const first = await posted('one.sings', 41);
  const second = await posted('two.talks', 42, first.soundId);
  const third = await posted('three.claps', 43, second.soundId);
  assert.equal(new Set([first.soundId, second.soundId, third.soundId]).size, 3);
  const sound = await read<Sound>(`/sounds/${third.soundId}`);
  assert.deepEqual(
    sound.madeFrom.map((credit) => [credit.id, credit.artist]),
    [
      [second.soundId, 'two.talks'],
      [first.soundId, 'one.sings'],
    ],
  );
  const counts = [];
  for (const { soundId } of [first, second, third]) counts.push((await read<Sound>(`/sounds/${soundId}`)).postCount);
  assert.deepEqual(counts, [3, 2, 1]);
  const { posts } = await read<CardPage>(`/sounds/${first.soundId}/posts?sort=newest`);
  assert.deepEqual(
    posts.map((card) => card.id),
    [third.id, second.id, first.id],
  );
  // By the uses of others: its own post does not make a sound trend.
  const { sounds } = await read<SoundPage>('/sounds?sort=trending');
  assert.deepEqual(
    sounds.map((each) => each.id),
    [first.soundId, second.soundId, third.soundId],
  );
});
