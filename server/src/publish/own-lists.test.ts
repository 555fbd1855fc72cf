import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { OwnPosts } from '@vitrine/schema';
import { makePost, makeRestriction } from '../testing/made-posts.ts';
import { startTestRegion, type TestRegion } from '../testing/region.ts';

let region: TestRegion;
before(async () => {
  region = await startTestRegion();
});
after(() => region.close());

test('who is suspended still lists their own posts, and reads why they are not shown', async () => {
  const author = await region.signUp('author');
  const { id } = await makePost(region.grounds, { accountId: author.id });
  const list = async () => {
    const answer: { status: number; body: OwnPosts } = await region.call(
      'GET',
      '/api/v1/me/posts',
      undefined,
      author.token,
    );
    return [answer.status, answer.body.posts[0]?.state, answer.body.posts[0]?.problem?.code] as const;
  };
  assert.deepEqual(await list(), [200, 'published', undefined]);
  await makeRestriction(region.grounds, { kind: 'account', id: author.id, ground: 'spam' });
  assert.deepEqual(await list(), [200, 'removed', 'suspended']);
  await makeRestriction(region.grounds, { kind: 'post', id, ground: 'hate' });
  assert.deepEqual(await list(), [200, 'removed', 'removed']);
});
