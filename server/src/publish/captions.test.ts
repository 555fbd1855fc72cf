import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makePost } from '../testing/made-posts.ts';
import { startTestRegion, type TestRegion } from '../testing/region.ts';

let region: TestRegion;
before(async () => {
  region = await startTestRegion();
});
after(() => region.close());

async function put(token: string, postId: string, language: string): Promise<number> {
  const answer = await fetch(`${region.url}/api/v1/posts/${postId}/captions/${language}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/vtt' },
    body: 'WEBVTT\n\n00:00.000 --> 00:01.000\nhello\n',
  });
  return answer.status;
}
async function keptFiles(): Promise<number> {
  const keys = [];
  for await (const file of region.grounds.media.list('captions/')) keys.push(file.key);
  return keys.length;
}

test('captions that are refused leave no file behind', async () => {
  const author = await region.signUp('author');
  const stranger = await region.signUp('stranger');
  const { id } = await makePost(region.grounds, { accountId: author.id });
  assert.equal(await put(stranger.token, id, 'en'), 404);
  assert.equal(await put(stranger.token, region.grounds.world.newId(), 'en'), 404);
  assert.equal(await keptFiles(), 0);
  const languages = Array.from({ length: 21 }, (_, place) => `a${String.fromCharCode(97 + place)}`);
  const answers = await Promise.all(languages.map((language) => put(author.token, id, language)));
  assert.deepEqual(answers.sort(), [...Array<number>(20).fill(200), 422]);
  assert.equal(await keptFiles(), 20);
});
