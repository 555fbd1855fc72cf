import { after, before, test } from 'node:test';
import { KILL_POINTS } from '../platform/kill-points.ts';
import { clipBytes } from '../testing/clips.ts';
import { checkInvariants, openFaultBench, postThrough, type FaultBench } from '../testing/faults.ts';

/** The steps up to the reply that the upload is whole; those after it: publish/faults.test.ts. */
const STEPS = KILL_POINTS.slice(0, KILL_POINTS.indexOf('job leased'));

let bench: FaultBench;
before(async () => {
  bench = await openFaultBench();
});
after(() => bench.close());

for (const [n, step] of STEPS.entries()) {
  test(`killed at "${step}", the upload goes on and is published once`, async () => {
    await postThrough(bench, step, await clipBytes({ hueDegrees: n, durationMs: 300 }));
  });
}

test('after all those deaths every byte, post and quota is right', () => checkInvariants(bench));
