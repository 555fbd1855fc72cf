import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beginHistory, redo, settle, step, undo } from './history.ts';

test('every step of a long session is undone and redone', () => {
  let history = beginHistory(0);
  for (let state = 1; state <= 500; state += 1) history = step(history, state);
  for (let state = 499; state >= 0; state -= 1) {
    history = undo(history);
    assert.equal(history.now, state);
  }
  assert.equal(undo(history), history);
  for (let state = 1; state <= 500; state += 1) history = redo(history);
  assert.equal(history.now, 500);
  assert.equal(redo(history), history);
});

test('a drag is one step, two drags are two', () => {
  let history = beginHistory(0);
  for (const state of [1, 2, 3]) history = step(history, state, 'trim a');
  history = settle(history);
  for (const state of [4, 5]) history = step(history, state, 'trim a');
  assert.equal(undo(history).now, 3);
  assert.equal(undo(undo(history)).now, 0);
});

test('a new step after an undo forgets what was undone, and only that', () => {
  const history = step(undo(step(step(beginHistory('a'), 'b'), 'c')), 'd');
  assert.deepEqual([...history.past, history.now, ...history.future], ['a', 'b', 'd']);
});
