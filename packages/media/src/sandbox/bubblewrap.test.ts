/** Layer B as it really is on this machine: what a program behind the fence can reach and do. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeStills, probeSource, renderFirst } from '../index.ts';
import { makeClip } from '../testing/make-clip.ts';
import { bubblewrapArguments, findBubblewrap, FILTER_FD } from './bubblewrap.ts';
import { DENIED_CALLS } from './denied-calls.ts';
import type { Processor } from './denied-calls.ts';
import { findProgram } from './programs.ts';
import { workerCommand } from './worker-command.ts';
import type { Command } from './worker-command.ts';

const { path: bwrap, filter, detail } = findBubblewrap();
const skip = bwrap === undefined ? detail : filter === undefined ? detail : false;
const perl = findProgram('perl');

let folder = '';
let clip = '';
before(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'vitrine-fence-')));
  clip = join(folder, 'clip.mp4');
  await makeClip(clip, { widthPx: 320, heightPx: 240, frames: 30, fps: 30, hasAudio: true });
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command as the job runner does; its standard output. */
function run({ file, args, filter: program }: Command): Promise<string> {
  const child = spawn(file, args, {
    env: {},
    stdio: ['ignore', 'pipe', 'inherit', program === undefined ? 'ignore' : 'pipe'],
  });
  const pipe = child.stdio[FILTER_FD];
  if (pipe !== null && pipe !== undefined && 'end' in pipe) pipe.end(program);
  let said = '';
  child.stdout?.on('data', (bytes: Buffer) => (said += bytes.toString('utf8')));
  return new Promise(
    (resolve) => void child.once('close', (code) => resolve(code === 0 ? said : `${said}exit ${code}`)),
  );
}

/** Evaluates a few words of JavaScript in a worker's place; they print JSON. */
async function inside(script: string, outDir?: string): Promise<unknown> {
  const node = [process.execPath, '--disable-wasm-trap-handler', '--input-type=module', '--eval', script];
  return JSON.parse(await run(workerCommand({ sourcePaths: [clip], outDir, cpuSeconds: 20 }, node)));
}

test('probe, encode and stills work behind the fence', { skip }, async () => {
  const probe = await probeSource({ path: clip });
  assert.equal(probe.kind, 'video');
  if (probe.kind !== 'video') return;
  const outDir = join(folder, 'out');
  const rendered = await renderFirst({ sourcePath: clip, outDir, probe: { ...probe, isRemuxable: false } });
  assert.equal(rendered.kind, 'rendered');
  assert.equal((await makeStills({ sourcePath: clip, outDir, probe })).kind, 'stills');
});

test('no port of this machine is reached', { skip }, async () => {
  let calls = 0;
  const server = createServer((socket) => {
    calls += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const script = `import net from 'node:net'; net.connect(${port}, '127.0.0.1').on('connect', () => console.log('"connected"')).on('error', ({ code }) => console.log(JSON.stringify(code)));`;
  const unfenced = await run({
    file: process.execPath,
    args: ['--input-type=module', '--eval', `${script} setTimeout(() => process.exit(), 300)`],
  });
  assert.equal(unfenced.trim(), '"connected"');
  assert.equal(calls, 1);
  assert.equal(await inside(script), 'EPERM');
  assert.equal(calls, 1);
  server.close();
});

test(
  'without the filter the network is still another one',
  { skip: bwrap === undefined ? detail : false },
  async () => {
    const script = `import os from 'node:os'; console.log(JSON.stringify(Object.keys(os.networkInterfaces()).filter((name) => name !== 'lo')));`;
    const node = [process.execPath, '--input-type=module', '--eval', script];
    const said = await run({
      file: bwrap!,
      args: [...bubblewrapArguments({ sourcePaths: [clip] }, undefined), ...node],
    });
    assert.deepEqual(JSON.parse(said), []);
  },
);

test('of all files only the source can be read, and only the one folder written', { skip }, async () => {
  const outDir = join(folder, 'written');
  mkdirSync(outDir);
  const other = join(folder, 'other.txt');
  writeFileSync(other, 'of somebody else');
  const reads = ['/etc/passwd', '/proc/self/environ', '/dev/null', other, clip];
  const writes = [join(outDir, 'a'), clip, join(folder, 'b'), '/c', '/usr/lib/d', '/tmp/e'];
  const script = `import fs from 'node:fs';
    const told = (act, path) => { try { act(path); return 'done'; } catch (error) { return error.code; } };
    console.log(JSON.stringify({
      reads: ${JSON.stringify(reads)}.map((path) => told(fs.readFileSync, path)),
      writes: ${JSON.stringify(writes)}.map((path) => told((at) => fs.appendFileSync(at, 'x'), path)),
      env: Object.keys(process.env).filter((name) => name !== 'PWD'),
    }))`;
  const told = (await inside(script, outDir)) as { reads: string[]; writes: string[]; env: string[] };
  assert.deepEqual(told.reads, ['ENOENT', 'ENOENT', 'ENOENT', 'ENOENT', 'done']);
  assert.equal(told.writes[0], 'done');
  for (const code of told.writes.slice(1)) assert.match(code, /^(EROFS|ENOENT|EACCES)$/);
  assert.deepEqual(told.env, []);
  assert.equal(readFileSync(other, 'utf8'), 'of somebody else');
});

test('no second process is started', { skip }, async () => {
  const script = `import { spawnSync } from 'node:child_process'; console.log(JSON.stringify(spawnSync(process.execPath, ['--version']).error?.code ?? 'started'));`;
  assert.equal(await inside(script), 'EPERM');
});

const withoutPerl = perl === undefined ? 'perl is not installed: no other way to make a raw system call' : false;
test('the kernel itself refuses every denied call', { skip: skip !== false ? skip : withoutPerl }, async () => {
  const processor = process.arch as Processor;
  const numbers = DENIED_CALLS.flatMap(({ [processor]: number }) => number ?? []);
  // Arguments that lead nowhere even where a call is let through. fork and vfork would make a second speaker.
  const calls = numbers.filter((number) => number !== 57 && number !== 58);
  const script = `print join(" ", map { syscall(0 + $_, -1, 0, 0, 0, 0, 0) < 0 ? 0 + $! : "passed" } @ARGV);`;
  const fence = bubblewrapArguments({ sourcePaths: [clip] }, FILTER_FD);
  const end = fence.indexOf('--remount-ro');
  const withPerl = [
    ...fence.slice(0, end),
    '--ro-bind',
    perl!,
    perl!,
    '--dev-bind',
    '/dev/null',
    '/dev/null',
    ...fence.slice(end),
    perl!,
    '-e',
    script,
  ];
  const codes = async (list: readonly number[], program: Buffer | undefined): Promise<number[]> => {
    const args = program === undefined ? withPerl.toSpliced(withPerl.indexOf('--seccomp'), 2) : withPerl;
    return (await run({ file: bwrap!, args: [...args, ...list.map(String)], filter: program })).split(' ').map(Number);
  };
  assert.deepEqual(
    await codes(calls, filter),
    calls.map(() => 1),
  );
  assert.deepEqual(await codes([435], filter), [38]);
  // Without the filter most of them get as far as their arguments, so the answer above is the filter's.
  const free = await codes(
    calls.filter((number) => number !== (processor === 'x64' ? 153 : 58)),
    undefined,
  );
  assert.ok(free.filter((code) => code !== 1).length > 30, free.join(' '));
});
