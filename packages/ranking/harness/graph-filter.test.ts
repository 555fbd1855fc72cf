import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chanceFrom } from '@vitrine/ranking';
import { graphFilter, scorePlaces } from './graph-filter.ts';
import type { Visits } from './gowalla.ts';
import { smoothVectors } from './smooth-vectors.ts';

/** Two towns of 200 places; everybody stays in one of them. */
function towns(): Visits {
  const chance = chanceFrom(3);
  const train = Array.from({ length: 300 }, (_, user) => [
    ...new Set(Array.from({ length: 12 }, () => (user % 2) * 200 + chance.below(200))),
  ]);
  return { train, test: train.map(() => []), places: 400 };
}

test('the vectors are orthonormal and span what the visits span', () => {
  const { train, places } = towns();
  const degree = new Map<number, number>();
  for (const place of train.flat()) degree.set(place, (degree.get(place) ?? 0) + 1);
  const vectors = smoothVectors(
    {
      byUser: train,
      places,
      userFactor: Float64Array.from(train, ({ length }) => 1 / Math.sqrt(length)),
      placeFactor: Float64Array.from({ length: places }, (_, place) => 1 / Math.sqrt(degree.get(place) ?? 1)),
    },
    4,
    { rounds: 8, chance: chanceFrom(1) },
  );
  const dot = (i: number, j: number) =>
    Array.from({ length: places }, (_, p) => vectors[p * 4 + i]! * vectors[p * 4 + j]!).reduce((sum, x) => sum + x, 0);
  for (const i of [0, 1, 2, 3]) for (const j of [0, 1, 2, 3]) assert.ok(Math.abs(dot(i, j) - (i === j ? 1 : 0)) < 1e-9);
  // Two towns apart: the two leading directions are sqrt(degree) on each town.
  const ratio = (place: number) => (vectors[place * 4]! ** 2 + vectors[place * 4 + 1]! ** 2) / degree.get(place)!;
  const [one, two] = [train[0]![0]!, train[0]![1]!];
  assert.ok(Math.abs(ratio(one) / ratio(two) - 1) < 1e-3);
});

test('places of the own town score above those of the other, in whole numbers', () => {
  const visits = towns();
  const filter = graphFilter(visits, 1);
  const scores = Array.from({ length: visits.places }, () => 0);
  scorePlaces(filter, 0, scores);
  assert.ok(scores.every((score) => Number.isSafeInteger(score)));
  const mean = (from: number) => scores.slice(from, from + 200).reduce((sum, score) => sum + score, 0) / 200;
  assert.ok(mean(0) > 2 * Math.abs(mean(200)), `${mean(0)} against ${mean(200)}`);
});
