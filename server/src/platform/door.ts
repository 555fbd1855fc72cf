/**
 * The door for commands on this machine: a socket in DATA_DIR that only its owner can open. While a server holds the embedded
 * database, `npm run admin` and `npm run backup` ask it through here; one JSON line in, one JSON line out.
 */
import { createHash } from 'node:crypto';
import { chmod, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** What a server does for a command. Its answer must be JSON. */
export type DoorCommands = Readonly<Record<string, (body: unknown) => Promise<unknown>>>;

/** The server refused or failed; the message is for people. */
export class DoorRefusal extends Error {
  override name = 'DoorRefusal';
}

/** Unix domain socket addresses hold no more. */
const LONGEST_SOCKET_PATH = 100;

/** Where the door of a data folder is. */
export function doorPath(dataDir: string): string {
  const folder = resolve(dataDir);
  const digest = createHash('sha256').update(folder).digest('hex').slice(0, 24);
  if (process.platform === 'win32') return `\\\\.\\pipe\\vitrine-${digest}`;
  const inside = join(folder, 'door');
  return inside.length <= LONGEST_SOCKET_PATH ? inside : join(tmpdir(), `vitrine-${digest}`);
}

/** Opens the door. The caller holds the folder's lock, so that a socket left there is a dead one. */
export async function openDoor(dataDir: string, commands: DoorCommands): Promise<{ close(): Promise<void> }> {
  const path = doorPath(dataDir);
  if (process.platform !== 'win32') await rm(path, { force: true });
  const server = createServer((socket) => void answer(socket, commands));
  await new Promise<void>((opened, failed) => {
    server.once('error', failed);
    server.listen(path, opened);
  });
  if (process.platform !== 'win32') await chmod(path, 0o600);
  return { close: () => new Promise((closed) => server.close(() => closed())) };
}

async function answer(socket: Socket, commands: DoorCommands): Promise<void> {
  socket.on('error', () => socket.destroy());
  for await (const line of createInterface({ input: socket })) {
    socket.end(`${JSON.stringify(await run(line, commands))}\n`);
    return;
  }
}

async function run(line: string, commands: DoorCommands): Promise<{ answer: unknown } | { refusal: string }> {
  try {
    const asked = JSON.parse(line) as { command?: unknown; body?: unknown };
    const command =
      typeof asked.command === 'string' && Object.hasOwn(commands, asked.command) ? commands[asked.command] : undefined;
    if (!command) return { refusal: 'The running server does not know this command.' };
    return { answer: (await command(asked.body)) ?? null };
  } catch (cause) {
    return { refusal: cause instanceof Error ? cause.message : 'The command failed.' };
  }
}

/**
 * Asks the server that runs on a data folder.
 * @returns undefined when none runs there
 * @throws DoorRefusal with the server's words
 */
export async function knock(dataDir: string, command: string, body: unknown): Promise<{ answer: unknown } | undefined> {
  const socket = await reach(doorPath(dataDir));
  if (!socket) return undefined;
  socket.write(`${JSON.stringify({ command, body })}\n`);
  for await (const line of createInterface({ input: socket })) {
    const told = JSON.parse(line) as { answer: unknown } | { refusal: string };
    if ('refusal' in told) throw new DoorRefusal(told.refusal);
    return told;
  }
  throw new DoorRefusal('The server ended before it answered. Look at what it printed, then try again.');
}

function reach(path: string): Promise<Socket | undefined> {
  return new Promise((found) => {
    const socket = connect(path);
    socket.once('connect', () => found(socket));
    socket.once('error', () => found(undefined));
  });
}
