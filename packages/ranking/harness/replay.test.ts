import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chanceFrom, type PostFacts, WEIGHTS } from '@vitrine/ranking';
import { figuresOf } from './figures.ts';
import type { Log, Watch } from './kuairand.ts';
import { popularityModel } from './popularity-model.ts';
import { type Judged, type Model, rankOf, replay } from './protocol.ts';
import { vitrineModel } from './vitrine-model.ts';

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2022, 3, 24, 16);
const POSTS = 60;
const ALL_DAYS = { from: '2022-04-25', to: '2022-04-28', offset: 0 };

/** A small log: viewers of two tastes, four days. */
function smallLog(seed: number): Log {
  const chance = chanceFrom(seed);
  const watchOf = (atMs: number, row: number): Watch => {
    const user = chance.below(40);
    const post = (user % 2) * 30 + chance.below(30);
    return { atMs, user, post, isPositive: chance.below(3) > 0, row };
  };
  const warmUp = Array.from({ length: 300 }, (_, i) => ({
    ...watchOf(START_MS - (300 - i) * 60_000, -1),
    isPositive: true,
  }));
  const events = Array.from({ length: 800 }, (_, i) => watchOf(START_MS + Math.floor((i * 4 * DAY_MS) / 800), i));
  const facts: PostFacts[] = Array.from({ length: POSTS }, (_, post) => ({
    post,
    creator: 1 + (post % 7),
    sound: 0,
    tags: [1 + Math.floor(post / 30)],
    durationMs: 10_000,
    publishedMinute: 0,
    language: 0,
    flags: 0,
    restriction: 0,
  }));
  return { warmUp, seenBefore: new Map([[1, [31, 32]]]), events, facts, nameOf: (post) => post };
}

function vitrineOver(log: Log, range = ALL_DAYS, isDelayed = false): { judged: Judged[]; model: Model } {
  const model = vitrineModel(log, WEIGHTS, { seed: 1, isDelayed });
  return { judged: replay(log, model, range), model };
}

test('what happens after a day changes nothing of what was predicted before', () => {
  const log = smallLog(1);
  const cut = { ...log, events: log.events.filter(({ atMs }) => atMs < START_MS + 2 * DAY_MS) };
  const [late, atOnce] = [true, false].map((isDelayed) => {
    const whole = vitrineOver(log, ALL_DAYS, isDelayed).judged;
    const half = vitrineOver(cut, ALL_DAYS, isDelayed).judged;
    assert.ok(half.length > 10 && half.length < whole.length);
    assert.equal(JSON.stringify(half), JSON.stringify(whole.slice(0, half.length)));
    return JSON.stringify(whole);
  });
  assert.notEqual(late, atOnce, 'reports that are on their way are not known yet');
});

test('the same log gives the same trace and state', () => {
  const [one, two] = [vitrineOver(smallLog(2)), vitrineOver(smallLog(2))];
  assert.deepEqual(one.judged, two.judged);
  assert.equal(one.model.stateHash(), two.model.stateHash());
  assert.notEqual(one.model.stateHash(), vitrineOver(smallLog(3)).model.stateHash());
});

test('every fourth positive is judged, if unseen and finished by somebody before', () => {
  const log = smallLog(1);
  const offsets = [0, 1, 2, 3].map((offset) => vitrineOver(log, { ...ALL_DAYS, offset }).judged);
  const rows = offsets.flat().map(({ row }) => row);
  assert.equal(new Set(rows).size, rows.length);
  const positives = log.events.filter(({ isPositive }) => isPositive).map(({ row }) => row);
  for (const { row } of offsets[1]!) assert.equal(positives.indexOf(row) % 4, 1);
  const seen = new Map([...log.seenBefore].map(([user, posts]) => [user, new Set(posts)]));
  for (const watch of [...log.warmUp, ...log.events]) {
    const own = seen.get(watch.user) ?? new Set<number>();
    seen.set(watch.user, own);
    if (own.has(watch.post)) assert.ok(!rows.includes(watch.row) || watch.row === -1);
    own.add(watch.post);
  }
});

test('the best are never posts that the viewer has seen', () => {
  const log = smallLog(4);
  const seen = new Map([...log.seenBefore].map(([user, posts]) => [user, new Set(posts)]));
  const byRow = new Map(vitrineOver(log).judged.map((judged) => [judged.row, judged]));
  for (const { user, post, row } of [...log.warmUp, ...log.events]) {
    const own = seen.get(user) ?? new Set<number>();
    seen.set(user, own);
    for (const best of byRow.get(row)?.best ?? []) assert.ok(!own.has(best));
    own.add(post);
  }
});

test('taste finds what popularity cannot: viewers of two kinds are told apart', () => {
  const log = smallLog(5);
  const mean = (judged: Judged[]) => judged.reduce((sum, { rank }) => sum + rank, 0) / judged.length;
  assert.ok(mean(vitrineOver(log).judged) < mean(replay(log, popularityModel(), ALL_DAYS)) - 3);
});

test('equal scores count against the ranking', () => {
  const scores = [1, 2, 3, 4].map((post) => ({ post, score: post === 4 ? 9 : 5 }));
  assert.equal(rankOf(scores, 2).rank, 4);
  assert.equal(rankOf(scores, 4).rank, 1);
  assert.equal(rankOf(scores, 77).rank, 5);
  assert.deepEqual(rankOf(scores, 1).best[0], 4);
});

test('figures are those of the ranks', () => {
  const { n, hr20, ndcg20, hr100 } = figuresOf([{ rank: 1 }, { rank: 20 }, { rank: 21 }, { rank: 101 }]);
  assert.deepEqual([n, hr20, hr100], [4, 0.5, 0.75]);
  assert.ok(Math.abs(ndcg20 - (1 + 1 / Math.log2(21)) / 4) < 1e-6);
});
