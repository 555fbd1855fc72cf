/** `npm run topn`: Recall@20 and NDCG@20 on the Gowalla split, by the definitions of the BARS board. */
import { parseArgs } from 'node:util';
import { hasVisits, readVisits, type Visits } from './gowalla.ts';
import { graphFilter, scorePlaces } from './graph-filter.ts';

const HELP = `npm run topn -- [--data DIR] [--seed N] [--users N] [--json]

DIR holds gowalla/ (default: VITRINE_DATA, else ../shared/data). Prints recall20, ndcg20 of the whole-number graph filter,
and of popularity as a self-check (0.0416 is published for it on this split).
  --users   judge the first N users only`;
const TOP = 20;

/** Sums over users; a user without later places is not judged. */
interface Tally {
  users: number;
  recall: number;
  gain: number;
}

function main(): void {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: process.env['VITRINE_DATA'] ?? '../shared/data' },
      seed: { type: 'string', default: '1' },
      users: { type: 'string', default: '1000000' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  if (!hasVisits(values.data)) return console.log(`skipped: no gowalla/ in ${values.data}`);
  const startedMs = performance.now();
  const visits = readVisits(values.data);
  const users = Math.min(Number(values.users), visits.train.length);
  const filter = graphFilter(visits, Number(values.seed));
  if (!values.json) console.log(`trained (${Math.round((performance.now() - startedMs) / 1000)} s)`);
  const byPopularity = filter.byPlace.map(({ length }) => length);
  const scores = Array.from({ length: visits.places }, () => 0);
  const [ours, popular]: [Tally, Tally] = [empty(), empty()];
  for (let user = 0; user < users; user += 1) {
    scorePlaces(filter, user, scores);
    judge(visits, user, { scores, tally: ours });
    judge(visits, user, { scores: byPopularity, tally: popular });
  }
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  const told = {
    ...figures(ours),
    popularity: figures(popular),
    users: ours.users,
    seconds,
    seed: Number(values.seed),
  };
  console.log(values.json ? JSON.stringify(told) : told);
}

function empty(): Tally {
  return { users: 0, recall: 0, gain: 0 };
}

function figures({ users, recall, gain }: Tally): { recall20: number; ndcg20: number } {
  const share = (sum: number) => (users === 0 ? 0 : Math.round((sum / users) * 1e5) / 1e5);
  return { recall20: share(recall), ndcg20: share(gain) };
}

/** Recall: hits over later places. NDCG: gains over those of the best list possible. */
function judge(
  { train, test }: Visits,
  user: number,
  { scores, tally }: { scores: readonly number[]; tally: Tally },
): void {
  const wanted = new Set(test[user]);
  if (wanted.size === 0) return;
  const best = bestOf(scores, new Set(train[user]));
  let [hits, gain, ideal] = [0, 0, 0];
  for (const [place, found] of best.entries()) {
    if (!wanted.has(found)) continue;
    hits += 1;
    gain += 1 / Math.log2(place + 2);
  }
  for (let place = 0; place < Math.min(TOP, wanted.size); place += 1) ideal += 1 / Math.log2(place + 2);
  tally.users += 1;
  tally.recall += hits / wanted.size;
  tally.gain += gain / ideal;
}

/** The best unvisited places; of equal scores the smaller number first. */
function bestOf(scores: readonly number[], visited: ReadonlySet<number>): number[] {
  const best: number[] = [];
  let least = -Infinity;
  for (let place = 0; place < scores.length; place += 1) {
    const score = scores[place] ?? 0;
    if ((best.length === TOP && score <= least) || visited.has(place)) continue;
    const at = best.findIndex((other) => score > (scores[other] ?? 0));
    best.splice(at < 0 ? best.length : at, 0, place);
    if (best.length > TOP) best.pop();
    least = scores[best.at(-1) ?? 0] ?? 0;
  }
  return best;
}

main();
