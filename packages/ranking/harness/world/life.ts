/** The closed loop: people watch what the kernel shows them, and the region learns from what they report. */
import { type Report, type Weights } from '@vitrine/ranking';
import { drift, likelihood, type MadePost, type MadeWorld, type Person } from './people.ts';
import {
  chunkOf,
  type Device,
  GUARANTEED,
  newDevice,
  newPublisher,
  pageFor,
  type Publisher,
  remember,
  take,
} from './publisher.ts';

const DAY_MS = 86_400_000;
/** Pages are ranked anew after so many watches. */
const PAGE = 5;
/** Reports arrive 1 to 30 minutes late. */
const LATE_MS = 30 * 60_000;

/** One watch, as only the simulation knows it. */
interface Lived {
  day: number;
  viewer: number;
  post: number;
  isPositive: boolean;
  /** Probability of it, and of the best unseen posts at that time. */
  likelihood: number;
  best: number;
}

/** A report on its way. */
interface Arriving {
  atMs: number;
  report: Report;
}

/** What a life leaves. */
export interface Life {
  world: MadeWorld;
  publisher: Publisher;
  devices: Device[];
  watches: Lived[];
  /** All accepted reports in order of arrival. */
  log: Report[];
  nowMs: number;
}

/** Starts: the first posts are there, nothing was watched. */
export function begin(world: MadeWorld, weights: Weights, seed: number): Life {
  return {
    world,
    publisher: newPublisher(seed, weights),
    devices: world.people.map(() => newDevice()),
    watches: [],
    log: [],
    nowMs: 0,
  };
}

/** Days before the first, in which the posts of the start get their guaranteed impressions from people drawn by chance. */
const EARLY_DAYS = 10;

/** Lives those days. */
export function liveEarlyDays(life: Life): void {
  const { world, devices } = life;
  const { chance, size } = world;
  for (const { facts, day } of world.posts) if (day === 0) life.publisher.posts.push(facts);
  const late: Arriving[] = [];
  const each = Math.ceil((GUARANTEED * size.posts) / EARLY_DAYS / size.viewers);
  for (let day = -EARLY_DAYS; day < 0; day += 1) {
    for (let i = 0; i < each * size.viewers; i += 1) {
      const atMs = day * DAY_MS + Math.floor((i * DAY_MS) / (each * size.viewers));
      const viewer = i % size.viewers;
      const made = world.posts[chance.below(size.posts)];
      const [person, device] = [world.people[viewer], devices[viewer]];
      if (made && person && device) watchOne(life, { device, person, made, atMs }, late);
      arrive(life, late, atMs);
    }
  }
  arrive(life, late, 0);
}

/** Lives one day. */
export function liveDay(life: Life, day: number): void {
  const { world, publisher } = life;
  const { size, chance } = world;
  if (day > 0) drift(world);
  for (const { facts, day: born } of world.posts) if (day > 0 && born === day) publisher.posts.push(facts);
  const visits = world.people.flatMap((_, viewer) =>
    Array.from({ length: Math.ceil(size.watches / PAGE) }, () => ({
      viewer,
      atMs: day * DAY_MS + chance.below(DAY_MS),
    })),
  );
  visits.sort((a, b) => a.atMs - b.atMs || a.viewer - b.viewer);
  const late: Arriving[] = [];
  for (const visit of visits) {
    arrive(life, late, visit.atMs);
    watchPage(life, { ...visit, day }, late);
  }
  arrive(life, late, Number.POSITIVE_INFINITY);
  life.nowMs = (day + 1) * DAY_MS;
}

/** Reports whose time has come. */
function arrive(life: Life, late: Arriving[], nowMs: number): void {
  late.sort((a, b) => a.atMs - b.atMs);
  while ((late[0]?.atMs ?? Number.POSITIVE_INFINITY) <= nowMs) {
    const next = late.shift();
    if (next === undefined) return;
    life.log.push(next.report);
    take(life.publisher, next.report);
  }
}

function watchPage(
  life: Life,
  { viewer, atMs, day }: { viewer: number; atMs: number; day: number },
  late: Arriving[],
): void {
  const { world, publisher } = life;
  const device = life.devices[viewer];
  const person = world.people[viewer];
  if (!device || !person) return;
  const best = bestUnseen(life, viewer);
  const page = pageFor(publisher, device, { atMs, count: PAGE, lot: world.chance.below(2 ** 31) });
  for (const { post } of page) {
    const made = world.posts[post];
    if (!made) continue;
    const isPositive = watchOne(life, { device, person, made, atMs }, late);
    life.watches.push({ day, viewer, post, isPositive, likelihood: likelihood(person, made), best });
  }
}

/** Somebody watches a post; what the device reports of it goes on its way. */
function watchOne(
  { world: { chance } }: Life,
  { device, person, made, atMs }: { device: Device; person: Person; made: MadePost; atMs: number },
  late: Arriving[],
): boolean {
  const isPositive = chance.fraction() < likelihood(person, made);
  const delayed = () => atMs + 60_000 + chance.below(LATE_MS);
  const { creator, post } = made.facts;
  const single = delayed();
  late.push({ atMs: single, report: { kind: 'single', post, creator, isPositive, weight: 1, atMs: single } });
  const three = remember(device, made.facts, isPositive);
  if (three === undefined) return isPositive;
  const chunk = delayed();
  late.push({ atMs: chunk, report: chunkOf(three, { weight: 1, atMs: chunk }) });
  return isPositive;
}

/** Mean likelihood of the page that somebody who knows everything would show. */
function bestUnseen({ world, publisher, devices }: Life, viewer: number): number {
  const person = world.people[viewer];
  const seen = devices[viewer]?.seen;
  if (!person || !seen) return 0;
  const top: number[] = [];
  for (const { post } of publisher.posts) {
    const made = world.posts[post];
    if (!made || ((seen.get(post >>> 12)?.[(post >>> 5) & 127] ?? 0) >>> (post & 31)) & 1) continue;
    const value = likelihood(person, made);
    if (top.length === PAGE && value <= (top[PAGE - 1] ?? 0)) continue;
    top.push(value);
    top.sort((a, b) => b - a);
    top.length = Math.min(top.length, PAGE);
  }
  return top.reduce((sum, value) => sum + value, 0) / Math.max(1, top.length);
}
