import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { renderFirst, probeSource } from './index.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { runJob } from './run-job.ts';
import { sandboxLayers } from './sandbox/layers.ts';
import { limitsPrefix } from './sandbox/worker-command.ts';
import { makeClip } from './testing/make-clip.ts';

let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-jobs-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

const ORDER = { job: 'probe', sourcePath: '/nowhere', limits: DEFAULT_LIMITS } as const;
/** A worker of a few words: what it does is a line of JavaScript. */
const acting = (script: string) => ({ file: process.execPath, args: ['--input-type=module', '--eval', script] });
const countingRuns = (path: string): string =>
  `import fs from 'node:fs'; fs.appendFileSync(${JSON.stringify(path)}, 'x');`;

test('a process that crashes is tried once more, then the file is refused', async () => {
  const path = join(folder, 'crashes');
  const outcome = await runJob(ORDER, {
    wallMs: 20_000,
    command: acting(`${countingRuns(path)} process.kill(process.pid, 'SIGSEGV'); setInterval(() => {}, 1000);`),
  });
  assert.equal(outcome.kind === 'refused' && 'code' in outcome && outcome.code, 'too_hard');
  assert.equal(readFileSync(path, 'utf8'), 'xx');
});

test('a process that hangs is killed when its time is up, and not tried again', async () => {
  const path = join(folder, 'hangs');
  const outcome = await runJob(ORDER, {
    wallMs: 1_500,
    command: acting(`${countingRuns(path)} setInterval(() => {}, 1000);`),
  });
  assert.equal(outcome.kind, 'refused');
  assert.equal(readFileSync(path, 'utf8'), 'x');
});

test('a process that talks without end is stopped', async () => {
  const outcome = await runJob(ORDER, {
    wallMs: 30_000,
    command: acting(`for (;;) await new Promise((go) => process.stdout.write('x'.repeat(65536), go));`),
  });
  assert.equal(outcome.kind, 'refused');
});

test('a failure of the machine is thrown, not blamed on the file', async () => {
  const script = `process.stdout.write(JSON.stringify({ line: 'failed', message: 'no space left' }) + '\\n')`;
  await assert.rejects(runJob(ORDER, { wallMs: 20_000, command: acting(script) }), /no space left/);
});

test('the worker gets an empty environment', async () => {
  const script = `process.stdout.write(JSON.stringify({ line: 'done', outcome: { kind: 'env', names: Object.keys(process.env) }, cpuMs: 0 }) + '\\n')`;
  const outcome = await runJob<{ kind: 'env'; names: string[] }>(ORDER, { wallMs: 20_000, command: acting(script) });
  assert.deepEqual(outcome.kind === 'env' && outcome.names, []);
});

test('an aborted render leaves nothing behind', async () => {
  const clip = join(folder, 'clip.mp4');
  const outDir = join(folder, 'out');
  await makeClip(clip, { widthPx: 640, heightPx: 360, frames: 60, fps: 30, hasAudio: false });
  const probe = await probeSource({ path: clip });
  assert.equal(probe.kind, 'video');
  if (probe.kind !== 'video') return;
  const abort = new AbortController();
  const order = { sourcePath: clip, outDir, probe: { ...probe, isRemuxable: false }, signal: abort.signal };
  await assert.rejects(renderFirst({ ...order, onProgress: () => abort.abort() }));
  assert.deepEqual(existsSync(outDir) ? readdirSync(outDir) : [], []);
});

test(
  'the limits of layer A are really set',
  { skip: limitsPrefix(10).length === 0 ? 'prlimit is not installed' : false },
  () => {
    const [file = '', ...args] = limitsPrefix(10);
    const told = execFileSync(file, [...args, '/bin/cat', '/proc/self/limits'], { encoding: 'utf8' });
    assert.match(told, /Max address space\s+4294967296/);
    assert.match(told, /Max core file size\s+0/);
    assert.match(told, /Max cpu time\s+10/);
    assert.match(told, /Max open files\s+256/);
    assert.match(told, /Max file size\s+2147483648/);
  },
);

test('each layer says what it is', () => {
  const layers = sandboxLayers();
  assert.equal(layers.a.isOn, true);
  for (const layer of Object.values(layers)) assert.ok(layer.detail.length > 10);
});
