/** P5: ranges of 256 KiB per CPU-second through our own server, against nginx over the same bytes. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeClip, PHONE_CLIP } from '@vitrine/e2e';
import { takeRounds, tell } from './figure.ts';
import { servedPerCpuSecond } from './load.ts';
import { startBenchRegion } from './region.ts';
import { startNginx } from './rivals/rivals.ts';

const RANGE_BYTES = 256 * 1024;
const WHAT = 'ranges of 256 KiB per CPU-second';

const region = await startBenchRegion();
const postId = await region.publish(await region.upload(await makeClip(PHONE_CLIP)));
const post = await region.untilPlayable(postId, 'all');
const url = post.renditions[0]?.url ?? '';
const bytes = new Uint8Array(await (await fetch(new URL(url, region.url))).arrayBuffer());
const folder = await mkdtemp(join(tmpdir(), 'vitrine-ranges-'));
// A rendition smaller than a few ranges would measure something else: nginx and we serve the same offsets of the same bytes.
await writeFile(join(folder, 'clip.mp4'), bytes);
const count = Math.max(1, Math.floor(bytes.length / RANGE_BYTES));
const ranges = Array.from(
  { length: count },
  (_, index) => `bytes=${index * RANGE_BYTES}-${Math.min(bytes.length, (index + 1) * RANGE_BYTES) - 1}`,
);
const nginx = await startNginx(folder);
if (nginx) {
  const ours = {
    pid: region.process.pid ?? 0,
    url: new URL(new URL(url, region.url).pathname, `http://127.0.0.1:${region.port}`).href,
    ranges,
  };
  const rival = { ...nginx, url: `${nginx.url}clip.mp4`, ranges };
  await servedPerCpuSecond(ours);
  const result = await takeRounds(5, { ours: () => servedPerCpuSecond(ours), rival: () => servedPerCpuSecond(rival) });
  const told = `${Math.round(result.ours)} against ${Math.round(result.rival)} per CPU-s`;
  tell({ id: 'P5', what: WHAT, value: result.ratio, unit: 'of nginx', limit: { atLeast: 1 / 4 }, ratio: told });
  await nginx.close();
} else {
  tell({ id: 'P5', what: WHAT, notTaken: 'nginx is not installed' });
}
await region.close();
await rm(folder, { recursive: true, force: true });
