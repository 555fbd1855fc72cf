import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const SOURCE = import.meta.dirname;
/** What the scoring path may not name: engines differ on the first, fractions come from the rest. */
const FORBIDDEN: readonly { pattern: RegExp; why: string }[] = [
  { pattern: /\bMath\.(?!abs\b|imul\b|clz32\b|min\b|max\b|sign\b)\w+/g, why: 'only whole-number functions of Math' },
  { pattern: /\b\d[\d_]*\.\d/g, why: 'a fraction as a literal' },
  { pattern: /\bFloat\d+Array\b/g, why: 'an array of floats' },
  {
    pattern: /\b(?:Date|Intl|performance|crypto|fetch|parseFloat|Temporal)\b/g,
    why: 'clock, chance, network or float',
  },
];
const DIVISION = /[\w)\]]\s*\/=?\s*[\w(]/g;

function breaches(text: string, mayDivide: boolean): string[] {
  const code = text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\/\/.*$/gm, '')
    .replace(/'[^'\n]*'|`[^`]*`/g, "''");
  const rules = mayDivide ? FORBIDDEN : [...FORBIDDEN, { pattern: DIVISION, why: 'a division outside integer/' }];
  return rules.flatMap(({ pattern, why }) => [...code.matchAll(pattern)].map(([found]) => `${found}: ${why}`));
}

test('nothing on the scoring path names a float, a clock or chance, and only integer/ divides', () => {
  const files = globSync('**/*.ts', {
    cwd: SOURCE,
    exclude: ['learn/**', 'shelve/**', 'testing/**', '**/*.test.ts', 'index.ts'],
  });
  assert.ok(files.length > 20, 'the scoring path was found');
  const found = files.flatMap((file) =>
    breaches(readFileSync(join(SOURCE, file), 'utf8'), file === 'integer/whole.ts').map(
      (breach) => `${file}: ${breach}`,
    ),
  );
  assert.deepEqual(found, []);
});

test('the scoring path imports nothing of the learner', () => {
  const files = globSync('**/*.ts', {
    cwd: SOURCE,
    exclude: ['learn/**', 'shelve/**', 'testing/**', '**/*.test.ts', 'index.ts'],
  });
  const found = files.filter((file) => /from '[^']*(?:learn|shelve)\//.test(readFileSync(join(SOURCE, file), 'utf8')));
  assert.deepEqual(found, []);
});

test('every planted fault is found', () => {
  const faults = [
    'Math.exp(x)',
    'const a = 0.5;',
    'a / b',
    'new Float64Array(3)',
    'Date.now()',
    'Math.random()',
    'x /= 2',
  ];
  for (const fault of faults) assert.equal(breaches(fault, false).length > 0, true, fault);
  assert.deepEqual(breaches("// a / b, 0.5\nconst path = 'a/b 1.5'; Math.imul(2, 3);", false), []);
});
