/** P4: one post by id as JSON, per CPU-second of the server, against hello world. */
import { makeClip } from '@vitrine/e2e';
import { takeRounds, tell } from './figure.ts';
import { servedPerCpuSecond } from './load.ts';
import { startBenchRegion } from './region.ts';
import { startHello } from './rivals/rivals.ts';

const region = await startBenchRegion();
const hello = await startHello();
const postId = await region.publish(await region.upload(await makeClip()));
await region.untilPlayable(postId, 'all');
const ours = { pid: region.process.pid ?? 0, url: `http://127.0.0.1:${region.port}/api/v1/posts/${postId}` };
await servedPerCpuSecond(ours);
const result = await takeRounds(5, { ours: () => servedPerCpuSecond(ours), rival: () => servedPerCpuSecond(hello) });
await Promise.all([region.close(), hello.close()]);
tell({
  id: 'P4',
  what: 'one post by id, JSON, served per CPU-second',
  value: result.ratio,
  unit: 'of hello world',
  limit: { atLeast: 1 / 20 },
  ratio: `${Math.round(result.ours)} against ${Math.round(result.rival)} per CPU-s`,
});
