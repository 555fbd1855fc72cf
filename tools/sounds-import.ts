/** `npm run sounds:import`: brings a folder of licensed sounds into the region's library, as its operator. */
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import { signIn } from './import/client.ts';
import { importSound, type SoundLine } from './import/import-sound.ts';
import { readSoundList } from './import/sound-list.ts';

const HELP = `npm run sounds:import -- FOLDER --list FILE --to URL --handle HANDLE --password-file FILE [--json]

Brings the sounds of FOLDER into the library that everyone may use. HANDLE must be an operator (npm run admin -- grant HANDLE operator).
The list is CSV with the names of its columns in the first line, or JSON: a list of objects. Its columns:
  file      below FOLDER
  title     as it is shown
  artist    who is credited (may be empty)
  licence   an SPDX identifier or the licence's own name, such as CC-BY-4.0
  credit    what must be said where it is used (may be empty)
  cover     a picture below FOLDER (may be empty: the file's own)
A second run brings nothing in twice and changes the words of what is there. Nothing is sent if the list has a mistake.

  --to URL             the server, http://localhost:3000
  --password-file FILE holds the password alone; it is never an argument and never shown
  --json               one JSON line a sound: {file, title, outcome: sound | refused, id?, durationMs?, problem?}

Exits 0 when every sound was taken, 1 otherwise.`;

function readOrder(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      list: { type: 'string' },
      to: { type: 'string', default: 'http://localhost:3000' },
      handle: { type: 'string' },
      'password-file': { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [folder] = positionals;
  const { list, handle, to, json: isJson, 'password-file': passwordFile } = values;
  if (values.help || !folder || !list || !handle || !passwordFile) return undefined;
  return { folder, list, handle, to, isJson, passwordFile };
}

function tell(line: SoundLine, place: { done: number; total: number; isJson: boolean }): void {
  const words = `${place.done}/${place.total}  ${line.outcome.padEnd(7)}  ${line.title}${line.problem ? `  ${line.problem.detail}` : ''}`;
  process.stdout.write(`${place.isJson ? JSON.stringify(line) : words}\n`);
}

async function main(): Promise<void> {
  const order = readOrder(process.argv.slice(2));
  if (!order) {
    process.stdout.write(`${HELP}\n`);
    process.exitCode = process.argv.includes('--help') ? 0 : 1;
    return;
  }
  const { folder, list, handle, to, isJson } = order;
  const form = extname(list).toLowerCase() === '.json' ? 'json' : 'csv';
  const sounds = readSoundList(await readFile(list, 'utf8'), form);
  const password = (await readFile(order.passwordFile, 'utf8')).replace(/\r?\n$/, '');
  const client = await signIn(to, { handle, password });
  try {
    if (!(await client.roles()).includes('operator')) throw new Error(`@${handle} is no operator of this region.`);
    for (const [n, sound] of sounds.entries()) {
      const line = await importSound(client, folder, sound);
      if (line.outcome === 'refused') process.exitCode = 1;
      tell(line, { done: n + 1, total: sounds.length, isJson });
    }
  } finally {
    await client.signOut();
  }
}

main().catch((cause: unknown) => {
  process.stderr.write(`${cause instanceof Error ? cause.message : 'The import failed.'}\n`);
  process.exitCode = 1;
});
