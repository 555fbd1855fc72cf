import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figuresOfTrace } from './figures-of-trace.ts';

const line = (row: number, rank: number, best: number[]) => JSON.stringify({ row, target: 7, rank, best });

test('figures follow from ranks alone', () => {
  const figures = figuresOfTrace(
    [line(1, 1, [7, 8]), line(2, 3, [8, 9]), line(3, 100, [8]), line(4, 101, [8])].join('\n'),
  );
  assert.deepEqual(figures, { n: 4, hr20: 0.5, ndcg20: 0.375, hr100: 0.75, faults: 0 });
});

test('a trace that contradicts itself is told', () => {
  assert.equal(figuresOfTrace(line(1, 1, [8, 7])).faults, 1, 'target behind its rank');
  assert.equal(figuresOfTrace(line(1, 2, [8, 9, 10])).faults, 1, 'target missing from the best');
  assert.equal(figuresOfTrace([line(1, 5, []), line(1, 5, [])].join('\n')).faults, 1, 'a row twice');
});
