import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  FREE_ROOT,
  FREE_WEIGHT,
  GROWTH,
  type Gate,
  newGate,
  notePassed,
  passGate,
  roomIn,
  SHARE_CAP,
  WINDOW_MS,
} from './gate.ts';

/** Full tickets for one post of a creator nobody knows, one window. */
function push(gate: Gate, at: { post: number; window: number; reports: number; creator?: number }): number {
  let accepted = 0;
  for (let i = 0; i < at.reports; i += 1) {
    const { post, creator = 0 } = at;
    accepted += passGate(gate, { post, creator, weight: 1, atMs: at.window * WINDOW_MS });
  }
  return accepted;
}

/** A region in which each of a thousand posts had a report in window 0. */
function liveRegion(): Gate {
  const gate = newGate();
  for (let post = 1000; post < 2000; post += 1) push(gate, { post, window: 0, reports: 1 });
  return gate;
}

test('ordinary reports pass whole', () => {
  assert.equal(push(newGate(), { post: 1, window: 0, reports: FREE_WEIGHT }), FREE_WEIGHT);
});

test('a post has in each window at most twice what it had in the one before', () => {
  const gate = liveRegion();
  const windows = [1, 2, 3].map((window) => {
    for (let post = 1000; post < 2000; post += 1) push(gate, { post, window, reports: 1 });
    return push(gate, { post: 1, window, reports: 1000 });
  });
  const free = FREE_ROOT * Math.sqrt(1000);
  for (const [i, accepted] of windows.entries()) assert.ok(Math.abs(accepted - free * GROWTH ** i) < 1e-9);
});

test('however long it grows, a post has at most its share of the region', () => {
  const gate = liveRegion();
  let last = 0;
  for (let window = 1; window < 12; window += 1) {
    for (let post = 1000; post < 2000; post += 1) push(gate, { post, window, reports: 4 });
    last = push(gate, { post: 1, window, reports: 5000 });
  }
  assert.ok(last > 50 && last <= SHARE_CAP * (4000 + 5000), `${last} accepted`);
});

test('many posts of one creator in an hour count less and less, others do not', () => {
  const [one, many] = [newGate(), newGate()];
  let [same, apart] = [0, 0];
  for (let post = 0; post < 40; post += 1) {
    same += push(one, { post, window: 0, reports: FREE_WEIGHT, creator: 7 });
    apart += push(many, { post, window: 0, reports: FREE_WEIGHT, creator: 100 + post });
  }
  assert.equal(apart, 40 * FREE_WEIGHT);
  assert.ok(same < apart / 2, `${same} accepted`);
});

test('asking for room takes none', () => {
  const gate = newGate();
  const asking = { post: 1, creator: 2, weight: FREE_WEIGHT, atMs: 0 };
  assert.equal(roomIn(gate, asking), FREE_WEIGHT);
  assert.equal(roomIn(gate, asking), FREE_WEIGHT);
  notePassed(gate, asking);
  assert.equal(roomIn(gate, asking), 0);
});

test('never more than asked, never less than nothing', () => {
  const asking = fc.record({
    post: fc.nat(5),
    creator: fc.nat(3),
    weight: fc.constantFrom(0.005, 0.02, 0.1, 0.4, 1),
    atMs: fc.nat(20 * WINDOW_MS),
  });
  fc.assert(
    fc.property(fc.array(asking, { maxLength: 300 }), (all) => {
      const gate = newGate();
      return all.every((each) => {
        const accepted = passGate(gate, each);
        return accepted >= 0 && accepted <= each.weight;
      });
    }),
  );
});
