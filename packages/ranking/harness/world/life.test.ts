import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chanceFrom, WEIGHTS } from '@vitrine/ranking';
import { ATTACKS, reportsOf } from './bots.ts';
import { begin, type Life, liveDay, liveEarlyDays } from './life.ts';
import { likelihood, makeWorld, SMALL_WORLD } from './people.ts';

const TINY = { ...SMALL_WORLD, viewers: 150, posts: 240, postsPerDay: 3, creators: 20, topics: 6, days: 2 };

function lived(seed: number): Life {
  const life = begin(makeWorld(seed, TINY), WEIGHTS, seed);
  liveEarlyDays(life);
  for (let day = 0; day < TINY.days; day += 1) liveDay(life, day);
  return life;
}

test('the same seed lives the same life, another one another', () => {
  assert.deepEqual(lived(1).log, lived(1).log);
  assert.notDeepEqual(lived(1).log, lived(2).log);
});

test('nobody is shown a post twice, and every watch arrives as one report', () => {
  const { watches, log } = lived(3);
  const pairs = new Set(watches.map(({ viewer, post }) => `${viewer} ${post}`));
  assert.equal(pairs.size, watches.length);
  assert.equal(log.filter(({ kind, atMs }) => kind === 'single' && atMs >= 0).length >= watches.length, true);
});

test('people finish more of what the ranking shows than of posts drawn by chance', () => {
  const { watches, world } = lived(4);
  const shown = watches.reduce((sum, watch) => sum + watch.likelihood, 0) / watches.length;
  const all = world.people.flatMap((person) => world.posts.map((post) => likelihood(person, post)));
  const byChance = all.reduce((sum, value) => sum + value, 0) / all.length;
  assert.ok(shown > 1.2 * byChance, `${shown} shown, ${byChance} by chance`);
});

test('an attack uses the tickets of its accounts and no more', () => {
  const { world } = lived(1);
  const [target, ...liked] = world.posts.map(({ facts }) => facts);
  assert.ok(target);
  for (const attack of ATTACKS) {
    const reports = reportsOf(attack, { accounts: 4, target, liked, chance: chanceFrom(1), fromMs: 0 });
    const tickets = reports.reduce((sum, { kind }) => sum + (kind === 'chunk' ? 3 : 1), 0);
    assert.ok(tickets > 0 && tickets <= 4 * 50 * attack.days, `${attack.name}: ${tickets}`);
  }
});
