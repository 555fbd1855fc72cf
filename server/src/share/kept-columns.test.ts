import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { LOG_DAYS } from '../tickets/store.ts';
import { FEWEST_ACCOUNTS, WEIGHTS } from '../tickets/weights.ts';
import { keptColumns } from './kept-columns.ts';

const DOC = fileURLToPath(new URL('../../../docs/privacy.md', import.meta.url));
const HEAD =
  '<!-- made from server/src/platform/column-classes.ts; after a change: UPDATE_DOCS=1 node --test server/src/share/kept-columns.test.ts -->';

test('docs/privacy.md lists every column that the region keeps', async () => {
  const text = await readFile(DOC, 'utf8');
  const [prose = ''] = text.split(HEAD);
  const whole = `${prose}${HEAD}\n\n${keptColumns()}\n`;
  if (process.env.UPDATE_DOCS) return writeFile(DOC, whole);
  assert.equal(text, whole, 'UPDATE_DOCS=1 node --test server/src/share/kept-columns.test.ts writes it anew');
});

test('the numbers that docs/privacy.md tells are those of the code', async () => {
  const text = await readFile(DOC, 'utf8');
  for (const { weightMillis, fromActiveDays, because } of WEIGHTS)
    assert.ok(
      text.includes(`| ${fromActiveDays} | ${weightMillis / 1000} | ${because} |`),
      `from ${fromActiveDays} days`,
    );
  assert.ok(text.includes(`fewer than ${FEWEST_ACCOUNTS} accounts`));
  assert.ok(text.includes(`${LOG_DAYS} days`));
});
