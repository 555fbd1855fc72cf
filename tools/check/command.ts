/** Runs one of the tools that check the tree and turns its exit into an outcome. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Outcome } from './tally.ts';

/** The root of the repository. */
export const ROOT = join(import.meta.dirname, '..', '..');

const KEPT_CHARS = 20_000;

/** Runs a script with our own Node, quietly; where it fails, its output is the detail. */
export async function runCheck(name: string, script: string, args: string[] = []): Promise<Outcome> {
  const child = spawn(process.execPath, [join(ROOT, script), ...args], {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-KEPT_CHARS)));
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return code === 0 ? { kind: 'passed', name } : { kind: 'failed', name, detail: output.trim() };
}
