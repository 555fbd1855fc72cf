/** PostgreSQL's own commands. The password goes by the environment: command lines are seen by everyone on the machine. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Complaint } from './complaint.ts';

/**
 * Runs pg_dump or pg_restore.
 * @throws Complaint with what the command said and what it needs
 */
export async function runPostgresTool(
  tool: 'pg_dump' | 'pg_restore',
  options: { url: string; words: readonly string[]; needs: string },
): Promise<void> {
  const url = new URL(options.url);
  const password = decodeURIComponent(url.password);
  url.password = '';
  const env = { ...process.env, ...(password ? { PGPASSWORD: password } : {}) };
  await promisify(execFile)(tool, [...options.words, `--dbname=${url.href}`], { env }).catch((cause: unknown) => {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : '';
    throw new Complaint(`${tool} did not work: ${options.needs}${said ? `\n${said}` : ''}`, { cause });
  });
}
