/** Lists on the wire: `{…: [], next}` with `?after=&limit=`; `next` is opaque text, null at the end. */
import { z } from 'zod';
import { LIMITS } from '../limits.ts';

/** Query of every list. */
export const pageQuerySchema = z.object({
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(LIMITS.pageItems).default(20),
});

/** Where the next page starts, or null when there is none. */
export const nextSchema = z.string().max(200).nullable();

/** A moment: RFC 3339 in UTC. */
export const timeSchema = z.iso.datetime();
