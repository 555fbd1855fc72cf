/**
 * The authorisation matrix: every operation, in every state of its subject, for every role. The expected answers stand in
 * authorisation.tsv, were read line by line, and are not made from the policy table. `a/b`: either, where it depends on whether
 * the pages were built. A `+` says that the list held the subject's post.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { HTTPMethods } from 'fastify';
import { POLICIES, type Policy, type Who } from '../../platform/policy.ts';
import { startTestRegion, type TestRegion } from '../region.ts';
import { ask, askRow, usualStates } from './ask.ts';
import { ROLES, type MatrixRole } from './stage.ts';

interface Row {
  operation: string;
  state: string;
  expected: string[];
}

const [heading, ...lines] = readFileSync(new URL('authorisation.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');
const rows: Row[] = lines.map((line) => {
  const [operation = '', state = '', ...expected] = line.split('\t');
  return { operation, state, expected };
});
const operations = [...new Set(rows.map((row) => row.operation))];

let region: TestRegion;
before(async () => {
  region = await startTestRegion();
  // The first epoch.
  await region.learn();
});
after(() => region.close());

function isRegistered(operation: string): boolean {
  const [method = '', url = ''] = operation.split(' ');
  return region.app.hasRoute({ method: method as HTTPMethods, url });
}

const isAsExpected = (answer: string, expected: string): boolean => expected.split('/').includes(answer);

test('the table has a column for every role', () => {
  assert.deepEqual(heading?.split('\t'), ['operation', 'state', ...ROLES]);
  for (const row of rows) assert.equal(row.expected.length, ROLES.length, `${row.operation} ${row.state}`);
});

test('every operation of the server has its rows, in every state of its subject', async () => {
  const missing: string[] = [];
  for (const operation of Object.keys(POLICIES).filter(isRegistered)) {
    const states =
      POLICIES[operation]?.who === 'steppedUp' ? [...usualStates(operation), 'stale'] : usualStates(operation);
    for (const state of states) {
      if (rows.some((row) => row.operation === operation && row.state === state)) continue;
      missing.push([operation, state, ...(await askRow(region, operation, state))].join('\t'));
    }
  }
  assert.equal(
    missing.join('\n'),
    '',
    'read these rows, which are what is answered now, and add them if they are right',
  );
});

test('every row is of an operation that the server has', () => {
  assert.deepEqual(
    operations.filter((operation) => !isRegistered(operation)),
    [],
  );
});

for (const operation of operations) {
  test(`${operation} answers each role as the table says`, async () => {
    const wrong: string[] = [];
    for (const row of rows.filter((one) => one.operation === operation)) {
      const answers = await askRow(region, operation, row.state);
      for (const [index, answer] of answers.entries()) {
        const expected = row.expected[index] ?? '';
        if (!isAsExpected(answer, expected)) wrong.push(`${row.state}, ${ROLES[index]}: ${answer}, not ${expected}`);
      }
    }
    assert.equal(wrong.join('\n'), '');
  });
}

/** Another line than the one that stands, and a role that must notice. */
function flipOf(policy: Policy, first: Row): { who: Who; state: string; role: MatrixRole } {
  if (policy.who === 'steppedUp') return { who: 'signedIn', state: 'stale', role: 'stranger' };
  if (policy.who === 'account') return { who: 'signedIn', state: first.state, role: 'suspended' };
  if (policy.who === 'signedIn') return { who: 'account', state: first.state, role: 'suspended' };
  return { who: 'account', state: first.state, role: first.expected[0] === '401' ? 'suspended' : 'anonymous' };
}

test('a policy line that is flipped is noticed, whichever it is', async () => {
  const table: Record<string, Policy> = POLICIES;
  const unnoticed: string[] = [];
  for (const operation of operations) {
    const policy = table[operation];
    const first = rows.find((row) => row.operation === operation);
    if (!policy || !first) continue;
    const { who, state, role } = flipOf(policy, first);
    const expected = rows.find((row) => row.operation === operation && row.state === state)?.expected[
      ROLES.indexOf(role)
    ];
    table[operation] = { ...policy, who };
    const answer = await ask(region, { operation, state, role });
    table[operation] = policy;
    if (isAsExpected(answer, expected ?? '')) unnoticed.push(`${operation}: ${policy.who} -> ${who}`);
  }
  assert.deepEqual(unnoticed, []);
});
