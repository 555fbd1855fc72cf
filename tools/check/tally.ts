/** The outcome of one thing that was checked. */
export interface Outcome {
  /** `passed`, `failed` (with `detail`) or `skipped` (with `detail` as the reason). */
  kind: 'passed' | 'failed' | 'skipped';
  /** A sentence or a test's name, with its file where there is one. */
  name: string;
  detail?: string;
}

/** Counts of outcomes. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** Counts the outcomes by kind. */
export function tallyOf(outcomes: readonly Outcome[]): Tally {
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const { kind } of outcomes) tally[kind] += 1;
  return tally;
}

/** The last line of every run: `N passed, N failed`, and `, N skipped` where anything was. */
export function tallyLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
