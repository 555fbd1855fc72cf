/** P8: twenty clips queued at once: how much of the machine the queue uses, against the bound of its own processor time. */
import { availableParallelism } from 'node:os';
import { makeClip, PHONE_CLIP } from '@vitrine/e2e';
import { tell } from './figure.ts';
import { followCpu } from './machine.ts';
import { startBenchRegion } from './region.ts';

const CLIPS = 20;
const cores = availableParallelism();

const region = await startBenchRegion();
const cpu = followCpu(region.process.pid ?? 0);
const clips = await Promise.all(
  Array.from({ length: CLIPS }, (_, place) =>
    makeClip({ ...PHONE_CLIP, durationMs: 4000, codec: 'hevc', hueDegrees: place * 18 }),
  ),
);
const cpuBefore = cpu.seconds();
const startedMs = performance.now();
const posts = await Promise.all(clips.map(async (clip) => region.publish(await region.upload(clip))));
for (const post of posts) await region.untilPlayable(post, 'all');
const wallSeconds = (performance.now() - startedMs) / 1000;
const cpuSeconds = cpu.seconds() - cpuBefore;
cpu.stop();
await region.close();
tell({
  id: 'P8',
  what: `${CLIPS} clips queued on ${cores} cores`,
  value: cpuSeconds / cores / wallSeconds,
  unit: 'of the bound',
  limit: { atLeast: 0.85 },
  ratio: `${cpuSeconds.toFixed(1)} CPU-s in ${wallSeconds.toFixed(1)} s`,
});
