import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { KILL_POINTS } from '../platform/kill-points.ts';
import { descendants, startChild } from '../testing/child-server.ts';
import { clipBytes } from '../testing/clips.ts';
import { checkInvariants, openFaultBench, postThrough, type FaultBench } from '../testing/faults.ts';
import { sendUpload, waitForPost, waitForUpload } from '../testing/uploads.ts';

/** The steps after the reply that the upload is whole. */
const STEPS = KILL_POINTS.slice(KILL_POINTS.indexOf('job leased'));

let bench: FaultBench;
before(async () => {
  bench = await openFaultBench();
});
after(() => bench.close());

for (const [n, step] of STEPS.entries()) {
  test(`killed at "${step}", the video is published once`, async () => {
    await postThrough(bench, step, await clipBytes({ hueDegrees: 100 + n, durationMs: 300, codec: 'hevc' }));
  });
}

test('after all those deaths every byte, post and quota is right', () => checkInvariants(bench));

test('a media process that is killed is started again, and the video is published', async () => {
  const server = await startChild(bench.place);
  try {
    const id = await sendUpload(
      server,
      bench.token,
      await clipBytes({ hueDegrees: 200, widthPx: 1080, heightPx: 1920, durationMs: 3000, codec: 'hevc' }),
    );
    const made = await fetch(`${server.url}/api/v1/posts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bench.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ uploadId: id }),
    });
    let killed = 0;
    for (let n = 0; n < 400 && killed === 0; n += 1) {
      for (const one of await descendants(server.process.pid ?? 0)) {
        if (!one.command.includes('worker')) continue;
        process.kill(one.pid, 'SIGKILL');
        killed += 1;
      }
      await sleep(10);
    }
    assert.ok(killed > 0, 'a media process was seen');
    const post = await waitForPost(server, bench.token, ((await made.json()) as { id: string }).id);
    assert.equal(post.state, 'published', JSON.stringify(post.problem));
  } finally {
    await server.stop();
  }
});

test('a refused file leaves nothing public, also when the server dies as it finds out', async () => {
  const doomed = await startChild(bench.place, 'probe done');
  const id = await sendUpload(doomed, bench.token, randomBytes(4000));
  assert.equal(await doomed.ended, 'SIGKILL');
  const server = await startChild(bench.place);
  try {
    const upload = await waitForUpload(server, bench.token, id);
    assert.equal(upload.state, 'failed');
    assert.ok(upload.problem?.detail);
    assert.equal(upload.posterUrl, null);
  } finally {
    await server.stop();
  }
});
