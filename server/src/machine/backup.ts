/** `npm run backup`: saves everything that this region holds. */
import { parseArgs } from 'node:util';
import { readSettings } from '../platform/settings.ts';
import { runCommand } from './complaint.ts';
import { makeBackup } from './save.ts';

const HELP = `npm run backup -- FOLDER [--json]

Saves database, media and the small files of DATA_DIR into FOLDER. Works while the server runs; files saved before are not copied again.
On PostgreSQL pg_dump must be installed. Settings as for npm start (DATA_DIR, DATABASE_URL, S3_…).
Keep FOLDER as safe as the server itself: it holds everything, secrets too.`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean' }, json: { type: 'boolean' } },
  });
  const folder = positionals[0];
  if (values.help || !folder) {
    process.stdout.write(`${HELP}\n`);
    process.exitCode = values.help ? 0 : 1;
  } else {
    const isTerminal = process.stderr.isTTY && !values.json;
    const manifest = await makeBackup(readSettings(process.env), folder, (files, bytes) => {
      if (isTerminal) process.stderr.write(`\r\u001B[K${files} files, ${(bytes / 1e6).toFixed(1)} MB`);
    });
    if (isTerminal) process.stderr.write('\r\u001B[K');
    const told = `Saved: ${manifest.database.file} and ${manifest.media.files} media files (${(manifest.media.bytes / 1e6).toFixed(1)} MB) in ${folder}`;
    process.stdout.write(`${values.json ? JSON.stringify(manifest) : told}\n`);
  }
}

await runCommand(main);
