/** A refusal on the wire (RFC 9457, application/problem+json). */
import { z } from 'zod';

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  /** Stable machine word, e.g. `handle_taken`; the web shows its own sentence for it where it has one. */
  code: z.string(),
  /** What happened, whether anything was lost, what to do next; for people. */
  detail: z.string().optional(),
  /** Which input fields are meant, where there are any. */
  fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  retryAfterSeconds: z.number().int().optional(),
  /** Of a removed or withheld post: why and since when. */
  restriction: z
    .object({ what: z.string(), ground: z.string(), at: z.string(), ledgerIndex: z.number().int(), scope: z.string() })
    .optional(),
});
export type Problem = z.infer<typeof problemSchema>;
