import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { judgeReports, type PaidReport } from './settle.ts';

const report = (bodyHash: string, ...ticketHashes: string[]): PaidReport => ({
  bodyHash,
  ticketHashes,
  keyDays: ticketHashes.map(() => '2026-11-22'),
  posts: [1],
  weightMillis: 20,
});

test('the same report with the same ticket again is the same; another one is refused', () => {
  const spent = new Map<string, string>();
  assert.deepEqual(judgeReports([report('a', 't'), report('a', 't'), report('b', 't')], spent), [
    'taken',
    'repeated',
    'refused',
  ]);
});

test('a chunk with one used ticket is refused whole, and its other tickets stay good', () => {
  const spent = new Map([['2', 'x']]);
  assert.deepEqual(judgeReports([report('c', '1', '2', '3')], spent), ['refused']);
  assert.deepEqual([...spent.keys()], ['2']);
});

test('a chunk cannot be paid with one ticket three times', () => {
  assert.deepEqual(judgeReports([report('c', '1', '1', '1')], new Map()), ['refused']);
});

test('however reports come, each ticket pays for one body', () => {
  const reports = fc.array(
    fc.record({
      bodyHash: fc.constantFrom('a', 'b', 'c'),
      tickets: fc.array(fc.constantFrom('1', '2', '3', '4'), { minLength: 1, maxLength: 3 }),
    }),
  );
  fc.assert(
    fc.property(reports, (made) => {
      const spent = new Map<string, string>();
      const all = made.map(({ bodyHash, tickets }) => report(bodyHash, ...tickets));
      const verdicts = judgeReports(all, spent);
      const paid = all.filter((_, place) => verdicts[place] === 'taken').flatMap((one) => one.ticketHashes);
      assert.equal(paid.length, new Set(paid).size);
      assert.equal(paid.length, spent.size);
    }),
  );
});
