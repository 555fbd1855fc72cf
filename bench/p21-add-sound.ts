/** P21: processor time of laying a sound under an uploaded clip of 15 s, against node-av alone doing the same; the picture is copied. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { emptyEdit, type SourceKey } from '@vitrine/edit';
import { makeClip, PHONE_CLIP } from '@vitrine/e2e';
import { composeEdit, probeSource, type ComposeSource } from '@vitrine/media';
import { videoEditSchema } from '@vitrine/schema';
import { takeRounds, tell } from './figure.ts';

const ROUNDS = 7;
const RIVAL = join(import.meta.dirname, 'rival-add-sound.ts');
const UPLOAD = '01980000-0000-7000-8000-000000000001';
const SOUND = '01980000-0000-7000-8000-000000000002';

const folder = await mkdtemp(join(tmpdir(), 'vitrine-add-sound-'));
const clip = await makeClip({ ...PHONE_CLIP, codec: 'h264' });
const probe = await probeSource({ path: clip });
if (probe.kind !== 'video') throw new Error('the clip is no video');
const source: ComposeSource = { path: clip, probe };
const edit = videoEditSchema.parse({
  ...emptyEdit(),
  clips: [{ id: 'a', source: { uploadId: UPLOAD }, inMs: 0, outMs: probe.durationMs, fit: 'contain' }],
  sound: { soundId: SOUND },
});
const sources = new Map<SourceKey, ComposeSource>([
  [`upload:${UPLOAD}`, source],
  [`sound:${SOUND}`, source],
]);
let rounds = 0;
const result = await takeRounds(ROUNDS, {
  ours: async () => {
    const made = await composeEdit({ edit, sources, outDir: join(folder, `ours${rounds++}`) });
    if (made.kind !== 'composed' || !made.isPictureCopied) throw new Error('the picture was not copied');
    return made.cpuMs / 1000;
  },
  rival: async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [RIVAL, clip, clip, folder]);
    return (JSON.parse(stdout) as { cpuMs: number }).cpuMs / 1000;
  },
});
await rm(folder, { recursive: true, force: true });
tell({
  id: 'P21',
  what: 'a sound laid under a clip, processor seconds',
  value: result.ratio,
  unit: 'of the rival',
  limit: { atMost: 1.2 },
  ratio: `${result.ours.toFixed(2)} against ${result.rival.toFixed(2)} CPU-s, ${result.kept} rounds; the picture is copied in both`,
});
