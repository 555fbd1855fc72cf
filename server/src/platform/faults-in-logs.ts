/** Errors as they stand in the log. */

/** What a log may hold of an error. */
interface Fault {
  [name: string]: unknown;
  type: string;
  message: string;
  stack: string;
  code?: string;
}

const MOST_CAUSES = 5;

/**
 * An error's name, words, place and code; never the other fields: there databases and validators quote what people sent
 * (parameters of a statement, the row that a key is taken by, the text that could not be read).
 */
export function describeFault(error: unknown): Fault {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error', stack: '' };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { type: error.name, message: error.message, stack: stackOf(error, 0), ...code };
}

function stackOf(error: Error, depth: number): string {
  const own = error.stack ?? '';
  return error.cause instanceof Error && depth < MOST_CAUSES
    ? `${own}\ncaused by: ${stackOf(error.cause, depth + 1)}`
    : own;
}
