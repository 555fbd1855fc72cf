/** Why the server did not start, in a sentence that says what to do; a stack only for what nobody foresaw. */
import { DirectoryLocked } from './directory-lock.ts';
import { SettingsError } from './settings.ts';

/** Where it failed: what is listened to or connected to, and the file. */
interface SystemFault extends Error {
  code: string;
  syscall?: string;
  path?: string;
  port?: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** SQLSTATE classes: 28 no access, 3D no such database, 57P03 starting up. */
const DATABASE_REFUSALS = /^(28\w{3}|3D000|57P03|53300)$/;

/** Tells the cause of a failed start. */
export function startSentence(cause: unknown, environment: Environment): string {
  if (cause instanceof SettingsError || cause instanceof DirectoryLocked) return cause.message;
  for (const fault of chainOf(cause)) {
    const told = isSystemFault(fault) ? sentenceOf(fault, environment) : undefined;
    if (told !== undefined) return told;
  }
  return cause instanceof Error ? (cause.stack ?? cause.message) : 'The server did not start.';
}

/** The error, its causes, and what an error of several holds. */
function* chainOf(cause: unknown): Generator {
  for (let one = cause; one instanceof Error; one = one.cause) {
    yield one;
    if (one instanceof AggregateError) yield* one.errors;
  }
}

function isSystemFault(cause: unknown): cause is SystemFault {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string';
}

function sentenceOf(fault: SystemFault, environment: Environment): string | undefined {
  if (fault.syscall === 'listen') return listenSentence(fault, environment);
  if (fault.syscall === 'connect' || fault.syscall === 'getaddrinfo' || DATABASE_REFUSALS.test(fault.code))
    return `The database of DATABASE_URL does not let us in (${fault.message || fault.code}). Is it running, and are host, port, name and password right?`;
  const place = fault.path ?? `DATA_DIR (${environment.DATA_DIR ?? './data'})`;
  switch (fault.code) {
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return `${place} cannot be written or read (${fault.code}). Give the user of this process the right to it, or set another DATA_DIR.`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `The disk of ${place} is full (${fault.code}). Make room, or set another DATA_DIR; nothing was changed.`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `${place} is a file where a folder is needed. Set another DATA_DIR.`;
    case 'ENOENT':
      return `${place} is not there. Is a setting that names a file right?`;
    default:
      return undefined;
  }
}

function listenSentence(fault: SystemFault, environment: Environment): string {
  const port = fault.port ?? environment.PORT ?? '3000';
  if (fault.code === 'EADDRINUSE')
    return `PORT ${port} is in use by another program. Stop that one, or set another PORT.`;
  if (fault.code === 'EACCES') return `PORT ${port} is kept for the system. Set one above 1023, with a proxy in front.`;
  return `HOST ${environment.HOST ?? '127.0.0.1'} is no address of this machine (${fault.code}).`;
}
