import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

const ROOT = join(import.meta.dirname, '..');

/** Lints one file in a bare tree with our own settings and gives the names of the rules that it breaks. */
function brokenRules(path: string, lines: string[]): string[] {
  const tree = mkdtempSync(join(tmpdir(), 'vitrine-lint-'));
  try {
    for (const name of ['.oxlintrc.json', 'tsconfig.json']) cpSync(join(ROOT, name), join(tree, name));
    symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), `${lines.join('\n')}\n`);
    const run = spawnSync(process.execPath, [join(ROOT, 'node_modules/oxlint/bin/oxlint'), '--format=json'], {
      cwd: tree,
    });
    const report = JSON.parse(run.stdout.toString()) as { diagnostics: { code: string }[] };
    assert.equal(run.status === 0, report.diagnostics.length === 0, run.stderr.toString());
    return [...new Set(report.diagnostics.map(({ code }) => code.replace(/^.*\((.*)\)$/, '$1')))].sort();
  } finally {
    rmSync(tree, { recursive: true });
  }
}

test('a clean file passes the linter', () => {
  assert.deepEqual(brokenRules('server/src/watch/card.ts', ['export const card = 1;']), []);
});

test('any, a non-null assertion and a forgotten promise are refused', () => {
  const lines = [
    'export function likes(card: any): number {',
    '  void card;',
    '  Promise.resolve(1);',
    '  return [1][0]!;',
    '}',
  ];
  const rules = ['no-explicit-any', 'no-floating-promises', 'no-non-null-assertion'];
  assert.deepEqual(brokenRules('server/src/watch/card.ts', lines), rules);
});

test('what preact lacks of React is refused', () => {
  for (const name of ['useActionState', 'useOptimistic', 'useFormStatus', 'Activity', 'cache']) {
    const lines = [`import { ${name} } from 'react';`, `export const used = ${name};`];
    assert.deepEqual(brokenRules('web/src/feed/feed.ts', lines), ['no-restricted-imports'], name);
  }
  const lines = ["import { preload } from 'react-dom';", 'export const used = preload;'];
  assert.deepEqual(brokenRules('web/src/feed/feed.ts', lines), ['no-restricted-imports']);
});

test('sendBeacon and controlled transactions are refused everywhere, the clock and chance outside platform', () => {
  const beacon = ['export const sent = (page: { navigator: Navigator }) => page.navigator.sendBeacon("/");'];
  assert.deepEqual(brokenRules('web/src/feed/beacon.ts', beacon), ['no-restricted-properties']);
  const held = ['export const held = (db: { startTransaction(): number }) => db.startTransaction();'];
  assert.deepEqual(brokenRules('server/src/platform/database.ts', held), ['no-restricted-properties']);
  const clock = ['export const now = () => Date.now() + Math.random();'];
  assert.deepEqual(brokenRules('server/src/watch/clock.ts', clock), ['no-restricted-properties']);
  assert.deepEqual(brokenRules('server/src/platform/clock.ts', clock), []);
});

test('files over 400 lines, functions over 60 and more than three parameters are refused, long tests are not', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `  console.log(${index});`);
  assert.deepEqual(brokenRules('tools/long.ts', ['export const text = 1;', ...many(400)]), ['max-lines']);
  const long = ['export function speak(): void {', ...many(60), '}'];
  assert.deepEqual(brokenRules('tools/long.ts', long), ['max-lines-per-function']);
  assert.deepEqual(brokenRules('tools/long.test.ts', long), []);
  const four = ['export const four = (a: number, b: number, c: number, d: number) => a + b + c + d;'];
  assert.deepEqual(brokenRules('tools/four.ts', four), ['max-params']);
});

test('file names are kebab-case, components alone are PascalCase', () => {
  assert.deepEqual(brokenRules('tools/fileName.ts', ['export const a = 1;']), ['filename-case']);
  assert.deepEqual(brokenRules('web/src/feed/FeedPage.tsx', ['export const a = 1;']), []);
});
