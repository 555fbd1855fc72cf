/** Runs files of node:test, each in a process of its own, and gives the outcome of every test in them. */
import { join, relative } from 'node:path';
import { run } from 'node:test';
import { pathToFileURL } from 'node:url';
import { ROOT } from './command.ts';
import type { Outcome } from './tally.ts';

/** What to run, and how many files at once. */
interface Suite {
  files: string[];
  concurrency: number;
  /** After so long a test counts as failed and its process is ended. */
  limitMs: number;
}

interface TestEvent {
  name: string;
  file?: string;
  skip?: string | boolean;
  todo?: string | boolean;
  details?: { type?: string; error?: Error & { cause?: unknown } };
}

const KEPT_CHARS = 6000;
const FIXED_SEED = pathToFileURL(join(import.meta.dirname, 'fixed-seed.ts')).href;

/** Runs the suite; calls `onOutcome` as each test ends. What a file printed is part of the detail of its failures. */
export async function runSuite(suite: Suite, onOutcome: (outcome: Outcome) => void): Promise<Outcome[]> {
  if (suite.files.length === 0) return [];
  const outcomes: Outcome[] = [];
  const printed = new Map<string, string>();
  const keep = (outcome: Outcome) => {
    outcomes.push(outcome);
    onOutcome(outcome);
  };
  const stream = run({
    files: suite.files,
    concurrency: suite.concurrency,
    timeout: suite.limitMs,
    cwd: ROOT,
    // A test past its limit would otherwise keep its process, and with it the whole run, for as long as it likes.
    execArgv: ['--test-force-exit', '--import', FIXED_SEED],
  });
  stream.on('test:pass', (event: TestEvent) => {
    if (event.details?.type !== 'suite') keep(passOf(event));
  });
  stream.on('test:fail', (event: TestEvent) => {
    if (event.details?.type !== 'suite') keep(failureOf(event, printed.get(event.file ?? '') ?? ''));
  });
  for (const kind of ['test:stdout', 'test:stderr'] as const) {
    stream.on(kind, ({ file, message }) => {
      printed.set(file, ((printed.get(file) ?? '') + message).slice(-KEPT_CHARS));
    });
  }
  for await (const _event of stream);
  return outcomes;
}

function passOf(event: TestEvent): Outcome {
  const reason = event.skip ?? event.todo;
  if (reason === undefined || reason === false) return { kind: 'passed', name: nameOf(event) };
  return { kind: 'skipped', name: nameOf(event), detail: reason === true ? 'no reason given' : reason };
}

function failureOf(event: TestEvent, printed: string): Outcome {
  const told = [reasonOf(event.details?.error), printed && `it printed:\n${printed}`];
  return { kind: 'failed', name: nameOf(event), detail: told.filter(Boolean).join('\n') };
}

/** The runner wraps what a test threw: the cause is it, or a text where the process itself ended badly. */
function reasonOf(error: (Error & { cause?: unknown }) | undefined): string {
  if (error?.cause instanceof Error) return error.cause.stack ?? error.cause.message;
  if (typeof error?.cause === 'string') return error.cause;
  return error?.message ?? 'it failed without a word';
}

function nameOf(event: TestEvent): string {
  return event.file === undefined ? event.name : `${relative(ROOT, event.file)}: ${event.name}`;
}
