import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { tallyLine, tallyOf, type Outcome } from './tally.ts';

const HEAD = "import { test } from 'node:test';";

/** Runs test files of the given texts through the suite, in a process of its own as `npm test` does. */
function outcomesOf(texts: Record<string, string>): Outcome[] {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-suite-'));
  try {
    const files = Object.entries(texts).map(([name, text]) => {
      writeFileSync(join(folder, name), `${HEAD}\n${text}\n`);
      return join(folder, name);
    });
    const order = JSON.stringify({ files, concurrency: 2, limitMs: 3000 });
    const script = `
      import { runSuite } from ${JSON.stringify(join(import.meta.dirname, 'suite.ts'))};
      const outcomes = await runSuite(${order}, () => {});
      console.log(JSON.stringify(outcomes));`;
    writeFileSync(join(folder, 'run.mjs'), script);
    const { NODE_TEST_CONTEXT: _context, ...env } = process.env;
    const run = spawnSync(process.execPath, [join(folder, 'run.mjs')], { env });
    assert.equal(run.status, 0, run.stderr.toString());
    return JSON.parse(run.stdout.toString()) as Outcome[];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('passing, failing and skipped tests are told apart, with reasons', () => {
  const outcomes = outcomesOf({
    'three.test.mjs': `
      test('holds', () => {});
      test('breaks', () => { throw new Error('the reason it broke'); });
      test('is left out', { skip: 'there is no camera' }, () => {});`,
  });
  assert.deepEqual(
    outcomes.map(({ kind }) => kind),
    ['passed', 'failed', 'skipped'],
  );
  assert.match(outcomes[1]!.detail!, /the reason it broke/);
  assert.equal(outcomes[2]!.detail, 'there is no camera');
});

test('a file that crashes, exits badly or never ends is a failure with what it printed', () => {
  const outcomes = outcomesOf({
    'crash.test.mjs': "console.log('last words'); process.kill(process.pid, 'SIGKILL');",
    'exit.test.mjs': "test('holds', () => {}); process.exitCode = 3;",
    'hang.test.mjs': "test('waits for ever', () => new Promise((resolve) => setTimeout(resolve, 60_000)));",
    'syntax.test.mjs': 'const = 1;',
  });
  const failed = outcomes.filter(({ kind }) => kind === 'failed').map(({ name }) => name);
  for (const file of ['crash', 'exit', 'hang', 'syntax']) {
    assert.ok(
      failed.some((name) => name.includes(`${file}.test.mjs`)),
      `${file} in ${failed.join(', ')}`,
    );
  }
});

test('the last line counts what was passed, failed and skipped', () => {
  const outcomes: Outcome[] = [
    { kind: 'passed', name: 'a' },
    { kind: 'failed', name: 'b' },
    { kind: 'passed', name: 'c' },
  ];
  assert.equal(tallyLine(tallyOf(outcomes)), '2 passed, 1 failed');
  assert.equal(tallyLine(tallyOf([...outcomes, { kind: 'skipped', name: 'd' }])), '2 passed, 1 failed, 1 skipped');
});
