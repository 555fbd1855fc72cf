/** `npm run attack`: how many accounts each fixed attack needs to stand in one feed of a hundred. */
import { parseArgs } from 'node:util';
import { chanceFrom, type Report, WEIGHTS } from '@vitrine/ranking';
import { type Attack, ATTACKS, reportsOf } from './world/bots.ts';
import { begin, type Life, liveDay, liveEarlyDays } from './world/life.ts';
import { makeWorld, SMALL_WORLD } from './world/people.ts';
import { newPublisher, pageFor, type Publisher, take } from './world/publisher.ts';

const HELP = `npm run attack -- [--seed N] [--only NAME] [--json]

A made-up region of ${SMALL_WORLD.viewers} viewers lives some days; then accounts of an attacker push one post that nobody likes.
Printed for each attack: the feeds reached (post among the first 20) with 1 % and 5 % of all accounts, and the accounts needed for 1 % of feeds.
  --only   one of ${ATTACKS.map(({ name }) => name).join(', ')}
  --json   one line of JSON an attack`;

const DAY_MS = 86_400_000;
const HONEST_DAYS = 3;
const PAGE = 20;
const REACHED = 0.01;
/** Where the search gives up: thirty times as many attackers as people. */
const MOST = 30;

function main(): void {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const seed = Number(values.seed);
  const life = honestLife(seed);
  for (const attack of ATTACKS.filter(({ name }) => values.only === undefined || name === values.only)) {
    const figures = judge(life, attack, seed);
    console.log(values.json ? JSON.stringify(figures) : figures);
  }
}

/** A region with its habits; what its people report in the days of the attack is the same in every run. */
function honestLife(seed: number): Life {
  const life = begin(makeWorld(seed, { ...SMALL_WORLD, days: HONEST_DAYS + 7 }), WEIGHTS, seed);
  liveEarlyDays(life);
  for (let day = 0; day < HONEST_DAYS + 7; day += 1) liveDay(life, day);
  return life;
}

function judge(life: Life, attack: Attack, seed: number) {
  const people = life.world.people.length;
  const reach = (accounts: number) => feedsReached(life, { attack, accounts, seed });
  const without = reach(0);
  let low = 0;
  let high = 1;
  while (high <= people * MOST && reach(high) - without < REACHED) [low, high] = [high, high * 2];
  const isOut = high > people * MOST;
  while (!isOut && high - low > Math.max(1, low / 10)) {
    const middle = Math.floor((low + high) / 2);
    if (reach(middle) - without < REACHED) low = middle;
    else high = middle;
  }
  return {
    attack: attack.name,
    says: attack.says,
    people,
    feedsWithout: without,
    feedsAt1Percent: reach(Math.ceil(people / 100)),
    feedsAt5Percent: reach(Math.ceil(people / 20)),
    accountsFor1PercentOfFeeds: isOut ? `more than ${people * MOST}` : high,
    seed,
  };
}

/** Share of viewers whose first page holds the pushed post at the end of the attack. */
function feedsReached(
  life: Life,
  { attack, accounts, seed }: { attack: Attack; accounts: number; seed: number },
): number {
  const { world, devices } = life;
  const fromMs = HONEST_DAYS * DAY_MS;
  const untilMs = fromMs + attack.days * DAY_MS;
  const target = worstPost(life);
  const liked = likedPosts(life, fromMs);
  const bots = reportsOf(attack, { accounts, target: target.facts, liked, chance: chanceFrom(seed + 77), fromMs });
  const publisher = newPublisher(seed, WEIGHTS);
  for (const { facts, day } of world.posts) if (day <= HONEST_DAYS) publisher.posts.push(facts);
  for (const report of merged(life.log, bots, untilMs)) take(publisher, report);
  return share(publisher, devices, { post: target.facts.post, untilMs });
}

function share(publisher: Publisher, devices: Life['devices'], at: { post: number; untilMs: number }): number {
  const reached = devices.filter((device, lot) => {
    const open = { ...device, seen: new Map<number, Uint32Array>() };
    return pageFor(publisher, open, { atMs: at.untilMs, count: PAGE, lot }).some(({ post }) => post === at.post);
  });
  return reached.length / devices.length;
}

/** The post of the start that people like least. */
function worstPost({ world }: Life) {
  const [first, ...others] = world.posts.filter(({ day }) => day === 0);
  if (first === undefined) throw new Error('a world without posts');
  return others.reduce((worst, made) => (made.quality < worst.quality ? made : worst), first);
}

/** What was finished most before the attack. */
function likedPosts({ world, log }: Life, fromMs: number) {
  const counts = new Map<number, number>();
  for (const report of log) {
    if (report.atMs >= fromMs || report.kind !== 'single' || !report.isPositive) continue;
    counts.set(report.post, (counts.get(report.post) ?? 0) + 1);
  }
  const best = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 50);
  return best.map(([post]) => world.posts[post]?.facts).filter((facts) => facts !== undefined);
}

function merged(honest: readonly Report[], bots: readonly Report[], untilMs: number): Report[] {
  return [...honest, ...bots].filter(({ atMs }) => atMs < untilMs).sort((a, b) => a.atMs - b.atMs);
}

main();
