/** What authors learn of their own posts. */
import { idSchema, insightsSchema } from '@vitrine/schema';
import { z } from 'zod';
import type { App } from '../platform/http.ts';
import { refuse } from '../platform/problem.ts';
import { FEWEST_VIEWS, VIEWS_STEP } from '../tickets/views.ts';
import type { InsightStore } from './store.ts';

/** Registers them. */
export function insightRoutes(app: App, { insights }: { insights: InsightStore }): void {
  const schema = { params: z.object({ id: idSchema }), response: { 200: insightsSchema } };
  app.get('/api/v1/posts/:id/insights', { schema }, async (request, reply) => {
    const accountId = request.viewer?.accountId;
    const found = accountId === undefined ? undefined : await insights.read(accountId, request.params.id);
    if (found === undefined) throw refuse('not_found');
    void reply.header('cache-control', 'no-store');
    return {
      publishedAt: found.publishedAt?.toISOString() ?? null,
      fewest: FEWEST_VIEWS,
      step: VIEWS_STEP,
      days: found.days.map((day) => ({ ...day, views: day.views ?? null })),
      stands: found.stands.map(({ shelf, since, until }) => ({
        shelf,
        since: since.toISOString(),
        until: until?.toISOString() ?? null,
      })),
      restrictions: found.restrictions.map(({ subject, at, liftedAt, liftedLedgerIndex, ...rest }) => ({
        ...rest,
        isOfAccount: subject === 'account',
        at: at.toISOString(),
        liftedAt: liftedAt?.toISOString() ?? null,
        liftedLedgerIndex: liftedLedgerIndex ?? null,
      })),
    };
  });
}
