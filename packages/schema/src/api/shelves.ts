/** What is told beside the public shelves, whose own files are bytes: `/api/v1/shelves/…` (docs/shelves.md). */
import { z } from 'zod';

/** What was reported in all on a whole UTC day; null below 20, else rounded down to 5. */
export const reportDaySchema = z.object({
  day: z.iso.date(),
  /** Watches of single posts. */
  singles: z.number().int().nullable(),
  /** Chunks of three finished posts. */
  chunks: z.number().int().nullable(),
});
export type ReportDay = z.infer<typeof reportDaySchema>;
/** `GET /shelves/days`: the last thirty that are over, oldest first; days without reports are absent. */
export const reportDaysSchema = z.object({ days: z.array(reportDaySchema) });
