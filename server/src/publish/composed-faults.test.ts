import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OwnPosts } from '@vitrine/schema';
import { openDatabase } from '../platform/database.ts';
import type { KillPoint } from '../platform/kill-points.ts';
import { openLocalStore } from '../platform/media-store.ts';
import { readSettings } from '../platform/settings.ts';
import { systemWorld } from '../platform/world.ts';
import { startChild, type ChildServer } from '../testing/child-server.ts';
import { clipBytes } from '../testing/clips.ts';
import { openFaultBench, type FaultBench } from '../testing/faults.ts';
import { getJson, sendUpload, waitForAllRenditions, waitForPost, waitForUpload } from '../testing/uploads.ts';
import { compareStore } from '../transcode/sweep.ts';

const STEPS: KillPoint[] = ['probe done', 'mid-encode', 'output fsynced', "before renditions' commit", 'committed'];

let bench: FaultBench;
const drafts: string[] = [];

before(async () => {
  bench = await openFaultBench();
  const server = await startChild(bench.place);
  try {
    const uploadId = await sendUpload(server, bench.token, await clipBytes({ hueDegrees: 12, durationMs: 1000 }), {
      editing: 'true',
    });
    await waitForUpload(server, bench.token, uploadId);
    const clip = { source: { uploadId }, inMs: 0, outMs: 400 };
    const clips = [
      { id: 'a', ...clip },
      { id: 'b', ...clip, filter: 'mono' },
    ];
    for (const _ of STEPS)
      drafts.push(await send(server, 'drafts', { edit: { version: 1, kind: 'video', frame: '1:1', clips } }));
  } finally {
    await server.stop();
  }
});
after(() => bench.close());

async function send(server: ChildServer, path: string, body: object, key?: string): Promise<string> {
  const answer = await fetch(`${server.url}/api/v1/${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${bench.token}`,
      'content-type': 'application/json',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  assert.ok(answer.ok, text);
  return (JSON.parse(text) as { id: string }).id;
}

for (const [n, step] of STEPS.entries()) {
  test(`killed at "${step}", what was put together is published once`, async () => {
    const order = { draftId: drafts[n], text: step };
    const key = `made-${n}`;
    const doomed = await startChild(bench.place, step);
    await send(doomed, 'posts', order, key).catch(() => undefined);
    const signal = await Promise.race([doomed.ended, sleep(60_000, undefined, { ref: false })]);
    if (signal !== 'SIGKILL') {
      await doomed.stop();
      assert.fail(`the step was never reached\n${doomed.log()}`);
    }
    const server = await startChild(bench.place);
    try {
      const post = await waitForPost(server, bench.token, await send(server, 'posts', order, key));
      assert.equal(post.state, 'published', JSON.stringify(post.problem));
      const whole = await waitForAllRenditions(server, bench.token, post.id);
      assert.deepEqual(whole.renditions.map((rendition) => rendition.heightPx).toSorted(), [1080, 540, 720]);
    } finally {
      await server.stop();
    }
  });
}

test('after all those deaths there is one post for each draft, and no file is missing or left at work', async () => {
  const server = await startChild(bench.place);
  try {
    const { posts } = await getJson<OwnPosts>(server, bench.token, '/api/v1/me/posts?limit=50');
    assert.equal(posts.filter((post) => post.state === 'published').length, STEPS.length);
    assert.equal(posts.length, STEPS.length);
    assert.deepEqual((await getJson<{ drafts: object[] }>(server, bench.token, '/api/v1/drafts')).drafts, []);
  } finally {
    await server.stop();
  }
  const { dataDir, settings } = bench.place;
  assert.deepEqual(await readdir(join(dataDir, 'work')), []);
  const database = await openDatabase(readSettings({ DATA_DIR: dataDir, ...settings }));
  try {
    const { db } = database;
    const media = openLocalStore(join(dataDir, 'media'));
    const { missing } = await compareStore({ db, world: systemWorld(), media, report: () => undefined });
    assert.deepEqual(missing, []);
    const { held_bytes: held } = await db.selectFrom('quotas').select('held_bytes').executeTakeFirstOrThrow();
    const sources = await db.selectFrom('sources').select('size_bytes').execute();
    assert.equal(
      Number(held),
      sources.reduce((sum, { size_bytes: size }) => sum + Number(size), 0),
    );
  } finally {
    await database.close();
  }
});
