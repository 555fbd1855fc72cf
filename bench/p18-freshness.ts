/** P18: from the moment a post is published until anyone can read it on the fresh shelf. */
import { setTimeout as delay } from 'node:timers/promises';
import { decodeShelf, postIdAt } from '@vitrine/ranking';
import { makeClip } from '@vitrine/e2e';
import { median, tell } from './figure.ts';
import { newestHeads } from './many-posts.ts';
import { startBenchRegion } from './region.ts';

const POSTS = 6;
/** Fresh is written at most every ten seconds: posts come singly here, as in a quiet region. */
const APART_MS = 11_000;
const LOOK_MS = 50;

const region = await startBenchRegion();

async function isFresh(postId: string): Promise<boolean> {
  const hash = (await newestHeads(region.url))?.shelves.find(({ kind }) => kind === 'fresh')?.hash;
  if (hash === undefined) return false;
  const answer = await fetch(`${region.url}/api/v1/shelves/${hash}`);
  const { shelf, ids } = decodeShelf(new Uint8Array(await answer.arrayBuffer()));
  return Array.from({ length: shelf.rows.count }, (_, row) => postIdAt(ids, row)).includes(postId);
}

const waits: number[] = [];
for (let i = 0; i < POSTS; i += 1) {
  const postId = await region.publish(await region.upload(await makeClip()));
  await region.untilPlayable(postId);
  const startMs = performance.now();
  while (!(await isFresh(postId))) await delay(LOOK_MS);
  waits.push(performance.now() - startMs);
  await delay(APART_MS);
}
await region.close();
tell({
  id: 'P18',
  what: 'published until on the fresh shelf',
  value: median(waits) / 1000,
  unit: 's',
  limit: { atMost: 5 },
  ratio: `median of ${POSTS}, longest ${(Math.max(...waits) / 1000).toFixed(1)} s`,
});
tell({
  id: 'P18',
  what: 'report received until the post trends for others',
  notTaken: 'tickets cannot be used within ten minutes; reports reach the log once a minute, shelves ten seconds later',
});
