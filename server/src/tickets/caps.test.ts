import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayAccept, windowsOf } from './caps.ts';

/** How many of so many reports of one post are let in during an hour, after an hour that let in `before`. */
function letIn(reports: number, before: number): number {
  const windows = windowsOf([], [{ post: 1, weightMillis: 20, seen: before, accepted: before }]);
  return Array.from({ length: reports }, () => windows.take([1], 20)).filter(Boolean).length;
}

test('few reports are let in without question', () => {
  assert.equal(letIn(30, 0), 30);
});

test('a post that nobody watched an hour ago cannot be lifted by any number of tickets', () => {
  assert.equal(letIn(1000, 0), 30);
  assert.equal(letIn(1_000_00, 0), 30);
});

test('from hour to hour at most twice as much is let in', () => {
  assert.equal(letIn(100_000, 200), 400);
  let before = 0;
  const hours = Array.from({ length: 6 }, () => (before = letIn(1_000_000, before)));
  assert.deepEqual(hours, [30, 60, 120, 240, 480, 960]);
});

test('of what goes beyond the first, half is let in also when the hour before was full', () => {
  assert.equal(letIn(1030, 100_000), 530);
});

test('a chunk needs room for each of its posts, and takes it from each', () => {
  const full = { post: 3, weightMillis: 20, seen: 30, accepted: 30 };
  const windows = windowsOf([full], []);
  assert.equal(windows.take([1, 2, 3], 20), false);
  assert.equal(windows.take([1, 2, 4], 20), true);
  assert.deepEqual(windows.entries()[1], { post: 1, weightMillis: 20, seen: 2, accepted: 1 });
  assert.equal(full.seen, 30, 'what was given is not changed');
});

test('what is let in never falls when more was let in before', () => {
  for (let before = 0; before < 500; before += 7)
    for (let accepted = 0; accepted < 500; accepted += 13) {
      const now = { seen: 2 * accepted, accepted };
      if (mayAccept(now, { seen: before, accepted: before }))
        assert.ok(mayAccept(now, { seen: before + 1, accepted: before + 1 }));
    }
});

test('a flood of light tickets leaves heavier ones their room', () => {
  const windows = windowsOf([], []);
  for (let report = 0; report < 1000; report += 1) windows.take([1], 5);
  assert.equal(windows.take([1], 5), false);
  assert.equal(windows.take([1], 20), true);
});
