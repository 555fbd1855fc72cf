/** `npm start`: builds the web pages if they are older than their source, then becomes the server. `--lan` serves HTTPS to phones. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { prepareLan } from './lan.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const HELP = `npm start [-- --lan]

Starts Vitrine on PORT (3000) with everything it holds in DATA_DIR (./data).
  --lan   also for phones in the same network: HTTPS with a certificate made here, and a QR code to scan
Settings are environment variables; docs/operating.md lists them.`;

async function newestChangeMs(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const times = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => (await stat(`${entry.parentPath}/${entry.name}`)).mtimeMs),
  );
  return Math.max(0, ...times);
}

async function isBuilt(): Promise<boolean> {
  const manifest = `${ROOT}web/dist/.vite/manifest.json`;
  if (!existsSync(manifest)) return false;
  const builtMs = (await stat(manifest)).mtimeMs;
  const sources = await Promise.all(['web/src', 'packages/schema/src'].map((folder) => newestChangeMs(ROOT + folder)));
  const settingsMs = (await stat(`${ROOT}web/vite.config.ts`)).mtimeMs;
  return builtMs > Math.max(settingsMs, ...sources);
}

function run(args: string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env: environment });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    process.stdout.write(`${HELP}\n`);
    return;
  }
  const lan = args.includes('--lan') ? await prepareLan(process.env) : undefined;
  const environment = { ...process.env, ...lan?.settings };
  process.stdout.write(lan?.shown ?? '');
  if (!(await isBuilt())) {
    process.stdout.write('Building the pages (once, a few seconds) …\n');
    const code = await run(['tools/build-web.ts'], environment);
    if (code !== 0) process.exit(code);
  }
  process.exit(await run(['server/start.js'], environment));
}

await main();
