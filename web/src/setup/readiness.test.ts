import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readinessOf } from './readiness.ts';

test('the machine is told in plain figures', () => {
  const ready = readinessOf({
    isReady: true,
    database: { kind: 'embedded', answers: true, durability: 'x' },
    disk: { freeBytes: 5, hasRoom: true },
    sandbox: { a: { isOn: true }, b: { isOn: false }, c: { isOn: true } },
  });
  assert.deepEqual([ready.isReady, ready.layers, ready.allLayers, ready.freeBytes], [true, 2, 3, 5]);
});

test('an answer without facts claims nothing', () => {
  const ready = readinessOf(null);
  assert.deepEqual([ready.isReady, ready.hasRoom, ready.databaseAnswers, ready.layers], [false, false, false, 0]);
});
