/** Sends one report: alone, without cookie and referrer. */
import type { WatchReport } from '@vitrine/schema';
import type { Answer } from './learning.ts';

const ENDED = new Set(['ticket_spent', 'malformed', 'chunk_too_early']);

/** Sends it and says what became of it. */
export async function sendReport(report: WatchReport): Promise<Answer> {
  try {
    const response = await fetch('/api/v1/watches', {
      method: 'POST',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(report),
    });
    if (response.ok) return 'ended';
    const { code } = (await response.json()) as { code?: string };
    if (code === 'ticket_invalid') return 'unpaid';
    return code !== undefined && ENDED.has(code) ? 'ended' : 'unanswered';
  } catch {
    return 'unanswered';
  }
}
