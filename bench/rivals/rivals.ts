/** Starts the rivals: a hello world, nginx, a bare page with one video. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '@vitrine/e2e';

/** A rival that runs. */
interface Rival {
  pid: number;
  url: string;
  close(): Promise<void>;
}

async function untilAnswers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await fetch(url).catch(() => undefined)) return;
    await delay(50);
  }
  throw new Error(`${url} did not answer`);
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** Node's own server with two words. */
export async function startHello(): Promise<Rival> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'hello.ts')], {
    env: { PORT: String(port) },
    stdio: 'inherit',
  });
  const url = `http://127.0.0.1:${port}/`;
  await untilAnswers(url);
  return { pid: child.pid ?? 0, url, close: () => stopChild(child) };
}

/** nginx serving a folder; undefined where it is not installed. */
export async function startNginx(folder: string): Promise<Rival | undefined> {
  if (spawnSync('nginx', ['-v']).error) return undefined;
  const port = await freePort();
  const own = await mkdtemp(join(tmpdir(), 'vitrine-nginx-'));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${own}/${name};`)
    .join(' ');
  await writeFile(
    join(own, 'nginx.conf'),
    `${process.getuid?.() === 0 ? 'user root;' : ''} daemon off; master_process off; pid ${own}/pid; error_log ${own}/error.log;
events { worker_connections 256; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; ${temporary}
  types { video/mp4 mp4; text/html html; } default_type application/octet-stream;
  server { listen 127.0.0.1:${port}; root ${folder}; } }`,
  );
  const child = spawn('nginx', ['-p', own, '-c', join(own, 'nginx.conf'), '-e', join(own, 'error.log')], {
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}/`;
  await untilAnswers(url);
  return {
    pid: child.pid ?? 0,
    url,
    close: async () => {
      await stopChild(child);
      await rm(own, { recursive: true, force: true });
    },
  };
}
