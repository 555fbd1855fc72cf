/** `npm run demo`: a region on a temporary folder with invented people, painted clips and composed tunes. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { VISITOR } from './demo/people.ts';
import type { DemoPost } from './demo/demo-post.ts';
import { FIRST_POSTS, POSTS } from './demo/posts.ts';
import { introduce, putOnline, react, settle } from './demo/publish.ts';
import { lendTunes, SHARED_TUNES, type SoundIds } from './demo/sounds.ts';
import { openStudio, type Studio } from './demo/studio.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const START_LIMIT_S = 120;
/** Posts on their way at the same time: enough to keep the studio and the server's worker busy. */
const POSTS_AT_ONCE = 4;
const HELP = `npm run demo [-- --port N] [--posts N] [--keep DIR] [--json]

Starts Vitrine on a temporary folder and fills it with invented people and posts while you watch.
All clips are painted, composed and encoded here; they are kept in .cache/demo for the next start.
  --port N    where to listen on this machine (default 3000; any free port if that one is taken, or with 0)
  --posts N   only the first N posts, instead of all
  --keep DIR  keep everything in DIR, an empty folder, instead of a temporary one
  --json      one JSON line for each step, for machines
Ctrl-C ends it and removes the temporary folder.`;

/** A step of the demo, for people and for machines. */
type Step = { event: string; [detail: string]: unknown };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean' },
      json: { type: 'boolean', default: false },
      keep: { type: 'string' },
      port: { type: 'string' },
      posts: { type: 'string' },
    },
  });
  if (values.help) {
    process.stdout.write(`${HELP}\n`);
    return;
  }
  const tell = values.json ? tellMachine : tellPerson;
  const port = await freePort(values.port ? Number(values.port) : 3000);
  const posts = POSTS.slice(0, values.posts ? Number(values.posts) : POSTS.length);
  const folder = values.keep ? resolve(values.keep) : mkdtempSync(join(tmpdir(), 'vitrine-demo-'));
  const studio = openStudio(join(ROOT, '.cache', 'demo'), FIRST_POSTS);
  // The first clips are painted while the server starts.
  const early = posts.slice(0, FIRST_POSTS).map((post) => studio.clipOf(post));
  void Promise.allSettled(early);
  const ending = new AbortController();
  const server = startServer(port, folder, values.json);
  const end = once(async (code: number) => {
    ending.abort();
    await Promise.all([studio.close(), stop(server)]);
    if (!values.keep) rmSync(folder, { recursive: true, force: true });
    process.exit(code);
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
  server.once('exit', () => void end(1));
  try {
    await fill({ port, posts, studio, tell, signal: ending.signal });
  } catch (cause) {
    if (ending.signal.aborted) return;
    process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
    await end(1);
  }
}

type Filling = {
  port: number;
  posts: readonly DemoPost[];
  studio: Studio;
  tell: (step: Step) => void;
  signal: AbortSignal;
};

async function fill(filling: Filling): Promise<void> {
  const { port, posts, studio, tell, signal } = filling;
  const startedAt = performance.now();
  const seconds = (): number => Math.round((performance.now() - startedAt) / 100) / 10;
  const origin = `http://localhost:${port}`;
  await untilReady(origin, signal);
  const password = randomBytes(9).toString('base64url');
  let refused = 0;
  const onRefusal = (what: string, cause: unknown): void => {
    if (signal.aborted) return;
    refused += 1;
    tell({ event: 'refused', what, why: cause instanceof Error ? cause.message : String(cause) });
  };
  const town = await settle(origin, password);
  tell({ event: 'open', seconds: seconds(), address: origin, handle: VISITOR.handle, password });
  const queue = [...posts];
  const opening = Promise.withResolvers<void>();
  const tunes = lendTunes(town, { folder: studio.folder, signal, onRefusal, after: opening.promise });
  let settled = 0;
  let online = 0;
  const work = async (): Promise<void> => {
    for (let post = queue.shift(); post && !signal.aborted; post = queue.shift()) {
      try {
        // The first posts do not wait for the tunes: a visitor waits for them.
        const isLaid = posts.indexOf(post) >= FIRST_POSTS && SHARED_TUNES.has(post.sound);
        const sounds: SoundIds = isLaid ? tunes : new Map();
        const id = await putOnline(post, { town, studio, sounds, signal });
        online += 1;
        const path = `/@${post.author}/post/${id}`;
        tell({ event: 'post', seconds: seconds(), online, of: posts.length, path, text: post.text });
        await react(town, post, id);
      } catch (cause) {
        onRefusal(post.text, cause);
      }
      settled += 1;
      if (settled === Math.min(FIRST_POSTS, posts.length)) opening.resolve();
    }
  };
  // Every clip is asked for now, so that the studio is never idle; refusals surface where the clip is awaited.
  void Promise.allSettled(posts.map((post) => studio.clipOf(post)));
  await Promise.all([introduce(town, onRefusal), ...tunes.values(), ...Array.from({ length: POSTS_AT_ONCE }, work)]);
  tell({
    event: 'full',
    seconds: seconds(),
    posts: online,
    people: town.size,
    fromCache: studio.cached(),
  });
}

function startServer(port: number, folder: string, isQuiet: boolean): ChildProcess {
  return spawn(process.execPath, [join(ROOT, 'tools', 'start.ts')], {
    stdio: ['ignore', isQuiet ? 'ignore' : 'inherit', 'inherit'],
    // Of its own group: Ctrl-C reaches this process alone, which then ends the server in order.
    detached: true,
    env: {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: folder,
      PUBLIC_URL: `http://localhost:${port}`,
      REGISTRATION: 'open',
      // One machine plays a whole town, and nobody else can reach it.
      MAX_SIGNUPS_PER_HOUR: '1000',
      MAX_UPLOADS_PER_HOUR: '1000',
      RATE_LIMIT_FACTOR: '100',
      ALLOW_OPEN_WITHOUT_SANDBOX: 'true',
    },
  });
}

async function untilReady(origin: string, signal: AbortSignal): Promise<void> {
  for (let waitedS = 0; waitedS < START_LIMIT_S; waitedS += 0.25) {
    const answer = await fetch(`${origin}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(250, undefined, { signal });
  }
  throw new Error(`The server was not ready after ${START_LIMIT_S} s.`);
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const left = new Promise((done) => server.once('exit', done));
  server.kill('SIGTERM');
  await Promise.race([left, sleep(20_000)]);
}

async function freePort(wanted: number): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once('error', () => (wanted === 0 ? failed(new Error('No port is free.')) : found(freePort(0))));
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => found(typeof address === 'object' && address ? address.port : wanted));
    });
  });
}

function once(act: (code: number) => Promise<void>): (code: number) => Promise<void> {
  let under: Promise<void> | undefined;
  return async (code) => (under ??= act(code));
}

function tellMachine(step: Step): void {
  process.stdout.write(`${JSON.stringify(step)}\n`);
}

function tellPerson(step: Step): void {
  if (step.event === 'open') {
    process.stdout.write(
      `\n  The demo is at  ${String(step.address)}\n  Sign in as      ${String(step.handle)}   password  ${String(step.password)}\n  (every creator has the same password)   Ctrl-C ends it.\n\n`,
    );
  } else if (step.event === 'post') {
    process.stdout.write(
      `  ${String(step.seconds).padStart(6)} s  ${String(step.online)}/${String(step.of)}  ${String(step.text).slice(0, 60)}\n`,
    );
  } else if (step.event === 'refused') {
    process.stdout.write(`          not taken: ${String(step.what).slice(0, 60)}\n          ${String(step.why)}\n`);
  } else {
    process.stdout.write(`  ${String(step.posts)} posts are there.\n`);
  }
}

await main();
