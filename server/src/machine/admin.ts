/** `npm run admin`: what the operator does on the machine itself. Asks the running server, or opens the database when none runs. */
import { parseArgs } from 'node:util';
import { accountStore } from '../accounts/store.ts';
import { ledgerStore } from '../ledger/store.ts';
import { ADMIN_HELP, AdminRefusal, runAdmin, type AdminAnswer, type AdminRequest } from '../moderate/admin.ts';
import { moderateStore } from '../moderate/store.ts';
import { notifyStore } from '../notify/store.ts';
import { openDatabase } from '../platform/database.ts';
import { DirectoryLocked } from '../platform/directory-lock.ts';
import { DoorRefusal, knock } from '../platform/door.ts';
import { migrate } from '../platform/migrate.ts';
import { Refusal } from '../platform/problem.ts';
import { readSettings, SettingsError, type Settings } from '../platform/settings.ts';
import { systemWorld } from '../platform/world.ts';
import { restrictStore } from '../restrict/store.ts';
import { soundStore } from '../sounds/store.ts';
import { videoStore } from '../transcode/store.ts';

/** The command as typed; undefined when help is asked for or nothing was typed. */
function readRequest(): { request: AdminRequest; isJson: boolean } | undefined {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean' },
      json: { type: 'boolean' },
      all: { type: 'boolean' },
      ground: { type: 'string' },
    },
  });
  const [command, ...words] = positionals;
  if (values.help || command === undefined) return undefined;
  const request = { command, words, isAll: values.all ?? false, ground: values.ground };
  return { request, isJson: values.json ?? false };
}

/** With the embedded database a running server holds it: it does the work. Otherwise this process does. */
async function answerOf(request: AdminRequest): Promise<AdminAnswer> {
  const settings = readSettings(process.env);
  const told = settings.databaseUrl ? undefined : await knock(settings.dataDir, 'admin', request);
  return told ? (told.answer as AdminAnswer) : answerHere(settings, request);
}

async function answerHere(settings: Settings, request: AdminRequest): Promise<AdminAnswer> {
  const database = await openDatabase(settings);
  try {
    const { db } = database;
    const grounds = { db, settings, world: systemWorld() };
    await migrate(db);
    const [ledger, restrict] = [ledgerStore(db, grounds.world), restrictStore(db, grounds.world)];
    const [sounds, videos] = [soundStore(db, grounds.world), videoStore(db, grounds.world)];
    const moderate = moderateStore({ ...grounds, ledger, restrict, sounds, videos, notify: notifyStore(grounds) });
    return await runAdmin({ accounts: accountStore(grounds), moderate, settings }, request);
  } finally {
    await database.close();
  }
}

async function main(): Promise<void> {
  const read = readRequest();
  if (!read) {
    process.stdout.write(`${ADMIN_HELP}\n`);
    process.exitCode = process.argv.includes('--help') ? 0 : 1;
    return;
  }
  const answer = await answerOf(read.request);
  process.stdout.write(`${read.isJson ? JSON.stringify(answer.json) : answer.lines.join('\n')}\n`);
}

function isForPeople(cause: unknown): cause is Error {
  const kinds = [AdminRefusal, Refusal, DoorRefusal, DirectoryLocked, SettingsError];
  const isMistyped = cause instanceof Error && 'code' in cause && String(cause.code).startsWith('ERR_PARSE_ARGS');
  return isMistyped || kinds.some((kind) => cause instanceof kind);
}

main().catch((cause: unknown) => {
  process.stderr.write(
    `${isForPeople(cause) ? cause.message : String(cause instanceof Error ? cause.stack : cause)}\n`,
  );
  process.exitCode = 1;
});
