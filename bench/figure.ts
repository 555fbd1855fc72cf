/** A figure: how it is told and how rounds become one number. */
import { execFileSync } from 'node:child_process';
import { loadavg } from 'node:os';

/** One line of the bench: a value held against a limit or a rival of the same run. */
interface Figure {
  /** P4 … P16, as in the table of figures. */
  id: string;
  what: string;
  /** What is judged: our value divided by the rival's, or the value itself where there is no rival. */
  value: number;
  unit: string;
  /** What the value must reach: at most, or at least. */
  limit: { atMost: number } | { atLeast: number };
  /** The rival and both raw values, for the reader. */
  ratio: string;
}

/** A figure that could not be taken, and why. */
interface NotTaken {
  id: string;
  what: string;
  notTaken: string;
}

/** Whether the figure holds. */
export function holds(figure: Figure): boolean {
  return 'atMost' in figure.limit ? figure.value <= figure.limit.atMost : figure.value >= figure.limit.atLeast;
}

/** Prints the JSON line. */
export function tell(figure: Figure | NotTaken): void {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  }).trim();
  const load = Number(loadavg()[0]?.toFixed(2));
  const verdict = 'value' in figure ? { value: Number(figure.value.toPrecision(4)), holds: holds(figure) } : {};
  process.stdout.write(`${JSON.stringify({ ...figure, ...verdict, commit, load })}\n`);
}

/** The middle value; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The value below which a share of all lie: 0.95 for p95. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** A round: our measure and the rival's, taken one after the other. */
export interface Round {
  ours: number;
  rival: number;
}

/**
 * Takes interleaved rounds, ours and the rival's in turn; drops those whose rival deviates from the rival's median by more than 25 %.
 * @returns medians of what is kept, and the median of the rounds' own ratios
 */
export async function takeRounds(
  count: number,
  round: { ours(): Promise<number>; rival(): Promise<number> },
): Promise<Round & { ratio: number; kept: number }> {
  const rounds: Round[] = [];
  for (let index = 0; index < count; index += 1) {
    const isOursFirst = index % 2 === 0;
    const first = isOursFirst ? await round.ours() : await round.rival();
    const second = isOursFirst ? await round.rival() : await round.ours();
    rounds.push(isOursFirst ? { ours: first, rival: second } : { ours: second, rival: first });
  }
  const usual = median(rounds.map(({ rival }) => rival));
  const kept = rounds.filter(({ rival }) => Math.abs(rival - usual) <= 0.25 * usual);
  return {
    ours: median(kept.map(({ ours }) => ours)),
    rival: median(kept.map(({ rival }) => rival)),
    ratio: median(kept.map(({ ours, rival }) => ours / rival)),
    kept: kept.length,
  };
}
