import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Post } from '@vitrine/schema';
import { clipBytes } from '../testing/clips.ts';
import { startTestRegion, type TestRegion } from '../testing/region.ts';
import { sendUpload, waitForPost } from '../testing/uploads.ts';

let region: TestRegion;
before(async () => {
  region = await startTestRegion();
});
after(() => region.close());

test('a clip sent over tus is published once its first rendition is there, and plays', async () => {
  const { token } = await region.signUp('maker');
  const bytes = await clipBytes();
  const uploadId = await sendUpload(region, token, bytes);
  const made = await region.call('POST', '/api/v1/posts', { uploadId, text: 'Hello #World' }, token);
  assert.equal(made.status, 202);
  const { id }: { id: string } = made.body;
  const post: Post = await waitForPost(region, token, id);
  assert.equal(post.state, 'published');
  assert.equal(post.hasAudio, true);
  const rendition = post.renditions[0]!;
  const served = await fetch(new URL(rendition.url, region.url));
  assert.equal(served.status, 200);
  assert.equal((await served.arrayBuffer()).byteLength, rendition.sizeBytes);
});
