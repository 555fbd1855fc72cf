/** P16: from starting the process on existing data to the first feed answered. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort, makeClip } from '@vitrine/e2e';
import { median, tell } from './figure.ts';
import { startBenchRegion } from './region.ts';

const ROUNDS = 5;
const MAIN = join(import.meta.dirname, '..', 'server', 'start.js');

/** Milliseconds from spawn to the first non-empty answer of the feed. */
async function startOnce(dataFolder: string): Promise<number> {
  const port = await freePort();
  const startedMs = performance.now();
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH, PORT: String(port), DATA_DIR: dataFolder, LOG_LEVEL: 'error' },
    stdio: 'ignore',
  });
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/feed/latest`).catch(() => undefined);
    if (answer?.ok && (await answer.text()).includes('"id"')) break;
    await delay(10);
  }
  const tookMs = performance.now() - startedMs;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  return tookMs;
}

const dataFolder = await mkdtemp(join(tmpdir(), 'vitrine-start-'));
const region = await startBenchRegion({}, dataFolder);
await region.untilPlayable(await region.publish(await region.upload(await makeClip())), 'all');
await region.stop();
const times: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) times.push(await startOnce(dataFolder));
await rm(dataFolder, { recursive: true, force: true });
tell({
  id: 'P16',
  what: 'start on existing data to first feed',
  value: median(times) / 1000,
  unit: 's',
  limit: { atMost: 2 },
  ratio: `median of ${ROUNDS} starts`,
});
