import assert from 'node:assert/strict';
import { test } from 'node:test';
import { journeys, makeClip, meet, type Person, untilShelved } from './index.ts';

const POSTS = 6;
let author: Person;

const region = journeys({
  prepare: async () => {
    author = await meet(region.server.url, 'mara.kiln');
    const clip = await makeClip();
    for (let number = 0; number < POSTS; number += 1) {
      const uploadId = await author.upload(clip, `clip ${number}.mp4`);
      const id = await author.publish(uploadId, { text: `Clip ${number} #${number % 2 ? 'glaze' : 'noodles'}` });
      await author.untilPlayable(id);
    }
    await untilShelved(region.server.url, POSTS);
  },
});

test('somebody signed out is shown every post once, ranked without a cookie', async () => {
  const { page } = await region.open();
  const asked: { path: string; cookie: string | undefined }[] = [];
  page.on('request', (request) => {
    const path = new URL(request.url()).pathname;
    if (path.startsWith('/api/')) void request.allHeaders().then((all) => asked.push({ path, cookie: all['cookie'] }));
  });
  await page.reload();
  const seen = new Set<string>();
  for (let swipes = 0; swipes < POSTS; swipes += 1) {
    await page.waitForFunction(() => [...document.querySelectorAll('video')].some((video) => !video.paused));
    seen.add(
      await page.evaluate(
        () => [...document.querySelectorAll('video')].find((video) => !video.paused)?.dataset['post'] ?? '',
      ),
    );
    await page.keyboard.press('j');
    await page.waitForTimeout(900);
  }
  assert.equal(seen.size, POSTS);
  assert.ok(asked.some(({ path }) => path === '/api/v1/shelves/heads'));
  assert.ok(!asked.some(({ path }) => path.startsWith('/api/v1/feed/')), 'no list came from the server');
  assert.deepEqual(
    asked.filter(({ path, cookie }) => path.startsWith('/api/v1/shelves') && cookie !== undefined),
    [],
  );
});
