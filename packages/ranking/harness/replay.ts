/** `npm run replay`: ranks every fourth positive of a real log before learning it. */
import { openSync, writeSync, closeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { WEIGHTS } from '@vitrine/ranking';
import { centralModel, EQUIPPED, REFERENCE, WEIGHTED } from './central-model.ts';
import { cohortsOf, figuresOf } from './figures.ts';
import { hasLog, type Log, readLog } from './kuairand.ts';
import { popularityModel } from './popularity-model.ts';
import { type Judged, type Model, replay } from './protocol.ts';
import { vitrineModel } from './vitrine-model.ts';

const HELP = `npm run replay -- --data DIR [--mode vitrine|central|weighted|reference|popularity] [--from DAY] [--to DAY] [--offset 0..3] [--seed N] [--trace FILE] [--json]

DIR holds kuairand/ (default: VITRINE_DATA, else ../shared/data). Days are China days, YYYY-MM-DD, both included.
  vitrine     the shipped learner and kernel: chunks of three, singles, whole numbers
  central     the same parts, but with everybody's history on the server, in floats
  weighted    central without pairs and affinities
  reference   a plain central: vectors, one trend, the mean of the viewer's vectors
  popularity  what was finished most in the last day
  --trace   writes row, target, rank and best 20 of every judged event, one JSON line each
  --json    one line of JSON at the end`;

const MODELS: Record<string, (log: Log, seed: number) => Model> = {
  vitrine: (log, seed) => vitrineModel(log, WEIGHTS, { seed }),
  central: (log, seed) => centralModel(log.facts, EQUIPPED, seed),
  reference: (log, seed) => centralModel(log.facts, REFERENCE, seed),
  weighted: (log, seed) => centralModel(log.facts, WEIGHTED, seed),
  popularity: () => popularityModel(),
};

function main(): void {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: process.env['VITRINE_DATA'] ?? '../shared/data' },
      mode: { type: 'string', default: 'vitrine' },
      from: { type: 'string', default: '2022-04-25' },
      to: { type: 'string', default: '2022-05-03' },
      offset: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      trace: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const makeModel = MODELS[values.mode];
  if (values.help || makeModel === undefined) {
    console.log(HELP);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  if (!hasLog(values.data)) {
    console.log(`skipped: no kuairand/ in ${values.data}`);
    return;
  }
  const { from, to, mode } = values;
  const [offset, seed] = [Number(values.offset), Number(values.seed)];
  const startedMs = performance.now();
  const log = readLog(values.data);
  const model = makeModel(log, seed);
  const onDay = (day: string) => {
    if (!values.json) console.log(`${day} (${Math.round((performance.now() - startedMs) / 1000)} s)`);
  };
  const judged = replay(log, model, { from, to, offset, onDay });
  if (values.trace !== undefined) writeTrace(values.trace, judged);
  const seconds = Math.round((performance.now() - startedMs) / 100) / 10;
  const figures = figuresOf(judged);
  const ending = { mode, from, to, ...figures, seconds, stateHash: model.stateHash(), seed, offset };
  if (values.json) console.log(JSON.stringify({ ...ending, cohorts: cohortsOf(judged) }));
  else console.log(ending, cohortsOf(judged));
}

function writeTrace(path: string, judged: readonly Judged[]): void {
  const file = openSync(path, 'w');
  for (const { row, target, rank, best } of judged) writeSync(file, `${JSON.stringify({ row, target, rank, best })}\n`);
  closeSync(file);
}

main();
