import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clipBytes } from '../testing/clips.ts';
import { makePost } from '../testing/made-posts.ts';
import { startTestRegion, type TestRegion } from '../testing/region.ts';
import { sendUpload, waitForPost } from '../testing/uploads.ts';

let region: TestRegion;
let author: { token: string; id: string };
before(async () => {
  region = await startTestRegion();
  author = await region.signUp('author');
});
after(() => region.close());

async function download(id: string, token?: string) {
  const answer = await fetch(
    `${region.url}/api/v1/posts/${id}/download`,
    token ? { headers: { authorization: `Bearer ${token}` } } : {},
  );
  return { status: answer.status, headers: answer.headers, bytes: new Uint8Array(await answer.arrayBuffer()) };
}

test('anyone gets a copy with the handle in it, made once for all who ask', async () => {
  const uploadId = await sendUpload(region, author.token, await clipBytes());
  const made: { id: string } = (await region.call('POST', '/api/v1/posts', { uploadId }, author.token)).body;
  await waitForPost(region, author.token, made.id);
  const [one, two] = await Promise.all([download(made.id), download(made.id)]);
  assert.equal(one.status, 200);
  assert.equal(one.headers.get('content-type'), 'video/mp4');
  assert.match(one.headers.get('content-disposition') ?? '', /^attachment; filename="author-[0-9a-f]{8}\.mp4"$/);
  assert.equal(one.headers.get('cache-control'), 'private, no-store');
  assert.equal(Buffer.from(one.bytes.subarray(4, 8)).toString(), 'ftyp');
  assert.deepEqual(one.bytes, two.bytes);
  const copies = await region.grounds.db.selectFrom('media_files').select('id').where('kind', '=', 'copy').execute();
  assert.equal(copies.length, 1);
  assert.equal((await fetch(`${region.url}/media/${copies[0]?.id}`)).status, 404);
});

test('where the author does not allow it, or the post is not shown, there is no copy', async () => {
  const kept = await makePost(region.grounds, { accountId: author.id, allow: { save: false } });
  assert.equal((await download(kept.id)).status, 403);
  const hidden = await makePost(region.grounds, { accountId: author.id, audience: 'onlyMe' });
  assert.equal((await download(hidden.id)).status, 404);
});
