/** P2: ranking 2,000 candidates on the device, reasons included, in Node and in Chromium, beside a plain pass over the same bytes. */
import { openKernel, PASSES, type Timed, timeRankings } from '@vitrine/e2e';
import { wholeRegionFrom, WEIGHTS } from '@vitrine/ranking';
import { median, quantile, tell } from './figure.ts';

/** Of so many posts a viewer's shelves hold a little over 2,000. */
const POSTS = 2800;
const ROUNDS = 400;
/** A round counts if the plain passes around it took no longer than so many times their median: else others had the processor. */
const DEVIATION = 1.25;

function tellTimes(engine: string, { candidates, rounds }: Timed): void {
  const usual = median(rounds.flatMap(({ beforeMs, afterMs }) => [beforeMs, afterMs]));
  const quiet = rounds.filter(
    ({ beforeMs, afterMs, wasInterrupted }) => !wasInterrupted && Math.max(beforeMs, afterMs) <= DEVIATION * usual,
  );
  const times = quiet.map(({ rankMs }) => rankMs);
  const all = rounds.map(({ rankMs }) => rankMs);
  const passMs = usual / PASSES;
  tell({
    id: 'P2',
    what: `ranking ${candidates} candidates with reasons, p95, ${engine}`,
    value: quantile(times, 0.95),
    unit: 'ms',
    limit: { atMost: 5 },
    ratio: `median ${median(times).toFixed(2)} ms, ${(median(times) / passMs).toFixed(1)} plain passes of ${passMs.toFixed(3)} ms; ${times.length} of ${ROUNDS} rounds were quiet, p95 of all ${quantile(all, 0.95).toFixed(2)} ms`,
  });
}

/** How often others took the processor from this process. A browser cannot tell. */
function interruptions(): number {
  return process.resourceUsage().involuntaryContextSwitches;
}

const inputs = { ...wholeRegionFrom(1, { posts: POSTS, positives: 60 }), weights: WEIGHTS };
tellTimes(`Node ${process.version}, not interrupted`, timeRankings(inputs, ROUNDS, interruptions));
const chromium = await openKernel();
tellTimes(`Chromium ${chromium.version}`, await chromium.times({ posts: POSTS, rounds: ROUNDS }));
await chromium.close();
