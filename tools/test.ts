/** `npm test`: every check of the tree, then every test, then the journeys in a real browser. Ends with `N passed, N failed`. */
import { globSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { checkBudget } from './check/budget.ts';
import { ROOT, runCheck } from './check/command.ts';
import { runSuite } from './check/suite.ts';
import { tallyLine, tallyOf, type Outcome } from './check/tally.ts';

const HELP = `npm test [-- [--only STEP[,STEP…]] [--json] [PART OF A FILE'S PATH …]]

Steps, in order: types, lint, format, rooms, docs, unit, web, e2e.
  --only    run these steps alone, say --only unit
  --json    the counts as one line of JSON at the end
Parts of paths choose among the test files, say: npm test -- --only unit server/src/upload
With DATABASE_URL set the server's tests run on that PostgreSQL, in scratch databases.`;

/** A server under test opens an embedded database of up to 760 MB. */
const SERVER_TEST_BYTES = 1.5 * 1024 ** 3;
const UNIT_LIMIT_MS = 300_000;
const JOURNEY_LIMIT_MS = 600_000;
const SKIPPED = ['**/node_modules/**', '**/dist/**', 'tools/rooms/broken-tree/**'];
const PROJECTS = ['.', 'e2e', 'bench', 'web'];

type Step = (report: (outcome: Outcome) => void, chosen: string[]) => Promise<void>;

const STEPS: Record<string, Step> = {
  types: async (report) => {
    for (const project of PROJECTS) {
      report(await runCheck(`types of ${project}`, 'node_modules/typescript/bin/tsc', ['-p', project]));
    }
  },
  lint: async (report) => report(await runCheck('lint', 'node_modules/oxlint/bin/oxlint')),
  format: async (report) =>
    report(await runCheck('format (npm run format mends it)', 'node_modules/oxfmt/bin/oxfmt', ['--check'])),
  rooms: async (report) => report(await runCheck('rooms', 'tools/check-rooms.ts')),
  docs: async (report) => report(await runCheck('docs', 'tools/check-docs.ts')),
  unit: runUnit,
  web: runWeb,
  e2e: async (report, chosen) => {
    const files = testFiles('e2e/**/*.e2e.ts', chosen);
    await runSuite({ files, concurrency: 1, limitMs: JOURNEY_LIMIT_MS }, report);
  },
};

async function runUnit(report: (outcome: Outcome) => void, chosen: string[]): Promise<void> {
  const files = testFiles('**/*.test.{ts,tsx}', chosen);
  const isServer = (file: string) => file.startsWith('server/');
  const cores = availableParallelism();
  const fitting = Math.floor(totalmem() / SERVER_TEST_BYTES);
  const atOnce = Math.max(1, Math.min(3, cores - 1, fitting));
  await runSuite(
    { files: files.filter((file) => !isServer(file)), concurrency: cores, limitMs: UNIT_LIMIT_MS },
    report,
  );
  await runSuite({ files: files.filter(isServer), concurrency: atOnce, limitMs: UNIT_LIMIT_MS }, report);
}

async function runWeb(report: (outcome: Outcome) => void): Promise<void> {
  const built = await runCheck('the pages build', 'tools/build-web.ts');
  report(built);
  if (built.kind === 'passed') for (const outcome of checkBudget()) report(outcome);
}

function testFiles(pattern: string, chosen: string[]): string[] {
  const files = globSync(pattern, { cwd: ROOT, exclude: SKIPPED }).sort();
  return chosen.length === 0 ? files : files.filter((file) => chosen.some((part) => file.includes(part)));
}

function show(outcome: Outcome): void {
  const mark = { passed: '✔', failed: '✖', skipped: '○' }[outcome.kind];
  const detail = outcome.detail?.replaceAll('\n', '\n    ');
  console.log(`${mark} ${outcome.name}${detail === undefined ? '' : `\n    ${detail}`}`);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) return console.log(HELP);
  const names = values.only?.split(',') ?? Object.keys(STEPS);
  const unknown = names.find((name) => !(name in STEPS));
  if (unknown !== undefined) throw new Error(`there is no step ${unknown}\n\n${HELP}`);
  const outcomes: Outcome[] = [];
  const report = (outcome: Outcome) => {
    outcomes.push(outcome);
    show(outcome);
  };
  for (const name of names) {
    const startedMs = performance.now();
    console.log(`\n— ${name}`);
    await STEPS[name]?.(report, positionals);
    console.log(`  (${((performance.now() - startedMs) / 1000).toFixed(1)} s)`);
  }
  sumUp(outcomes, values.json === true);
}

function sumUp(outcomes: Outcome[], isJson: boolean): void {
  const told = (kind: Outcome['kind'], title: string) => {
    const some = outcomes.filter((outcome) => outcome.kind === kind);
    if (some.length > 0) console.log(`\n${title}:`);
    for (const { name, detail } of some) console.log(`  ${name}: ${detail?.split('\n')[0] ?? ''}`);
  };
  told('skipped', 'Skipped, and why');
  told('failed', 'Failed');
  const tally = tallyOf(outcomes);
  console.log(isJson ? JSON.stringify(tally) : `\n${tallyLine(tally)}`);
  if (tally.failed > 0 || tally.passed === 0) process.exitCode = 1;
}

await main();
