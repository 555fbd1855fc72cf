/** Drafts: `/api/v1/drafts`. Saved after every change, so that nothing made is ever lost. */
import { z } from 'zod';
import { editSchema } from '../edit.ts';
import { idSchema } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { nextSchema, timeSchema } from './paging.ts';
import { allowSchema, audienceSchema, labelSchema, languageSchema, uploadSchema } from './posts.ts';

/** What the last page before posting asks, as far as it is filled in. */
export const draftWordsSchema = z.object({
  text: z.string().max(LIMITS.postTextChars).default(''),
  tags: z.array(z.string().max(LIMITS.tagChars)).max(LIMITS.tagsPerPost).default([]),
  audience: audienceSchema.default('everyone'),
  labels: z.array(labelSchema).max(3).default([]),
  altText: z.string().max(LIMITS.altTextChars).default(''),
  language: languageSchema.optional(),
  allow: allowSchema.prefault({}),
  /** When to publish; absent: at once. */
  publishAt: timeSchema.optional(),
});
export type DraftWords = z.infer<typeof draftWordsSchema>;

/** `POST /drafts` -> 201, and `PUT /drafts/:id` with `If-Match: "<version>"` -> 200. */
export const draftBodySchema = z.object({
  /** For the list of drafts; empty: the page says the date. */
  title: z.string().max(100).default(''),
  edit: editSchema.optional(),
  words: draftWordsSchema.prefault({}),
});
export type DraftBody = z.infer<typeof draftBodySchema>;

/** `GET /drafts/:id`. Its version is also its ETag; a save over a newer version is refused with `draft_changed` (412). */
export const draftSchema = z.object({
  id: idSchema,
  version: z.number().int(),
  title: z.string(),
  edit: editSchema.nullable(),
  words: draftWordsSchema,
  createdAt: timeSchema,
  updatedAt: timeSchema,
  /** Every upload that the edit names, in the state it is in; those that are gone are missing here. */
  uploads: z.array(uploadSchema),
  /** Of the edit; 0 while it is empty. */
  durationMs: z.number().int(),
  posterUrl: z.string().nullable(),
});
export type Draft = z.infer<typeof draftSchema>;
/** `GET /drafts`: newest change first, without edits being resolved, and without their captions: fifty drafts of them would be megabytes. */
export const draftPageSchema = z.object({
  drafts: z.array(draftSchema.omit({ uploads: true })),
  next: nextSchema,
});
export type DraftPage = z.infer<typeof draftPageSchema>;
/** Answer of a save. */
export const draftSavedSchema = z.object({ id: idSchema, version: z.number().int() });

/** `GET /posts/:id/history`: what the text said before, newest first; the last is as first published. At most 100; empty once a wider audience was chosen. */
export const textHistorySchema = z.object({ versions: z.array(z.object({ text: z.string(), at: timeSchema })) });
export type TextHistory = z.infer<typeof textHistorySchema>;
