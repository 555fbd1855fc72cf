/** What a check found, and how it is told. */

/** One thing that was checked. */
export interface Finding {
  what: string;
  /** `unclear`: it could not be checked; `note`: nothing hangs on it. */
  verdict: 'holds' | 'differs' | 'unclear' | 'note';
  detail: string;
}

/** 0: all holds; 1: something is not what it says; 2: something could not be checked, and nothing differs. */
export function exitCodeOf(findings: readonly Finding[]): 0 | 1 | 2 {
  if (findings.some(({ verdict }) => verdict === 'differs')) return 1;
  return findings.some(({ verdict }) => verdict === 'unclear') ? 2 : 0;
}

const WORDS = { 0: 'equal', 1: 'DIFFERS', 2: 'could not be checked' } as const;
const MARKS = { holds: '✔', differs: '✖', unclear: '?', note: '·' } as const;

/** The table for people, or one line for machines. */
export function tell(findings: readonly Finding[], isJson: boolean): string {
  const code = exitCodeOf(findings);
  if (isJson) return `${JSON.stringify({ outcome: WORDS[code].toLowerCase(), code, findings })}\n`;
  const width = Math.max(...findings.map(({ what }) => what.length));
  const lines = findings.map(({ what, verdict, detail }) => `${MARKS[verdict]} ${what.padEnd(width)}  ${detail}`);
  return `${[...lines, '', WORDS[code]].join('\n')}\n`;
}

/** What an error says. */
export function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
