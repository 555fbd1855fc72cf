/** Blind tickets and the watch reports paid with them: `/tickets`, `/tickets/keys`, `/watches`. Bytes are base64url without padding. */
import { z } from 'zod';
import { LOOPS_MAX, OUTCOME_BUCKETS, TICKETS_A_DAY } from '../limits.ts';

const bytesSchema = (length: number) =>
  z
    .string()
    .length(Math.ceil((length * 4) / 3))
    .regex(/^[\w-]+$/);

/** `2026-11-22.20`: the UTC day and the weight in thousandths. */
export const classKeySchema = z.string().regex(/^\d{4}-\d\d-\d\d\.\d{1,4}$/);
/** The public half of a key. All of them stand here for everyone, and in the ledger: a key of one's own would mark a person. */
export const ticketKeySchema = z.object({
  classKey: classKeySchema,
  day: z.string(),
  /** What a report with such a ticket weighs, in thousandths. */
  weightMillis: z.number().int(),
  publicKey: bytesSchema(32),
  ledgerIndex: z.number().int(),
});
export type TicketKey = z.infer<typeof ticketKeySchema>;
/** `GET /tickets/keys` (blind): the keys whose tickets are taken today, newest first. */
export const ticketKeysSchema = z.object({ keys: z.array(ticketKeySchema) });
/** `GET /tickets`: which key the caller draws with today, and how many tickets are left. */
export const ticketOfferSchema = z.object({ classKey: classKeySchema, left: z.number().int() });
export type TicketOffer = z.infer<typeof ticketOfferSchema>;
/** `POST /tickets`. */
export const ticketDrawSchema = z.object({
  classKey: classKeySchema,
  blinded: z.array(bytesSchema(32)).min(1).max(TICKETS_A_DAY),
});
export const ticketsDrawnSchema = z.object({
  evaluated: z.array(bytesSchema(32)),
  /** One proof (RFC 9497, section 2.2) for all of them. */
  proof: bytesSchema(64),
});

/** A ticket as it is handed in. */
export const ticketSchema = z.strictObject({ key: classKeySchema, input: bytesSchema(32), output: bytesSchema(64) });
export type Ticket = z.infer<typeof ticketSchema>;
/** A post's public number. */
const postNumberSchema = z.number().int().min(1).max(2_147_483_647);
/** One watch, for counts. */
export const singleReportSchema = z.strictObject({
  ticket: ticketSchema,
  post: postNumberSchema,
  outcomeBucket: z
    .number()
    .int()
    .min(0)
    .max(OUTCOME_BUCKETS - 1),
  loops: z.number().int().min(0).max(LOOPS_MAX),
  isSkip: z.boolean(),
});
/** Three posts that were liked to be watched, for learning; each of a device's goes into one chunk only. */
export const chunkReportSchema = z.strictObject({
  tickets: z.tuple([ticketSchema, ticketSchema, ticketSchema]),
  posts: z.tuple([postNumberSchema, postNumberSchema, postNumberSchema]),
});
/** `POST /watches` (blind). The same report with the same ticket again has no further effect. */
export const watchReportSchema = z.union([singleReportSchema, chunkReportSchema]);
export type WatchReport = z.infer<typeof watchReportSchema>;
/** The answer: stored on the disk. */
export const watchTakenSchema = z.object({ isTaken: z.literal(true) });
