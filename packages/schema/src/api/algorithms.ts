/** Algorithms that people made: weights files by link, public, with their authors. And the sealed taste that own devices share. */
import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import { nextSchema, timeSchema } from './paging.ts';

/** A weights file is at most so long as JSON; what it may say is checked by the ranking itself. */
export const weightsFileSchema = z.record(z.string().max(40), z.unknown());

/** `POST /algorithms`. */
export const newAlgorithmSchema = z.strictObject({
  name: z.string().trim().min(1).max(LIMITS.algorithmNameChars),
  about: z.string().trim().min(1).max(LIMITS.algorithmAboutChars),
  weights: weightsFileSchema,
});

/** An algorithm in the list. */
export const algorithmSchema = z.object({
  /** SHA-256 of its weights as canonical JSON, in hexadecimal. */
  hash: z.string(),
  name: z.string(),
  about: z.string(),
  author: z.object({ handle: z.string(), name: z.string() }),
  isMine: z.boolean(),
  createdAt: timeSchema,
});
export type Algorithm = z.infer<typeof algorithmSchema>;
/** `GET /algorithms`. */
export const algorithmListSchema = z.object({ algorithms: z.array(algorithmSchema), next: nextSchema });
export type AlgorithmList = z.infer<typeof algorithmListSchema>;
/** `POST /algorithms`. */
export const algorithmMadeSchema = z.object({ hash: z.string() });
