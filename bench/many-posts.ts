/** A region of many posts without any video, for figures of what is public about posts: rows put straight into the database of a stopped server. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { decodeHeads, type HeadsFile } from '@vitrine/ranking';
import { NO_LIMITS, startServer, type RunningServer } from '@vitrine/e2e';
import { cpuSecondsOf } from './machine.ts';

const A_CREATOR = 10;
const TAGS = 200;
const WAIT_MS = 480_000;
const QUIET_MS = 5000;
const QUIET_CPU_SECONDS = 0.5;

/** Fills the database of a data folder; no server may run on it. */
async function fillPosts(dataFolder: string, count: number): Promise<void> {
  const lite = await PGlite.create(join(dataFolder, 'database'));
  const creators = Math.ceil(count / A_CREATOR);
  await lite.exec(`
    insert into accounts (id, handle, name, bio, links, is_private, age_band, created_at)
      select md5('account ' || n)::uuid, 'maker.' || n, 'Maker ' || n, '', '[]', false, '18over', now() from generate_series(1, ${creators}) n;
    insert into posts (account_id, id, video_id, text, audience, allow_comments, allow_duet, allow_stitch, allow_save, allow_embed, allow_recommend,
        labels, alt_text, state, public_number, created_at, published_at)
      select md5('account ' || (n % ${creators} + 1))::uuid, md5('post ' || n)::uuid, md5('video ' || n)::uuid, 'Post ' || n, 'everyone',
        true, true, true, true, true, true, '[]', '', 'published', n, now(), now() - (${count} - n) * interval '1 second'
      from generate_series(1, ${count}) n;
    insert into post_tags (tag, post_id, published_at)
      select distinct 'tag' || (n * k * 7919 % ${TAGS}), md5('post ' || n)::uuid, now() from generate_series(1, ${count}) n, generate_series(1, 2) k;
    update counters set value = ${count} where name = 'post_number';
    analyze;`);
  await lite.close();
}

/** The newest heads. */
export async function newestHeads(url: string): Promise<HeadsFile | undefined> {
  const answer = await fetch(`${url}/api/v1/shelves/heads`);
  return answer.ok ? decodeHeads(new Uint8Array(await answer.arrayBuffer())) : undefined;
}

/** A region with so many posts on its shelves, at rest. */
export async function startManyPosts(
  count: number,
): Promise<{ server: RunningServer; heads: HeadsFile; clear(): Promise<void> }> {
  const first = await startServer({ settings: NO_LIMITS });
  await untilPosts(first.url, 0);
  await first.stop();
  await fillPosts(first.dataFolder, count);
  const server = await startServer({ settings: NO_LIMITS, dataFolder: first.dataFolder });
  const heads = await untilPosts(server.url, count);
  await untilQuiet(server.process.pid ?? 0);
  return {
    server,
    heads,
    clear: async () => {
      await server.close();
      await first.close();
    },
  };
}

/** Until what a first epoch brings with it (every shelf is new to all that look at shelves) is done: it is no part of serving. */
async function untilQuiet(pid: number): Promise<void> {
  for (const endMs = performance.now() + WAIT_MS; performance.now() < endMs;) {
    const before = cpuSecondsOf(pid);
    await delay(QUIET_MS);
    if (cpuSecondsOf(pid) - before < QUIET_CPU_SECONDS) return;
  }
  throw new Error('the server did not come to rest');
}

async function untilPosts(url: string, count: number): Promise<HeadsFile> {
  for (const endMs = performance.now() + WAIT_MS; performance.now() < endMs; await delay(200)) {
    const heads = await newestHeads(url);
    if (heads !== undefined && heads.postCount >= count) return heads;
  }
  throw new Error(`${count} posts did not come to stand on shelves`);
}
