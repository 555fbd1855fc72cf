/** P3: how the refresh of all shelves and the serving of a first page grow with the region. */
import { createHash } from 'node:crypto';
import {
  type EpochFiles,
  foldBatch,
  keyOf,
  makeEpoch,
  newLogState,
  noFiles,
  putPost,
  refreshAll,
  type ShelfRegion,
  shelfRegion,
} from '@vitrine/ranking';
import { takeRounds, tell } from './figure.ts';
import { servedPerCpuSecond } from './load.ts';
import { startManyPosts } from './many-posts.ts';

const SIZES = [10_000, 100_000, 1_000_000];
const SERVED = [10_000, 100_000] as const;
const ROUNDS = 7;
const START_MS = Date.UTC(2026, 0, 1);
const TEN_MINUTES_MS = 600_000;
/** Reports of ten minutes, the same whatever the size: what changes does not grow with what lies still. */
const REPORTS = 2000;
const breathe = async (): Promise<void> => undefined;

function regionOf(count: number): ShelfRegion {
  const region = shelfRegion(newLogState(new Date(START_MS)));
  for (let post = 1; post <= count; post += 1) {
    const tags = [post * 7919, post * 104_729].map((n) => keyOf('tag', `tag${n % 2000}`));
    const id = `00000000-0000-7000-8000-${post.toString(16).padStart(12, '0')}`;
    const creator = keyOf('creator', String(post % Math.ceil(count / 10)));
    putPost(
      region,
      {
        post,
        id,
        creator,
        sound: 0,
        tags,
        durationMs: 15_000,
        publishedMinute: post,
        language: 0,
        flags: 0,
        restriction: 0,
      },
      { atMs: START_MS, epoch: 1 },
    );
  }
  return region;
}

/** Seconds of the first refresh, and of one ten minutes later. */
async function refreshed(count: number): Promise<{ first: number; later: number; written: number }> {
  const region = regionOf(count);
  let files: EpochFiles = noFiles();
  let written = 0;
  const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const write = async (): Promise<void> => void (written += 1);
  const run = async (epoch: number): Promise<number> => {
    const startMs = performance.now();
    const at = { atMs: START_MS + epoch * TEN_MINUTES_MS, epoch, breathe };
    await refreshAll(region, { ...at, isLearned: false, seed: [epoch] });
    ({ files } = await makeEpoch(region, files, { ...at, hash, write, scope: 'all' }));
    return (performance.now() - startMs) / 1000;
  };
  const first = await run(1);
  const singles = Array.from({ length: REPORTS }, (_, i) => ({
    post: 1 + ((i * 7919) % count),
    outcomeBucket: 9,
    loops: 0,
    isSkip: false,
    weightMillis: 1000,
  }));
  foldBatch(region.state, { minute: new Date(START_MS + TEN_MINUTES_MS), singles, chunks: [] }, () => 0);
  written = 0;
  const later = await run(2);
  return { first, later, written };
}

/** A region of so many posts, and what a signed-out first page asks of it. */
async function servedRegion(count: number): Promise<{ perCpuSecond(): Promise<number>; clear(): Promise<void> }> {
  const { server, heads, clear } = await startManyPosts(count);
  const target = {
    pid: server.process.pid ?? 0,
    url: `http://127.0.0.1:${server.port}/`,
    headers: { 'accept-encoding': 'br' },
    paths: ['/api/v1/shelves/heads', ...heads.shelves.map(({ hash }) => `/api/v1/shelves/${hash}`)],
  };
  await servedPerCpuSecond(target);
  return { perCpuSecond: () => servedPerCpuSecond(target), clear };
}

const times = [];
for (const size of SIZES) times.push({ size, ...(await refreshed(size)) });
for (const [i, { size, first, later, written }] of times.entries()) {
  const before = times[i - 1];
  if (before === undefined) continue;
  tell({
    id: 'P3',
    what: `refresh of all shelves, ${before.size} to ${size} posts`,
    value: later / before.later,
    unit: 'times as long',
    limit: { atMost: 12 },
    ratio: `${later.toFixed(2)} s (${written} files) against ${before.later.toFixed(2)} s (${before.written}); the first one ${first.toFixed(1)} s against ${before.first.toFixed(1)} s`,
  });
}
const [smallPosts, ...largerPosts] = SERVED;
const small = await servedRegion(smallPosts);
for (const count of largerPosts) {
  const large = await servedRegion(count);
  const { ours, rival, ratio } = await takeRounds(ROUNDS, { ours: large.perCpuSecond, rival: small.perCpuSecond });
  await large.clear();
  tell({
    id: 'P3',
    what: `serving of a first page, ${smallPosts} to ${count} posts`,
    value: 1 / ratio,
    unit: 'times the CPU',
    limit: { atMost: 1.1 },
    ratio: `${Math.round(rival)} against ${Math.round(ours)} files per CPU-s, ${ROUNDS} rounds in turn`,
  });
}
await small.clear();
