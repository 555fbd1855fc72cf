/** `npm run replay`: ranks every fourth positive of a real log before learning it. */
import { openSync, writeSync, closeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { WEIGHTS } from '@vitrine/ranking';
import { centralModel, EQUIPPED, REFERENCE, WEIGHTED } from './central-model.ts';
import { cohortsOf, figuresOf } from './figures.ts';
import { folderOf, type Log, readLog } from './kuairand.ts';
import { popularityModel } from './popularity-model.ts';
import { chinaDay, type Judged, type Model, replay } from './protocol.ts';
import { DataError } from './tables.ts';
import { vitrineModel } from './vitrine-model.ts';

const HELP = `npm run replay -- --data DIR [--mode vitrine|central|weighted|reference|popularity] [--from DAY] [--to DAY] [--offset 0..3] [--seed N] [--delay] [--trace FILE] [--json]

DIR holds kuairand/, or is such a folder: events.tsv, and if there are any hist.tsv and items.tsv, plain, .gz or .xz (default:
VITRINE_DATA, else ../shared/data). Days are China days, YYYY-MM-DD, both included; without them all days of the log are judged,
but a first one of less than twelve hours.
  vitrine     the shipped learner and kernel: chunks of three, singles, whole numbers
  central     the same parts, but with everybody's history on the server, in floats
  weighted    central without pairs and affinities
  reference   a plain central: vectors, one trend, the mean of the viewer's vectors
  popularity  what was finished most in the last day
  --delay   vitrine only: reports arrive as in the product, 1 to 30 minutes late and in one batch a minute
  --trace   writes row, target, rank and best 20 of every judged event, one JSON line each
  --json    one line of JSON at the end`;

const MODELS: Record<string, (log: Log, options: { seed: number; isDelayed: boolean }) => Model> = {
  vitrine: (log, options) => vitrineModel(log, WEIGHTS, options),
  central: (log, { seed }) => centralModel(log.facts, EQUIPPED, seed),
  reference: (log, { seed }) => centralModel(log.facts, REFERENCE, seed),
  weighted: (log, { seed }) => centralModel(log.facts, WEIGHTED, seed),
  popularity: () => popularityModel(),
};

function main(): void {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: process.env['VITRINE_DATA'] ?? '../shared/data' },
      mode: { type: 'string', default: 'vitrine' },
      from: { type: 'string' },
      to: { type: 'string' },
      offset: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      delay: { type: 'boolean', default: false },
      trace: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const { mode, delay: isDelayed } = values;
  const makeModel = Object.hasOwn(MODELS, mode) ? MODELS[mode] : undefined;
  if (makeModel === undefined) throw new DataError(`--mode is one of ${Object.keys(MODELS).join(', ')}`);
  if (isDelayed && mode !== 'vitrine') throw new DataError('--delay is of the vitrine mode alone');
  const offset = wholeOf(values.offset, { name: 'offset', most: 3 });
  const seed = wholeOf(values.seed, { name: 'seed', most: 2 ** 32 - 1 });
  const folder = folderOf(values.data);
  if (folder === undefined) return console.log(`skipped: no events.tsv in ${values.data} or its kuairand/`);
  const startedMs = performance.now();
  const log = readLog(folder);
  const { from, to } = rangeOf(log, values);
  const model = makeModel(log, { seed, isDelayed });
  const onDay = (day: string) => {
    if (!values.json) console.log(`${day} (${Math.round((performance.now() - startedMs) / 1000)} s)`);
  };
  const judged = replay(log, model, { from, to, offset, onDay });
  if (judged.length === 0)
    console.error('nothing is judged: no drawn positive of these days was finished by others before');
  if (values.trace !== undefined) writeTrace(values.trace, judged, log.nameOf);
  const seconds = Math.round((performance.now() - startedMs) / 100) / 10;
  const ending = { mode, from, to, ...figuresOf(judged), seconds, stateHash: model.stateHash(), seed, offset };
  const more = { ...(isDelayed ? { isDelayed } : {}), cohorts: cohortsOf(judged) };
  if (values.json) console.log(JSON.stringify({ ...ending, ...more }));
  else console.log(ending, more);
}

function wholeOf(text: string, { name, most }: { name: string; most: number }): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= most) return value;
  throw new DataError(`--${name} is a whole number from 0 to ${most}, not ${JSON.stringify(text)}`);
}

/** Less than this at the log's beginning is no day to judge by. */
const HALF_DAY_MS = 43_200_000;

/** The days to be judged; an end that is not given is the log's own. */
function rangeOf({ events }: Log, given: { from?: string | undefined; to?: string | undefined }) {
  const startMs = events[0]?.atMs ?? 0;
  const [first, last] = [chinaDay(startMs), chinaDay(events.at(-1)?.atMs ?? 0)];
  const firstWhole = chinaDay(startMs + HALF_DAY_MS);
  const { from = firstWhole > last ? first : firstWhole, to = last } = given;
  for (const day of [from, to]) {
    const isDay = /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(`${day}T00:00:00Z`));
    if (!isDay) throw new DataError(`${JSON.stringify(day)} is no day: YYYY-MM-DD`);
  }
  if (from > to) throw new DataError(`--from ${from} is after --to ${to}`);
  if (from > last || to < first)
    throw new DataError(`the log runs from ${first} to ${last}: nothing lies in ${from} to ${to}`);
  return { from, to };
}

function writeTrace(path: string, judged: readonly Judged[], nameOf: Log['nameOf']): void {
  const file = openSync(path, 'w');
  for (const { row, target, rank, best } of judged) {
    writeSync(file, `${JSON.stringify({ row, target: nameOf(target), rank, best: best.map(nameOf) })}\n`);
  }
  closeSync(file);
}

try {
  main();
} catch (error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const isOurs = error instanceof DataError || code.startsWith('ERR_PARSE_ARGS') || code === 'ENOENT';
  if (!isOurs || !(error instanceof Error)) throw error;
  console.error(`replay: ${error.message}`);
  process.exitCode = 2;
}
