/** Starts a worker process for one order and watches over it: progress, time, output, crashes. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { OUTPUT_TEXT_BYTES } from './limits.ts';
import type { Line, Order } from './order.ts';
import { refuse } from './refusal.ts';
import { FILTER_FD } from './sandbox/bubblewrap.ts';
import { workerCommand } from './sandbox/worker-command.ts';
import type { Command } from './sandbox/worker-command.ts';
import type { Refusal, RungProgress } from './types.ts';

export type JobOptions = {
  wallMs: number;
  onProgress?: ((progress: RungProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** Stands in for the fenced worker in tests. */
  command?: Command;
};
/** How a process ended. `crashed`: killed by a signal, or an exit code that says so. */
type Ending =
  | { ending: 'done'; outcome: object; cpuMs: number }
  | { ending: 'failed'; message: string }
  | { ending: 'crashed' }
  | { ending: 'timeout' };

/** Processor seconds over the wall clock's: four cores at work. */
const CPU_PER_WALL = 4;

/**
 * Runs an order. A crash is tried once more, then the file is refused: it is too big for the limits, or built to break.
 * Throws if the worker failed for a reason that is not the file's (full disk, missing folder), or if `signal` aborts.
 */
export async function runJob<T extends { kind: string }>(
  order: Order,
  options: JobOptions,
): Promise<(T & { cpuMs: number }) | (Refusal & { cpuMs: number })> {
  for (let attempt = 1; ; attempt += 1) {
    const ending = await runOnce(order, options);
    if (ending.ending === 'done') return { ...(ending.outcome as T), cpuMs: ending.cpuMs };
    if (ending.ending === 'failed') throw new Error(`media ${order.job} failed: ${ending.message}`);
    if (ending.ending === 'timeout' || attempt === 2) return { ...refuse('too_hard'), cpuMs: 0 };
  }
}

function runOnce(order: Order, { wallMs, onProgress, signal, command }: JobOptions): Promise<Ending> {
  signal?.throwIfAborted();
  const outDir = 'outDir' in order ? order.outDir : undefined;
  const cpuSeconds = Math.ceil((wallMs * CPU_PER_WALL) / 1000);
  const { file, args, filter } = command ?? workerCommand({ sourcePaths: sourcesOf(order), outDir, cpuSeconds });
  // A group of its own, so that one signal ends whatever it may have started.
  const child = spawn(file, args, {
    env: {},
    stdio: ['pipe', 'pipe', 'ignore', filter === undefined ? 'ignore' : 'pipe'],
    detached: process.platform !== 'win32',
    shell: false,
    windowsHide: true,
  });
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      killGroup(child);
    }, wallMs);
    const abort = (): void => killGroup(child);
    signal?.addEventListener('abort', abort, { once: true });
    const lines = collectLines(child, onProgress);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(new Error('the media process could not be started', { cause: error }));
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      if (signal?.aborted === true) reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
      else if (isLate) resolve({ ending: 'timeout' });
      else resolve(code === 0 ? endingOf(lines()) : { ending: 'crashed' });
    });
    // A worker that dies at once closes its input first; the exit code tells the rest.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(JSON.stringify(order));
    sendFilter(child, filter);
  });
}

/** The files that a worker may read for an order. */
function sourcesOf(order: Order): string[] {
  if (order.job === 'compose') return [...new Set(order.sources.map(([, { path }]) => path))];
  return ['renditionPath' in order ? order.renditionPath : order.sourcePath];
}

function sendFilter(child: ChildProcess, filter: Buffer | undefined): void {
  const pipe = child.stdio[FILTER_FD];
  if (filter === undefined || pipe === null || pipe === undefined || !('end' in pipe)) return;
  pipe.on('error', () => undefined);
  pipe.end(filter);
}

/** Parses lines as they come; answers with the last one. Too much output ends the process. */
function collectLines(child: ChildProcess, onProgress: JobOptions['onProgress']): () => Line | undefined {
  let rest = '';
  let seenBytes = 0;
  let last: Line | undefined;
  child.stdout?.setEncoding('utf8');
  child.stdout?.on('data', (text: string) => {
    seenBytes += text.length;
    if (seenBytes > OUTPUT_TEXT_BYTES) return killGroup(child);
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      last = parseLine(line);
      if (last?.line === 'progress') onProgress?.(last.progress);
    }
  });
  return () => last;
}

function parseLine(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}

function endingOf(line: Line | undefined): Ending {
  if (line?.line === 'done' && typeof line.outcome === 'object' && line.outcome !== null)
    return { ending: 'done', outcome: line.outcome, cpuMs: line.cpuMs };
  // Memory that the limit does not give is the file's fault, not the machine's.
  if (line?.line === 'failed' && /cannot allocate memory/i.test(line.message)) return { ending: 'crashed' };
  return line?.line === 'failed' ? { ending: 'failed', message: line.message } : { ending: 'crashed' };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended between the look and the kill.
  }
}
