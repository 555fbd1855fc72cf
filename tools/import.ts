/** `npm run import`: publishes files, folders or an export archive through the HTTP API, as anyone could. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { signIn, type ImportClient } from './import/client.ts';
import { collectFiles, type ImportFile } from './import/collect.ts';
import { importFile, type ImportLine } from './import/import-file.ts';

const HELP = `npm run import -- PATH… --to URL --handle HANDLE --password-file FILE [--json] [--parallel N] [--no-wait] [--again]

Publishes files, folders and zip archives (such as the export that TikTok gives) as the account HANDLE, and waits until each can be played.
A caption file (.vtt, .srt) beside a video of the same stem is attached to it; alone it is parsed and checked.
A second run publishes nothing twice. At the end it waits until every rendition is there; then the session is revoked.

  --to URL             the server, http://localhost:3000
  --password-file FILE holds the password alone; it is never an argument and never shown
  --json               one JSON line a file: {file, outcome: published | sound | photo | caption | refused, …}
  --parallel N         files under way at a time (3)
  --no-wait            end once everything can be played; larger renditions follow on the server
  --again              send also what this server refused before; otherwise its word of then is told

Exits 0 when every file had an outcome, 1 when the import itself failed.`;

interface Order {
  paths: string[];
  to: string;
  handle: string;
  passwordFile: string;
  isJson: boolean;
  parallel: number;
  isWaiting: boolean;
  isAgain: boolean;
}

function readOrder(args: string[]): Order | undefined {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      to: { type: 'string', default: 'http://localhost:3000' },
      handle: { type: 'string' },
      'password-file': { type: 'string' },
      json: { type: 'boolean', default: false },
      parallel: { type: 'string', default: '3' },
      'no-wait': { type: 'boolean', default: false },
      again: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const passwordFile = values['password-file'];
  if (values.help || positionals.length === 0 || !values.handle || !passwordFile) return undefined;
  return {
    paths: positionals,
    to: values.to,
    handle: values.handle,
    passwordFile,
    isJson: values.json,
    parallel: Math.max(1, Number(values.parallel) || 1),
    isWaiting: !values['no-wait'],
    isAgain: values.again,
  };
}

/** Tells of lines and, on a terminal, of what is under way. */
function reporter(order: Order, total: number) {
  const isTerminal = process.stderr.isTTY && !order.isJson;
  let done = 0;
  return {
    progress: (file: ImportFile, sent: number, size: number): void => {
      if (isTerminal)
        process.stderr.write(
          `\r\u001B[K${done}/${total}  ${Math.floor((100 * sent) / Math.max(1, size))} %  ${file.shownAs}`,
        );
    },
    line: (line: ImportLine): void => {
      done += 1;
      if (isTerminal) process.stderr.write('\r\u001B[K');
      process.stdout.write(
        order.isJson
          ? `${JSON.stringify(line)}\n`
          : `${done}/${total}  ${line.outcome.padEnd(9)}  ${line.file}${line.problem ? `  ${line.problem.detail}` : ''}\n`,
      );
    },
  };
}

async function importAll(client: ImportClient, files: readonly ImportFile[], order: Order): Promise<void> {
  const report = reporter(order, files.length);
  const waiting = [...files];
  const published: string[] = [];
  const takeNext = async (): Promise<void> => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      const current = file;
      const line = await importFile(client, current, {
        isAgain: order.isAgain,
        onProgress: (sent, size) => report.progress(current, sent, size),
      });
      report.line(line);
      if ((line.outcome === 'published' || line.outcome === 'photo') && line.id) published.push(line.id);
    }
  };
  await Promise.all(Array.from({ length: order.parallel }, takeNext));
  if (order.isWaiting) for (const id of published) await client.untilComplete(id);
}

async function main(): Promise<void> {
  const order = readOrder(process.argv.slice(2));
  if (!order) {
    process.stdout.write(`${HELP}\n`);
    process.exitCode = process.argv.includes('--help') ? 0 : 1;
    return;
  }
  const password = (await readFile(order.passwordFile, 'utf8')).replace(/\r?\n$/, '');
  const scratch = await mkdtemp(join(tmpdir(), 'vitrine-import-'));
  try {
    const files = await collectFiles(order.paths, scratch);
    const client = await signIn(order.to, { handle: order.handle, password });
    await importAll(client, files, order).finally(() => client.signOut());
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

main().catch((cause: unknown) => {
  process.stderr.write(`${cause instanceof Error ? cause.message : 'The import failed.'}\n`);
  process.exitCode = 1;
});
