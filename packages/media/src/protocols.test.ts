/** The protocol whitelist alone: playlists that the sniff and the named demuxer would have stopped before. */
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, openSync, closeSync, readSync, constants, rmSync, writeFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-protocols-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

function writePlaylist(name: string, target: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${target}\n#EXT-X-ENDLIST\n`);
  return path;
}

/** Opens a playlist as one, with the whitelists of a source, in a process that may hang. */
function openAsPlaylist(path: string): Promise<void> {
  const source = new URL('./source.ts', import.meta.url).href;
  const limits = new URL('./limits.ts', import.meta.url).href;
  return runScript(`const { openSource } = await import('${source}'); const { DEFAULT_LIMITS } = await import('${limits}');
    openSource(${JSON.stringify(path)}, 'hls', DEFAULT_LIMITS).close();`);
}

/** The same without our whitelist, to show that the playlist would work. */
function openUnguarded(path: string): Promise<void> {
  const nodeAv = import.meta.resolve('node-av');
  return runScript(`const { Dictionary, FormatContext, InputFormat } = await import('${nodeAv}');
    const options = Dictionary.fromObject({ protocol_whitelist: 'file,http,tcp' });
    new FormatContext().openInputSync(${JSON.stringify(`file:${path}`)}, InputFormat.findInputFormat('hls'), options);`);
}

/** A refusal does not matter: what counts is what was touched before it. */
function runScript(script: string): Promise<void> {
  return new Promise((resolve) => {
    const args = ['--input-type=module', '--eval', `${script} process.exit(0);`];
    execFile(process.execPath, args, { timeout: 5_000, killSignal: 'SIGKILL' }, () => resolve());
  });
}

test('a playlist that names a port of this machine dials nothing', async () => {
  let calls = 0;
  const server = createServer((socket) => {
    calls += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const list = writePlaylist('dials.m3u8', `http://127.0.0.1:${port}/part.ts`);
  await openAsPlaylist(list);
  assert.equal(calls, 0);
  await openUnguarded(list);
  assert.ok(calls > 0);
  server.close();
});

test(
  'a playlist that names another local file reads nothing of it',
  { skip: process.platform === 'win32' },
  async () => {
    const pipe = join(folder, 'other.ts');
    execFileSync('mkfifo', [pipe]);
    // What is read from a named pipe is gone: so a reader betrays itself.
    const end = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
    const secret = Buffer.alloc(4096, 0x47);
    writeSync(end, secret);
    const list = writePlaylist('reads.m3u8', pipe);
    await openAsPlaylist(list);
    assert.equal(readSync(end, Buffer.alloc(8192)), secret.length);
    writeSync(end, secret);
    await openUnguarded(list);
    assert.throws(() => readSync(end, Buffer.alloc(8192)), { code: 'EAGAIN' });
    closeSync(end);
  },
);
