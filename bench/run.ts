/** `npm run bench`: takes every figure in turn, prints its JSON line, then the table. */
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const HELP = `npm run bench [-- P4 P13 …] [--json]

Takes the figures of docs/figures.md, each in a process of its own and as a ratio to a limit or rival of the same run.
Machines differ: only the ratios mean something. Nothing here asserts; the last column says whether the figure holds.`;

async function takeFigures(file: string): Promise<Record<string, unknown>[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, file)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: Record<string, unknown>[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    process.stdout.write(`${line}\n`);
    if (line.startsWith('{')) lines.push(JSON.parse(line) as Record<string, unknown>);
  }
  if (lines.length === 0) lines.push({ id: file.slice(0, 3).toUpperCase(), what: file, notTaken: 'the bench failed' });
  return lines;
}

function tableRow(line: Record<string, unknown>): string {
  const told =
    'notTaken' in line
      ? `not taken: ${String(line['notTaken'])}`
      : `${String(line['value'])} ${String(line['unit'])} (limit ${JSON.stringify(line['limit'])}) ${String(line['ratio'])}`;
  const verdict = 'notTaken' in line ? '·' : line['holds'] === true ? 'holds' : 'MISSED';
  return `${String(line['id']).padEnd(4)} ${verdict.padEnd(7)} ${String(line['what'])}: ${told}`;
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    process.stdout.write(`${HELP}\n`);
    return;
  }
  const wanted = args.filter((arg) => /^P\d+$/i.test(arg)).map((arg) => `p${arg.slice(1).padStart(2, '0')}`);
  const files = (await readdir(import.meta.dirname)).filter((name) => /^p\d\d-.*\.ts$/.test(name)).sort();
  const chosen = files.filter((name) => wanted.length === 0 || wanted.includes(name.slice(0, 3)));
  const lines: Record<string, unknown>[] = [];
  for (const file of chosen) lines.push(...(await takeFigures(file)));
  if (!args.includes('--json')) process.stdout.write(`\n${lines.map(tableRow).join('\n')}\n`);
}

await main();
