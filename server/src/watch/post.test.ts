import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Post, Problem } from '@vitrine/schema';
import { makeAccount, makePost, makeRestriction } from '../testing/made-posts.ts';
import { startTestRegion, type TestRegion } from '../testing/region.ts';

let region: TestRegion;
let author = '';
before(async () => {
  region = await startTestRegion();
  author = await makeAccount(region.grounds, { handle: 'author' });
});
after(() => region.close());

async function get(id: string): Promise<{ status: number; body: Post & Problem }> {
  return region.call('GET', `/api/v1/posts/${id}`);
}

test('a public post is told to anyone with its card and without what only its author may know', async () => {
  const { id } = await makePost(region.grounds, {
    accountId: author,
    text: 'hello',
    tags: ['one'],
    labels: ['aiMade'],
  });
  const { status, body } = await get(id);
  assert.equal(status, 200);
  assert.equal(body.state, 'published');
  assert.equal(body.card?.path, `/@author/post/${id}`);
  assert.deepEqual(body.card?.labels, ['aiMade']);
  assert.equal(body.renditions[0]?.heightPx, 960);
  assert.equal(body.encoding, undefined);
  assert.equal(body.card?.viewer, undefined);
});

test('a post that is not for the asker cannot be told from one that does not exist', async () => {
  const nobody = await get(region.grounds.world.newId());
  assert.equal(nobody.status, 404);
  const secret = { text: 'canary-of-private-text' };
  const shut = await makeAccount(region.grounds, { handle: 'shut', isPrivate: true });
  const hidden = [
    await makePost(region.grounds, { accountId: author, audience: 'followers', ...secret }),
    await makePost(region.grounds, { accountId: author, audience: 'onlyMe', ...secret }),
    await makePost(region.grounds, { accountId: author, state: 'processing', ...secret }),
    await makePost(region.grounds, { accountId: shut, ...secret }),
  ];
  const removedPrivate = await makePost(region.grounds, { accountId: author, audience: 'followers', ...secret });
  await makeRestriction(region.grounds, { kind: 'post', id: removedPrivate.id });
  for (const { id } of [...hidden, removedPrivate])
    assert.deepEqual(await get(id).then(({ status, body }) => ({ status, body })), { status: 404, body: nobody.body });
});

test('a public post that the operator removed says so, with ground and date', async () => {
  const { id, renditionFileId } = await makePost(region.grounds, { accountId: author });
  assert.equal((await region.call('GET', `/media/${renditionFileId}`)).status, 200);
  await makeRestriction(region.grounds, { kind: 'post', id, ground: 'hate' });
  const { status, body } = await get(id);
  assert.equal(status, 410);
  assert.equal(body.code, 'removed');
  assert.equal(body.restriction?.ground, 'hate');
  assert.match(body.restriction?.at ?? '', /^\d{4}-\d\d-\d\dT.*Z$/);
});

test('the author sees every state of an own post', async () => {
  const { id } = await makePost(region.grounds, { accountId: author, state: 'processing' });
  const verdict = await region.stores.watch.post(id, author);
  assert.equal(verdict.kind, 'shown');
});

test('posts of a suspended account are gone for all', async () => {
  const accountId = await makeAccount(region.grounds, { handle: 'gone' });
  const { id, renditionFileId } = await makePost(region.grounds, { accountId });
  await makeRestriction(region.grounds, { kind: 'account', id: accountId });
  assert.equal((await get(id)).status, 410);
  assert.equal((await region.call('GET', `/media/${renditionFileId}`)).status, 404);
  assert.deepEqual(await region.stores.watch.cards([id], undefined), []);
});
