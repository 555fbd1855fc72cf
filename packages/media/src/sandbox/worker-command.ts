/** The command that starts a worker behind its fences (media.md, Sandbox). */
import { join } from 'node:path';
import { ADDRESS_SPACE_BYTES, OUTPUT_FILE_BYTES } from '../limits.ts';
import { bubblewrapArguments, FILTER_FD, findBubblewrap, PACKAGE_FOLDER } from './bubblewrap.ts';
import type { Reach } from './bubblewrap.ts';
import { findProgram } from './programs.ts';

const WORKER_PATH = join(PACKAGE_FOLDER, 'src', 'worker.ts');

/** WebAssembly (Node's TypeScript reader) would reserve 8 GB of addresses, more than the limit leaves. */
const NODE_FLAGS = [
  '--no-warnings',
  '--disable-wasm-trap-handler',
  '--wasm-max-mem-pages=4096',
  '--max-old-space-size=1024',
];

/** A program, its arguments, and what it wants to read on descriptor `FILTER_FD`. */
export type Command = { file: string; args: string[]; filter?: Buffer | undefined };

/** The program and arguments that start a fenced worker; `program` stands in for the worker in tests. */
export function workerCommand(
  { cpuSeconds, ...reach }: Reach & { cpuSeconds: number },
  program: readonly string[] = [process.execPath, ...NODE_FLAGS, WORKER_PATH],
): Command {
  const { path, filter } = findBubblewrap();
  const bubblewrap =
    path === undefined ? [] : [path, ...bubblewrapArguments(reach, filter === undefined ? undefined : FILTER_FD)];
  const [file = process.execPath, ...args] = [...limitsPrefix(cpuSeconds), ...bubblewrap, ...program];
  return { file, args, filter };
}

/** The program that sets layer A's rlimits, with its arguments. Empty where `prlimit` is missing. */
export function limitsPrefix(cpuSeconds: number): string[] {
  const prlimit = findProgram('prlimit');
  if (prlimit === undefined) return [];
  return [
    prlimit,
    '--core=0',
    '--nofile=256',
    `--fsize=${OUTPUT_FILE_BYTES}`,
    `--cpu=${cpuSeconds}`,
    `--as=${ADDRESS_SPACE_BYTES}`,
    '--',
  ];
}
