/** `npm run dev`: the server restarting on change and the pages with hot reload. Open the address of the pages. */
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PORT = Number(process.env.PORT ?? 3000);
const PAGES_PORT = Number(process.env.WEB_PORT ?? PORT + 1);
const HELP = `npm run dev

The server on PORT (3000), restarted when its source changes, and the pages with hot reload on WEB_PORT (PORT + 1).
Open the second address. Passkeys and uploads work there too: it is accepted as an origin while PUBLIC_URL names it.`;

function start(args: string[], environment: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...environment } });
}

function main(): void {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${HELP}\n`);
    return;
  }
  const publicUrl = process.env.PUBLIC_URL ?? `http://localhost:${PAGES_PORT}`;
  const server = start(
    ['--watch-path=server/src', '--watch-path=packages', '--watch-preserve-output', 'server/src/main.ts'],
    {
      PORT: String(PORT),
      PUBLIC_URL: publicUrl,
    },
  );
  const pages = start(['tools/dev-pages.ts'], { PORT: String(PORT), WEB_PORT: String(PAGES_PORT) });
  const stop = (): void => {
    server.kill('SIGTERM');
    pages.kill('SIGTERM');
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  server.once('exit', stop);
  pages.once('exit', stop);
}

main();
