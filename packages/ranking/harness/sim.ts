/** `npm run sim`: a made-up region lives some days with the shipped learner and kernel; how well people and creators fare. */
import { parseArgs } from 'node:util';
import { publishedRate, WEIGHTS, countAt } from '@vitrine/ranking';
import { begin, type Life, liveDay, liveEarlyDays } from './world/life.ts';
import { makeWorld, SMALL_WORLD } from './world/people.ts';
import { GUARANTEED } from './world/publisher.ts';

const HELP = `npm run sim -- [--seed N] [--days N] [--viewers N] [--json]

People with tastes that drift watch what the ranking shows them; the region learns from their reports alone.
  --json   one line of JSON at the end`;

/** Days at the start that are not judged: nothing was learned yet. */
const WARM_DAYS = 3;

function main(): void {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      days: { type: 'string', default: String(SMALL_WORLD.days) },
      viewers: { type: 'string', default: String(SMALL_WORLD.viewers) },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const [seed, days, viewers] = [Number(values.seed), Number(values.days), Number(values.viewers)];
  const startedMs = performance.now();
  const life = begin(makeWorld(seed, { ...SMALL_WORLD, days, viewers }), WEIGHTS, seed);
  liveEarlyDays(life);
  for (let day = 0; day < days; day += 1) {
    liveDay(life, day);
    if (!values.json) console.log(`day ${day + 1}: ${JSON.stringify(pleasure(life, day, day))}`);
  }
  const seconds = Math.round((performance.now() - startedMs) / 100) / 10;
  const figures = { seed, days, viewers, ...figuresOf(life, days), seconds };
  console.log(values.json ? JSON.stringify(figures) : figures);
}

/** Share of watches that were finished, and of what a page made in full knowledge would have reached. */
function pleasure({ watches }: Life, from: number, to: number): { finished: number; ofBest: number } {
  const judged = watches.filter(({ day }) => day >= from && day <= to);
  const sum = (of: (watch: (typeof judged)[number]) => number) => judged.reduce((total, watch) => total + of(watch), 0);
  return {
    finished: round(sum(({ isPositive }) => Number(isPositive)) / Math.max(1, judged.length)),
    ofBest: round(
      sum(({ likelihood }) => likelihood) /
        Math.max(
          1e-9,
          sum(({ best }) => best),
        ),
    ),
  };
}

function figuresOf(life: Life, days: number) {
  const { watches, world } = life;
  const judged = watches.filter(({ day }) => day >= WARM_DAYS);
  const byPost = countBy(judged.map(({ post }) => post));
  const creators = countBy(judged.map(({ post }) => world.posts[post]?.facts.creator ?? 0));
  const exposure = Array.from({ length: world.size.creators }, (_, i) => creators.get(i + 1) ?? 0);
  const { finished, ofBest } = pleasure(life, WARM_DAYS, days);
  return {
    watches: watches.length,
    finished,
    /** 1 = as good as knowing every taste and every quality. */
    ofBest,
    regret: round(1 - ofBest),
    coverage: round(byPost.size / life.publisher.posts.length),
    ...discovery(life),
    creatorGini: round(gini(exposure)),
    topicEntropy: round(topicEntropy(life)),
  };
}

/** Of new posts that are truly among the best tenth: how many stand in the best tenth by rate once the guaranteed impressions are in. */
function discovery({ world, publisher, watches, nowMs }: Life) {
  const { learner, impressions } = publisher;
  const born = publisher.posts.filter(
    ({ post }) => (world.posts[post]?.day ?? 0) > 0 && (impressions.get(post) ?? 0) >= GUARANTEED,
  );
  const by = (value: (post: number) => number) => {
    const sorted = born.map(({ post }) => post).sort((a, b) => value(b) - value(a));
    return new Set(sorted.slice(0, Math.ceil(born.length / 10)));
  };
  const truly = by((post) => world.posts[post]?.quality ?? 0);
  const found = by((post) =>
    publishedRate(countAt(learner.finished, post, nowMs), countAt(learner.reported, post, nowMs)),
  );
  const hours = born.map(({ post }) => hoursToGuaranteed(watches, post)).sort((a, b) => a - b);
  return {
    newPosts: born.length,
    discovered: round([...truly].filter((post) => found.has(post)).length / Math.max(1, truly.size)),
    medianDaysToGuaranteed: hours[Math.floor(hours.length / 2)] ?? null,
  };
}

function hoursToGuaranteed(watches: Life['watches'], post: number): number {
  const own = watches.filter((watch) => watch.post === post);
  const first = own[0]?.day ?? 0;
  return (own[GUARANTEED - 1]?.day ?? first) - first;
}

/** Bits of topics in what a viewer was shown, averaged over viewers. */
function topicEntropy({ world, watches }: Life): number {
  const shown = world.people.map(() => new Map<number, number>());
  for (const { viewer, post, day } of watches) {
    if (day < WARM_DAYS) continue;
    const topics = shown[viewer];
    const topic = world.posts[post]?.topic ?? 0;
    topics?.set(topic, (topics.get(topic) ?? 0) + 1);
  }
  const bits = shown.map((topics) => {
    const all = [...topics.values()].reduce((sum, n) => sum + n, 0);
    return [...topics.values()].reduce((sum, n) => sum - (n / all) * Math.log2(n / all), 0);
  });
  return bits.reduce((sum, b) => sum + b, 0) / bits.length;
}

/** 0 = all alike, 1 = one has everything (Gini 1912). */
function gini(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const total = sorted.reduce((sum, value) => sum + value, 0);
  const weighted = sorted.reduce((sum, value, i) => sum + (i + 1) * value, 0);
  return total === 0 ? 0 : (2 * weighted) / (sorted.length * total) - (sorted.length + 1) / sorted.length;
}

function countBy(keys: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

main();
