/** The log, for anyone. */
import { ledgerPageSchema } from '@vitrine/schema';
import { z } from 'zod';
import type { App } from '../platform/http.ts';
import type { LedgerStore } from './store.ts';

const pageQuery = z.object({
  after: z.coerce.number().int().min(-1).max(Number.MAX_SAFE_INTEGER).default(-1),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** Registers them. */
export function ledgerRoutes(app: App, { ledger }: { ledger: LedgerStore }): void {
  app.get(
    '/api/v1/ledger/entries',
    { schema: { querystring: pageQuery, response: { 200: ledgerPageSchema } } },
    async (request) => {
      const { after, limit } = request.query;
      const entries = await ledger.entriesAfter(after, limit);
      const last = entries.at(-1);
      return {
        entries: entries.map(({ index, entry }) => ({ index, entry })),
        next: entries.length === limit && last ? String(last.index) : null,
      };
    },
  );
}
