import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Ticket, WatchReport } from '@vitrine/schema';
import {
  addTickets,
  NOTHING_LEARNT,
  noteWatch,
  openAgain,
  sealDue,
  settle,
  wantsDraw,
  type Answer,
  type Learning,
  type Moment,
  type NotedWatch,
} from './learning.ts';
import { drawTickets } from './draw.ts';
import { PACE } from './pace.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const START = Date.parse('2026-11-22T08:00:00Z');

/** Chance that is the same in each run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const at = (nowMs: number, random = chance(1)): Moment => ({ nowMs, random, pace: PACE });
const watch = (post: number, more: Partial<NotedWatch> = {}): NotedWatch => ({
  post,
  outcomeBucket: 9,
  loops: 0,
  isSkip: false,
  isPositive: true,
  mayStandInChunk: true,
  ...more,
});
let made = 0;
const tickets = (count: number, day = '2026-11-22'): Ticket[] =>
  Array.from({ length: count }, () => ({ key: `${day}.20`, input: `in${(made += 1)}`, output: `out${made}` }));

/** A device that lives through hours in which it looks every 20 s; tells what was sent when. */
function live(
  start: Learning,
  hours: number,
  more: {
    watches?: (nowMs: number) => NotedWatch[];
    answer?: (report: WatchReport) => Answer;
    seed?: number;
    isPersonal?: boolean;
  } = {},
): { learning: Learning; sent: { atMs: number; report: WatchReport }[] } {
  const random = chance(more.seed ?? 7);
  const sent: { atMs: number; report: WatchReport }[] = [];
  let learning = start;
  for (let nowMs = START; nowMs < START + hours * 60 * MINUTE; nowMs += 20_000) {
    for (const one of more.watches?.(nowMs) ?? [])
      learning = noteWatch(learning, one, { ...at(nowMs, random), isPersonal: more.isPersonal ?? true });
    const sealed = sealDue(learning, at(nowMs, random));
    if (!sealed) continue;
    sent.push({ atMs: nowMs, report: sealed.report.sealed });
    const answer = more.answer?.(sealed.report.sealed) ?? 'ended';
    learning = settle(sealed.learning, sealed.report, { ...at(nowMs, random), answer });
  }
  return { learning, sent };
}

const wallet = (count: number): Learning =>
  addTickets(NOTHING_LEARNT, tickets(count), { nowMs: START - 60 * MINUTE, isSignedIn: true });
const perMinute = (nowMs: number): NotedWatch[] =>
  (nowMs - START) % MINUTE === 0 && nowMs < START + 20 * MINUTE ? [watch((nowMs - START) / MINUTE + 1)] : [];
const isChunk = (report: WatchReport): boolean => 'posts' in report;
const ticketsOf = (report: WatchReport): Ticket[] => ('ticket' in report ? [report.ticket] : report.tickets);

test('each watch is reported once, and liked ones stand in one chunk each', () => {
  const { sent, learning } = live(wallet(50), 3, { watches: perMinute });
  const singles = sent.flatMap(({ report }) => ('post' in report ? [report.post] : []));
  assert.deepEqual(
    singles.toSorted((a, b) => a - b),
    Array.from({ length: 20 }, (_, place) => place + 1),
  );
  const inChunks = sent.flatMap(({ report }) => ('posts' in report ? report.posts : []));
  assert.equal(inChunks.length, 18);
  assert.equal(new Set(inChunks).size, 18);
  assert.equal(learning.positives.length, 2);
  const spent = sent.flatMap(({ report }) => ticketsOf(report)).map((ticket) => ticket.input);
  assert.equal(new Set(spent).size, 20 + 18);
});

test('no report leaves within a minute of its watch, and the two kinds never within a minute of each other', () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const { sent } = live(wallet(50), 3, { watches: perMinute, seed });
    for (const { atMs, report } of sent)
      if ('post' in report) assert.ok(atMs - (START + (report.post - 1) * MINUTE) >= MINUTE);
    for (const [place, one] of sent.entries()) {
      const next = sent[place + 1];
      if (next && isChunk(one.report) !== isChunk(next.report))
        assert.ok(next.atMs - one.atMs > MINUTE, `seed ${seed}`);
    }
  }
});

test('a ticket rests ten minutes before it is used', () => {
  const fresh = addTickets(NOTHING_LEARNT, tickets(50), { nowMs: START, isSignedIn: true });
  const { sent } = live(fresh, 2, { watches: perMinute });
  assert.ok(sent.length > 0 && sent.every(({ atMs }) => atMs >= START + 10 * MINUTE));
});

test('without tickets nothing is sent; what waited is sent once there are some', () => {
  const { learning, sent } = live(NOTHING_LEARNT, 1, { watches: perMinute });
  assert.equal(sent.length, 0);
  const later = live(addTickets(learning, tickets(50), { nowMs: START - 60 * MINUTE, isSignedIn: true }), 2);
  assert.equal(later.sent.length, 20 + 6);
});

test('what a closed page had not sent waits for a random time after the next opening, and goes after seven days', () => {
  const noted = noteWatch(wallet(5), watch(1), { ...at(START), isPersonal: true });
  const opened = openAgain(
    noted,
    at(START + 5 * DAY, () => 0.5),
  );
  assert.equal(opened.waiting[0]!.dueAtMs, START + 5 * DAY + 15.5 * MINUTE);
  assert.equal(sealDue(opened, at(START + 5 * DAY)), undefined);
  assert.deepEqual(openAgain(noted, at(START + 7 * DAY)).waiting, []);
  assert.equal(openAgain(noted, at(START + 8 * DAY)).tickets.length, 0, 'tickets of a key that is no longer taken');
  const soon = openAgain(noted, at(START + 1));
  assert.deepEqual(soon.waiting, noted.waiting, 'what is not due yet keeps its time');
});

test('a report without an answer is sent again word for word', () => {
  const seen: string[] = [];
  const { learning } = live(wallet(5), 6, {
    watches: (nowMs) => (nowMs === START ? [watch(1)] : []),
    answer: (report) => {
      seen.push(JSON.stringify(report));
      return seen.length < 4 ? 'unanswered' : 'ended';
    },
  });
  assert.equal(seen.length, 4);
  assert.equal(new Set(seen).size, 1);
  assert.equal(learning.waiting.length, 0);
});

test('what was shown with a chunk that came too early is shown with nothing else; an unpaid report takes another ticket', () => {
  const early = live(wallet(6), 3, {
    watches: (nowMs) => (nowMs === START ? [watch(1), watch(2), watch(3)] : []),
    answer: () => 'ended',
  });
  assert.deepEqual([early.learning.tickets, early.learning.waiting], [[], []]);
  let tries = 0;
  const unpaid = live(wallet(2), 3, {
    watches: (nowMs) => (nowMs === START ? [watch(1)] : []),
    answer: () => ((tries += 1) === 1 ? 'unpaid' : 'ended'),
  });
  assert.notEqual(ticketsOf(unpaid.sent[0]!.report)[0]!.input, ticketsOf(unpaid.sent[1]!.report)[0]!.input);
});

test('without a profile, and of posts that few have watched, only counts are reported', () => {
  const many = (nowMs: number): NotedWatch[] => perMinute(nowMs).map((one) => ({ ...one }));
  assert.ok(live(wallet(50), 3, { watches: many, isPersonal: false }).sent.every(({ report }) => !isChunk(report)));
  const rare = (nowMs: number): NotedWatch[] => perMinute(nowMs).map((one) => ({ ...one, mayStandInChunk: false }));
  assert.ok(live(wallet(50), 3, { watches: rare }).sent.every(({ report }) => !isChunk(report)));
});

test('a post watched twice stands in a chunk once', () => {
  const { learning } = live(wallet(50), 1, {
    watches: (nowMs) => (nowMs === START ? [watch(1), watch(1), watch(2)] : []),
  });
  assert.deepEqual(
    learning.positives.map((one) => one.post),
    [1, 2],
  );
});

test('a device that watches more than its tickets reports a uniform sample', () => {
  const yesterday = { ...NOTHING_LEARNT, wanted: { day: '2026-11-21', today: 450, before: 0 } };
  const counts = new Map<number, number>();
  const runs = 400;
  for (let seed = 1; seed <= runs; seed += 1) {
    let learning: Learning = yesterday;
    const random = chance(seed * 7919);
    for (let post = 1; post <= 100; post += 1)
      learning = noteWatch(learning, watch(post, { isPositive: false }), {
        ...at(START + post, random),
        isPersonal: true,
      });
    for (const { what } of learning.waiting)
      if ('post' in what) counts.set(what.post, (counts.get(what.post) ?? 0) + 1);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  assert.ok(Math.abs(total / (runs * 100) - 0.1) < 0.01, `a tenth is reported: ${total / (runs * 100)}`);
  const early = Array.from({ length: 50 }, (_, place) => counts.get(place + 1) ?? 0).reduce(
    (sum, count) => sum + count,
    0,
  );
  assert.ok(Math.abs(early / total - 0.5) < 0.03, 'early watches as often as late ones');
});

test('tickets are drawn once a day, and once more after signing in', () => {
  assert.ok(wantsDraw(NOTHING_LEARNT, START, false));
  const drawn = addTickets(NOTHING_LEARNT, tickets(20), { nowMs: START, isSignedIn: false });
  assert.ok(!wantsDraw(drawn, START, false));
  assert.ok(wantsDraw(drawn, START, true));
  assert.ok(wantsDraw(drawn, START + DAY, false));
});

test('a device that still holds tickets draws as many as one that has used all, and keeps a day of the old ones', async () => {
  let wished = 0;
  const answers: Record<string, unknown> = {
    'GET /api/v1/tickets/keys': { keys: [{ classKey: '2026-11-22.20', day: '2026-11-22' }] },
    'GET /api/v1/tickets': { classKey: '2026-11-22.20', left: 50 },
  };
  const fetch = async (address: string, init: RequestInit): Promise<Response> => {
    if (typeof init.body === 'string') wished = (JSON.parse(init.body) as { blinded: unknown[] }).blinded.length;
    return Response.json(answers[`${init.method ?? 'GET'} ${address}`] ?? { evaluated: [], proof: '' });
  };
  await assert.rejects(drawTickets({ fetch, randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)) }));
  assert.equal(wished, 50);
  const drawn = addTickets(wallet(60), tickets(50), { nowMs: START, isSignedIn: true });
  assert.equal(drawn.tickets.length, 100);
});
