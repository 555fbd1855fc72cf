/** `npm run restore`: puts the newest backup of a folder back. */
import { parseArgs } from 'node:util';
import { readSettings } from '../platform/settings.ts';
import { restoreBackup } from './bring-back.ts';
import { runCommand } from './complaint.ts';

const HELP = `npm run restore -- FOLDER [--json]

Puts the newest backup of FOLDER into DATA_DIR (or DATABASE_URL), which must be empty: nothing is ever overwritten.
Then says whether every file that the database names is there. Exits 1 when one is missing.`;

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
    const restored = await restoreBackup(readSettings(process.env), folder);
    const told = `Restored what was saved at ${restored.manifest.madeAt}, with ${restored.mediaFiles} media files.`;
    const missing =
      restored.missing.length === 0
        ? 'Every file that the database names is there.'
        : `Missing: ${restored.missing.join(', ')}`;
    process.stdout.write(`${values.json ? JSON.stringify(restored) : `${told} ${missing}`}\n`);
    process.exitCode = restored.missing.length === 0 ? 0 : 1;
  }
}

await runCommand(main);
