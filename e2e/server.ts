/** Starts the real server as a process of its own, on a free port and an empty data folder, as a stranger's machine would. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const MAIN = join(import.meta.dirname, '..', 'server', 'start.js');
const START_LIMIT_MS = 90_000;
const STOP_LIMIT_MS = 20_000;
const LOG_TAIL_CHARS = 8000;

/** What a server is started with; everything else is its default. */
interface ServerNeeds {
  /** An existing data folder, for a restart; without it a new one that `close` removes. */
  dataFolder?: string;
  /** The port of the server before, for a restart at the same address. */
  port?: number;
  /** Further settings (docs/operating.md). */
  settings?: Record<string, string>;
}

/** A running server. */
export interface RunningServer {
  /** `http://localhost:PORT`, where passkeys work. */
  url: string;
  port: number;
  dataFolder: string;
  process: ChildProcess;
  /** The end of what it printed. */
  log(): string;
  /** Ends it as an operator would and waits; throws where it does not end or ends badly. */
  stop(): Promise<void>;
  /** Ends it as a power cut would: SIGKILL, no goodbye. */
  kill(): Promise<void>;
  /** Stops it and removes its data folder where we made it. */
  close(): Promise<void>;
}

/** Starts the server and waits until it is ready to serve. */
export async function startServer(needs: ServerNeeds = {}): Promise<RunningServer> {
  const port = needs.port ?? (await freePort());
  const dataFolder = needs.dataFolder ?? (await mkdtemp(join(tmpdir(), 'vitrine-e2e-')));
  const url = `http://localhost:${port}`;
  const child = spawn(process.execPath, [MAIN], {
    env: { ...bareEnvironment(), PORT: String(port), DATA_DIR: dataFolder, ...needs.settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-LOG_TAIL_CHARS)));
  }
  const kill = () => end(child, 'SIGKILL');
  const stop = async () => {
    await end(child, 'SIGTERM');
    if (child.exitCode !== 0) throw new Error(`the server ended with ${child.exitCode ?? child.signalCode}:\n${log}`);
  };
  const close = async () => {
    await end(child, 'SIGTERM').catch(kill);
    if (needs.dataFolder === undefined) await rm(dataFolder, { recursive: true, force: true });
  };
  try {
    await untilReady(url, child);
  } catch (cause) {
    await close();
    throw new Error(`the server did not start:\n${log}`, { cause });
  }
  return { url, port, dataFolder, process: child, log: () => log, stop, kill, close };
}

/** A port of 127.0.0.1 that nobody held a moment ago. */
export async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  listener.close();
  await once(listener, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port of 127.0.0.1 was given');
  return address.port;
}

/** Our own environment without the settings of Vitrine, so that a developer's shell changes no journey. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, LANG } = process.env;
  return { PATH, HOME, TMPDIR, LANG };
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const giveUpAt = performance.now() + START_LIMIT_MS;
  while (performance.now() < giveUpAt) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('it ended before it was ready');
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await delay(100);
  }
  throw new Error(`it was not ready after ${START_LIMIT_MS} ms`);
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  const isLate = Symbol('late');
  const outcome = await Promise.race([ended, delay(STOP_LIMIT_MS, isLate, { ref: false })]);
  if (outcome === isLate) throw new Error(`the server did not end within ${STOP_LIMIT_MS} ms of ${signal}`);
}
