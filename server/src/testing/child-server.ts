/** The real server as a process of its own, to be killed and started again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KillPoint } from '../platform/kill-points.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const PATIENCE_MS = 60_000;

/** A server that can be killed. */
export interface ChildServer {
  url: string;
  process: ChildProcess;
  /** What it printed. */
  log(): string;
  /** Resolves when it has ended; with the signal, if one ended it. */
  ended: Promise<NodeJS.Signals | null>;
  stop(): Promise<void>;
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (typeof address !== 'object' || !address) throw new Error('no free port');
  return address.port;
}

/** Where a server runs. */
export interface Place {
  dataDir: string;
  port: number;
  /** Further settings by their environment names. */
  settings?: Readonly<Record<string, string>>;
}

/** Starts the server on a folder and waits until it answers. With `killAt` it will kill itself at that step. */
export async function startChild(place: Place, killAt?: KillPoint): Promise<ChildServer> {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env.PATH,
      PORT: String(place.port),
      DATA_DIR: place.dataDir,
      LOG_LEVEL: 'error',
      RATE_LIMIT_FACTOR: '1000',
      MEDIA_PROCESSES: '1',
      ...place.settings,
      ...(killAt ? { VITRINE_KILL_AT: killAt } : {}),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (log += text));
  const ended = once(child, 'exit').then(() => child.signalCode);
  const url = `http://127.0.0.1:${place.port}`;
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    if (child.exitCode !== null || child.signalCode) throw new Error(`the server ended at its start:\n${log}`);
    const isUp = await fetch(`${url}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isUp) break;
    if (Date.now() > deadline) throw new Error(`the server did not start:\n${log}`);
    await sleep(50);
  }
  return {
    url,
    process: child,
    log: () => log,
    ended,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The processes that descend from one, with their command lines (Linux). */
export async function descendants(pid: number): Promise<{ pid: number; command: string }[]> {
  const all: { pid: number; parent: number; command: string }[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => undefined);
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    if (stat)
      all.push({ pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]), command });
  }
  const found: { pid: number; command: string }[] = [];
  let parents = [pid];
  while (parents.length > 0) {
    const children = all.filter((one) => parents.includes(one.parent));
    found.push(...children);
    parents = children.map((one) => one.pid);
  }
  return found;
}
