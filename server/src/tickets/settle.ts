/** What becomes of reports that arrive together. Pure. */

/** A report whose tickets are genuine. */
export interface PaidReport {
  /** One for a single, three for a chunk; each ticket is the hash of its input and key. */
  ticketHashes: readonly string[];
  /** UTC day of each ticket's key. */
  keyDays: readonly string[];
  /** Hash of the whole body, tickets included. */
  bodyHash: string;
  posts: readonly [number] | readonly [number, number, number];
  weightMillis: number;
  /** Of a single. */
  watched?: { outcomeBucket: number; loops: number; isSkip: boolean };
}

/** taken: stored now · repeated: it was stored before, the same · refused: a ticket of it was used for something else. */
export type Verdict = 'taken' | 'repeated' | 'refused';

/**
 * Judges reports in their order; a ticket that an earlier one used counts as spent for the later ones. All or nothing for each.
 * @param spent body hashes by ticket hash, of tickets that were used before; those taken now are added
 */
export function judgeReports(reports: readonly PaidReport[], spent: Map<string, string>): Verdict[] {
  return reports.map((report) => {
    const uses = report.ticketHashes.map((hash) => spent.get(hash));
    if (new Set(report.ticketHashes).size < report.ticketHashes.length) return 'refused';
    if (uses.every((use) => use === undefined)) {
      for (const hash of report.ticketHashes) spent.set(hash, report.bodyHash);
      return 'taken';
    }
    return uses.every((use) => use === report.bodyHash) ? 'repeated' : 'refused';
  });
}
