/** P7: processor seconds of all renditions of a 15 s phone clip, every process of the server counted, against one decode by node-av alone. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeClip, PHONE_CLIP } from '@vitrine/e2e';
import { takeRounds, tell } from './figure.ts';
import { followCpu } from './machine.ts';
import { startBenchRegion } from './region.ts';

const ROUNDS = 3;
const RIVAL = join(import.meta.dirname, 'rival-encode.ts');

const folder = await mkdtemp(join(tmpdir(), 'vitrine-all-'));
const region = await startBenchRegion();
const cpu = followCpu(region.process.pid ?? 0);
const clip = await makeClip({ ...PHONE_CLIP, codec: 'hevc' });
const result = await takeRounds(ROUNDS, {
  ours: async () => {
    const uploadId = await region.upload(clip);
    const before = cpu.seconds();
    await region.untilPlayable(await region.publish(uploadId), 'all');
    return cpu.seconds() - before;
  },
  rival: async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [RIVAL, 'all', clip, folder]);
    return (JSON.parse(stdout) as { cpuMs: number }).cpuMs / 1000;
  },
});
cpu.stop();
await region.close();
await rm(folder, { recursive: true, force: true });
tell({
  id: 'P7',
  what: 'all renditions, processor seconds',
  value: result.ratio,
  unit: 'of the rival',
  limit: { atMost: 1.1 },
  ratio: `${result.ours.toFixed(1)} against ${result.rival.toFixed(1)} CPU-s, ${result.kept} rounds; ours has probe, poster, strip and sandbox in it`,
});
