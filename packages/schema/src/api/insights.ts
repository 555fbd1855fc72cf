/** What an author sees of a post: `GET /posts/:id/insights`. Numbers from watching are rounded, and absent while too few watched. */
import { z } from 'zod';
import { timeSchema } from './paging.ts';

/** What was published of a post on a day, all watches up to then. */
export const dayFiguresSchema = z.object({
  /** UTC. */
  day: z.string(),
  /** null: fewer than `fewest`. */
  views: z.number().int().nullable(),
  /** How many watched the first, second … tenth tenth, or began it; null: fewer than `fewest`. */
  retention: z.array(z.number().int().nullable()),
});
export type DayFigures = z.infer<typeof dayFiguresSchema>;

/** The answer. */
export const insightsSchema = z.object({
  publishedAt: timeSchema.nullable(),
  /** Fewer watches than this are not told, and what is told is a multiple of `step`. */
  fewest: z.number().int(),
  step: z.number().int(),
  /** Oldest first; days on which nothing changed are left out. */
  days: z.array(dayFiguresSchema),
  /** Public shelves that it stands or stood on, those of now first. */
  stands: z.array(z.object({ shelf: z.string(), since: timeSchema, until: timeSchema.nullable() })),
  /** All restrictions ever, on the post or on its author, newest first. */
  restrictions: z.array(
    z.object({
      isOfAccount: z.boolean(),
      what: z.string(),
      ground: z.string(),
      scope: z.string(),
      at: timeSchema,
      ledgerIndex: z.number().int(),
      liftedAt: timeSchema.nullable(),
      liftedLedgerIndex: z.number().int().nullable(),
    }),
  ),
});
export type Insights = z.infer<typeof insightsSchema>;
