import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Draft, DraftPage, OwnPosts, Post } from '@vitrine/schema';
import { openDatabase } from '../platform/database.ts';
import type { KillPoint } from '../platform/kill-points.ts';
import { readSettings } from '../platform/settings.ts';
import { startChild, type ChildServer } from '../testing/child-server.ts';
import { clipBytes } from '../testing/clips.ts';
import { openFaultBench, type FaultBench } from '../testing/faults.ts';
import { getJson, sendUpload, waitForPost, waitForUpload } from '../testing/uploads.ts';

/** The step after those of composed-faults.test.ts: the publication itself. */
const LAST_STEP: KillPoint = 'first rendition published';

let bench: FaultBench;
let uploadIds: string[];
before(async () => {
  bench = await openFaultBench();
  uploadIds = await withServer(async (server) => {
    const ids: string[] = [];
    for (const hueDegrees of [15, 45]) {
      const bytes = await clipBytes({ hueDegrees, durationMs: 400 });
      const id = await sendUpload(server, bench.token, bytes, { editing: 'true' });
      await waitForUpload(server, bench.token, id);
      ids.push(id);
    }
    return ids;
  });
});
after(() => bench.close());

async function withServer<T>(act: (server: ChildServer) => Promise<T>): Promise<T> {
  const server = await startChild(bench.place);
  try {
    return await act(server);
  } finally {
    await server.stop();
  }
}

async function call<T>(server: ChildServer, path: string, order: { body: unknown; headers?: Record<string, string> }) {
  const answer = await fetch(server.url + path, {
    method: order.headers?.['if-match'] ? 'PUT' : 'POST',
    headers: { authorization: `Bearer ${bench.token}`, 'content-type': 'application/json', ...order.headers },
    body: JSON.stringify(order.body),
  });
  assert.ok(answer.ok, `${path}: ${answer.status}`);
  return (await answer.json()) as T;
}

const clips = () =>
  uploadIds.map((uploadId, index) => ({ id: `c${index}`, source: { uploadId }, inMs: 0, outMs: 300 }));
const draftBody = (title: string) => ({ title, edit: { version: 1, kind: 'video', frame: '1:1', clips: clips() } });
const makeDraft = async (server: ChildServer, title: string): Promise<string> =>
  (await call<{ id: string }>(server, '/api/v1/drafts', { body: draftBody(title) })).id;
const publish = (server: ChildServer, key: string, body: unknown): Promise<{ id: string }> =>
  call(server, '/api/v1/posts', { body, headers: { 'idempotency-key': key } });

test('a draft that was saved is there after the server was killed', async () => {
  const doomed = await startChild(bench.place);
  const id = await makeDraft(doomed, 'one');
  await call(doomed, `/api/v1/drafts/${id}`, { body: draftBody('two'), headers: { 'if-match': '"1"' } });
  doomed.process.kill('SIGKILL');
  await doomed.ended;
  await withServer(async (server) => {
    const draft = await getJson<Draft>(server, bench.token, `/api/v1/drafts/${id}`);
    assert.deepEqual([draft.title, draft.version, draft.uploads.length], ['two', 2, 2]);
  });
});

test('killed as its post is published, a draft ends and the post is published once', async () => {
  const draftId = await withServer((server) => makeDraft(server, 'last'));
  const key = 'last-step';
  const doomed = await startChild(bench.place, LAST_STEP);
  await publish(doomed, key, { draftId }).catch(() => undefined);
  const signal = await Promise.race([doomed.ended, sleep(60_000, undefined, { ref: false })]);
  if (signal !== 'SIGKILL') await doomed.stop();
  assert.equal(signal, 'SIGKILL', `the step was reached\n${doomed.log()}`);
  await withServer(async (server) => {
    const { id } = await publish(server, key, { draftId });
    const post: Post = await waitForPost(server, bench.token, id);
    assert.equal(post.state, 'published', JSON.stringify(post.problem));
    const { drafts } = await getJson<DraftPage>(server, bench.token, '/api/v1/drafts');
    assert.ok(!drafts.some((draft) => draft.id === draftId));
  });
});

test('a scheduled post whose time comes while the server is dead is published once', async () => {
  const doomed = await startChild(bench.place);
  const draftId = await makeDraft(doomed, 'later');
  const atMs = Date.now() + 3000;
  const { id } = await publish(doomed, 'scheduled', { draftId, publishAt: new Date(atMs).toISOString() });
  doomed.process.kill('SIGKILL');
  await doomed.ended;
  await sleep(Math.max(0, atMs - Date.now()));
  await withServer(async (server) => {
    for (let wait = 0; wait < 600; wait += 1) {
      const post = await getJson<Post>(server, bench.token, `/api/v1/posts/${id}`);
      if (post.state === 'published') return;
      await sleep(50);
    }
    assert.fail('it was not published');
  });
});

test('after all those deaths each post was published once, and every upload is still there', async () => {
  await withServer(async (server) => {
    const { posts } = await getJson<OwnPosts>(server, bench.token, '/api/v1/me/posts?limit=50');
    assert.deepEqual(
      posts.map((post) => post.state),
      ['published', 'published'],
    );
  });
  const database = await openDatabase(readSettings({ DATA_DIR: bench.place.dataDir, ...bench.place.settings }));
  try {
    const told = await database.db
      .selectFrom('outbox')
      .select('writer_key')
      .where('kind', '=', 'post.published')
      .execute();
    assert.equal(new Set(told.map((row) => row.writer_key)).size, told.length);
    assert.equal(told.length, 2);
    const sources = await database.db.selectFrom('sources').select('id').execute();
    assert.deepEqual(sources.map((source) => source.id).toSorted(), uploadIds.toSorted());
  } finally {
    await database.close();
  }
});
