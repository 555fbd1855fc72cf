/** Sounds: `/api/v1/sounds`, `/me/sounds`. */
import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { personSchema } from './accounts.ts';
import { nextSchema, pageQuerySchema, timeSchema } from './paging.ts';

export const SOUND_LIMITS = {
  titleChars: 100,
  artistChars: 100,
  licenceChars: 100,
  creditChars: 300,
  searchChars: 100,
} as const;

/** library: brought in by the operator with its licence · original: the sound of a post · upload: a person's own recording. */
export const soundOriginSchema = z.enum(['library', 'original', 'upload']);
export type SoundOrigin = z.infer<typeof soundOriginSchema>;

/** Enough of a sound to name and credit it. */
export const soundNameSchema = z.object({
  id: idSchema,
  /** `/sound/:id`. */
  path: z.string(),
  title: z.string(),
  /** Who is credited; of an original sound the author's name. */
  artist: z.string(),
  origin: soundOriginSchema,
});
export type SoundName = z.infer<typeof soundNameSchema>;

/** The sound of a post, as its card says it. */
export const cardSoundSchema = soundNameSchema.extend({
  /** A claim of rights mutes it wherever it is used; the reason stands on its page. */
  isMuted: z.boolean(),
  coverUrl: z.string().nullable(),
  /** Of a post's own sound: the sound that it was laid over, by which people know it. */
  over: soundNameSchema.nullable(),
});
export type CardSound = z.infer<typeof cardSoundSchema>;

/** `GET /sounds/:id`. */
export const soundSchema = soundNameSchema.extend({
  state: z.enum(['processing', 'ready']),
  /** Whose it is; null for the region's library. */
  account: personSchema.nullable(),
  /** SPDX identifier or the licence's own name; null: all rights with the author, used here by leave of `allowUse`. */
  licence: z.string().nullable(),
  /** What must be said when it is used. */
  creditLine: z.string(),
  durationMs: z.number().int(),
  /** Integrated loudness of the file that is played (EBU R128); null for silence. */
  loudnessLufs: z.number().nullable(),
  /** Beats a minute and the first beat; null where no steady beat was found. */
  tempoBpm: z.number().nullable(),
  firstBeatMs: z.number().int().nullable(),
  /** Up to 200 peaks, 0 to 255, at equal distances. */
  waveform: z.array(z.number().int().min(0).max(255)),
  /** AAC in MP4. Null while it is muted or processing. */
  audioUrl: z.string().nullable(),
  coverUrl: z.string().nullable(),
  postCount: z.number().int(),
  /** Whether others may use it. */
  allowUse: z.boolean(),
  /** What it was made from, nearest first: the chain of credits. */
  madeFrom: z.array(soundNameSchema),
  /** Of an original sound: the post it was taken from, while that is shown. */
  post: z.object({ id: idSchema, path: z.string() }).nullable(),
  /** Why it is silent, with the entry of the public log. */
  muted: z.object({ ground: z.string(), at: timeSchema, ledgerIndex: z.number().int() }).nullable(),
  viewer: z
    .object({
      isMine: z.boolean(),
      hasSaved: z.boolean(),
      /** To its owner: another sound that holds the same recording, to be credited with `madeFromId`. */
      sameAs: soundNameSchema.optional(),
    })
    .optional(),
});
export type Sound = z.infer<typeof soundSchema>;

/** `GET /sounds?search=&sort=`: public ones that may be used. trending: most used in the last seven days. */
export const soundQuerySchema = pageQuerySchema.extend({
  search: z.string().max(SOUND_LIMITS.searchChars).optional(),
  sort: z.enum(['trending', 'newest']).default('trending'),
});
/** Also `GET /me/sounds` (own, in every state) and `GET /me/sounds/saved`. */
export const soundPageSchema = z.object({ sounds: z.array(soundSchema), next: nextSchema });
export type SoundPage = z.infer<typeof soundPageSchema>;
/** `GET /sounds/:id/posts?sort=`: a page of cards. */
export const soundPostsQuerySchema = pageQuerySchema.extend({
  sort: z.enum(['mostLiked', 'newest']).default('mostLiked'),
});

/** `PATCH /sounds/:id`, by its owner. An upload of sound alone becomes a sound with the id of the upload. */
export const soundChangeSchema = z.object({
  title: z.string().min(1).max(SOUND_LIMITS.titleChars).optional(),
  artist: z.string().max(SOUND_LIMITS.artistChars).optional(),
  licence: z.string().max(SOUND_LIMITS.licenceChars).nullable().optional(),
  creditLine: z.string().max(SOUND_LIMITS.creditChars).optional(),
  allowUse: z.boolean().optional(),
  /** Credits an uploaded recording to the sound that `viewer.sameAs` offers; null takes the credit back. */
  madeFromId: idSchema.nullable().optional(),
});
/** `PUT /sounds/:id/library`, by an operator: an upload of one's own becomes the library's, free to use. Again: other words. */
export const soundLibrarySchema = z.object({
  title: z.string().min(1).max(SOUND_LIMITS.titleChars),
  artist: z.string().max(SOUND_LIMITS.artistChars),
  licence: z.string().min(1).max(SOUND_LIMITS.licenceChars),
  creditLine: z.string().max(SOUND_LIMITS.creditChars),
});
export type SoundLibrary = z.infer<typeof soundLibrarySchema>;
/** `PUT /sounds/:id/cover`: the picture itself, by its owner, or an operator for the library's. */
