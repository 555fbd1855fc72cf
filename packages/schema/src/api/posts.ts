/** Posts, cards, uploads, caption tracks: `/api/v1/posts`, `/cards`, `/uploads`, `/feed`, `/explore`, `/tags`. */
import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { personSchema } from './accounts.ts';
import { nextSchema, timeSchema } from './paging.ts';
import { cardSoundSchema } from './sounds.ts';

export const audienceSchema = z.enum(['everyone', 'followers', 'onlyMe']);
export type Audience = z.infer<typeof audienceSchema>;
/** What others may do with a post. */
export const allowSchema = z.object({
  comments: z.boolean().default(true),
  duet: z.boolean().default(true),
  stitch: z.boolean().default(true),
  save: z.boolean().default(true),
  embed: z.boolean().default(true),
  recommend: z.boolean().default(true),
});
export type Allow = z.infer<typeof allowSchema>;
export const labelSchema = z.enum(['aiMade', 'paid', 'sensitive']);
export type Label = z.infer<typeof labelSchema>;
/** BCP 47, short: `en`, `pt-BR`. */
export const languageSchema = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
  .max(35);

/** One encoded copy: a fragmented MP4, played by byte ranges. */
export const renditionSchema = z.object({
  heightPx: z.number().int(),
  widthPx: z.number().int(),
  codec: z.string(),
  bitrateBps: z.number().int(),
  sizeBytes: z.number().int(),
  /** Bytes from 0 that hold the header and the first second: enough for the first frame. */
  headBytes: z.number().int(),
  url: z.string(),
});
export type Rendition = z.infer<typeof renditionSchema>;
export const posterSchema = z.object({
  url: z.string(),
  avifUrl: z.string(),
  /** A data URL of a few dozen bytes-wide picture, shown while the poster loads. */
  placeholder: z.string(),
  /** Top or rail strip lighter than 0.35: use the bright variant of the falls. */
  isBright: z.boolean(),
});
/** A strip of equal frames, left to right, in one picture. */
export const storyboardSchema = z.object({
  url: z.string(),
  frames: z.number().int(),
  frameWidthPx: z.number().int(),
  frameHeightPx: z.number().int(),
});
export const captionTrackSchema = z.object({ language: languageSchema, label: z.string(), url: z.string() });
export type CaptionTrack = z.infer<typeof captionTrackSchema>;
/** Exact counts but views, which is null until there are enough reports. */
export const countsSchema = z.object({
  likes: z.number().int(),
  comments: z.number().int(),
  reposts: z.number().int(),
  saves: z.number().int(),
  views: z.number().int().nullable(),
});
export type Counts = z.infer<typeof countsSchema>;

/** How the signed-in viewer stands to a post. */
export const postViewerSchema = z.object({
  isMine: z.boolean(),
  hasLiked: z.boolean(),
  hasSaved: z.boolean(),
  hasReposted: z.boolean(),
  isFollowingAuthor: z.boolean(),
});
export type PostViewer = z.infer<typeof postViewerSchema>;

/** One picture of a photo post, largest first in `files`. */
export const photoSchema = z.object({
  widthPx: z.number().int(),
  heightPx: z.number().int(),
  placeholder: z.string(),
  altText: z.string(),
  files: z.array(z.object({ widthPx: z.number().int(), type: z.string(), url: z.string() })),
});
export type Photo = z.infer<typeof photoSchema>;
/** The post that a duet or stitch was made from; `post` is null once that is no longer shown. */
export const cardParentSchema = z.object({
  kind: z.enum(['duet', 'stitch']),
  post: z.object({ id: idSchema, path: z.string(), account: personSchema }).nullable(),
});

/** What is shown of a post. `viewer` is absent on blind routes and for signed-out people. */
export const cardSchema = z.object({
  id: idSchema,
  /** Path of the permalink: `/@handle/post/:id`. */
  path: z.string(),
  account: personSchema,
  text: z.string(),
  tags: z.array(z.string()),
  publishedAt: timeSchema,
  /** The text was changed after posting: `GET /posts/:id/history`. */
  isEdited: z.boolean(),
  kind: z.enum(['video', 'photos']),
  durationMs: z.number().int(),
  widthPx: z.number().int(),
  heightPx: z.number().int(),
  hasAudio: z.boolean(),
  poster: posterSchema,
  storyboard: storyboardSchema.nullable(),
  /** Highest first. Empty for photos only. */
  renditions: z.array(renditionSchema),
  /** Of a photo post, in their order. */
  photos: z.array(photoSchema),
  /** Played under photos, from `offsetMs`; a video carries its sound in itself. */
  audio: z.object({ url: z.string(), offsetMs: z.number().int(), gain: z.number() }).nullable(),
  sound: cardSoundSchema.nullable(),
  parent: cardParentSchema.nullable(),
  hlsUrl: z.string().nullable(),
  captions: z.array(captionTrackSchema),
  labels: z.array(labelSchema),
  altText: z.string(),
  language: languageSchema.nullable(),
  audience: audienceSchema,
  allow: allowSchema,
  counts: countsSchema,
  /** By which watches are reported and shelves speak of it; null for what not everyone may watch. */
  publicNumber: z.number().int().nullable(),
  /** Watches of it were reported often enough for it to stand in a chunk (see `/watches`). */
  mayStandInChunk: z.boolean(),
  /** In Following: whom the viewer follows and who brought it there; absent where its author did. */
  repostedBy: personSchema.optional(),
  viewer: postViewerSchema.optional(),
});
export type Card = z.infer<typeof cardSchema>;
export const cardPageSchema = z.object({ posts: z.array(cardSchema), next: nextSchema });
export type CardPage = z.infer<typeof cardPageSchema>;

/**
 * `POST /posts` (header Idempotency-Key) -> 202. Of one upload, which may still be arriving or being encoded, or of a draft.
 * `soundId` is short for an edit with that sound from its start. What is left out is as the draft says it, else as `draftWordsSchema` does.
 */
export const publishSchema = z.object({
  uploadId: idSchema.optional(),
  draftId: idSchema.optional(),
  soundId: idSchema.optional(),
  /** Publish then, not now; at most a year ahead. */
  publishAt: timeSchema.optional(),
  text: z.string().max(LIMITS.postTextChars).optional(),
  /** Added to those written as #tag in the text. */
  tags: z.array(z.string().max(LIMITS.tagChars)).max(LIMITS.tagsPerPost).optional(),
  audience: audienceSchema.optional(),
  coverMs: z.number().int().min(0).max(36_000_000).optional(),
  labels: z.array(labelSchema).max(3).optional(),
  altText: z.string().max(LIMITS.altTextChars).optional(),
  language: languageSchema.optional(),
  allow: allowSchema.optional(),
});
export type Publish = z.input<typeof publishSchema>;
export const publishedSchema = z.object({ id: idSchema });
/** `PATCH /posts/:id`. */
export const postChangeSchema = z.object({
  text: z.string().max(LIMITS.postTextChars).optional(),
  tags: z.array(z.string().max(LIMITS.tagChars)).max(LIMITS.tagsPerPost).optional(),
  audience: audienceSchema.optional(),
  coverMs: z.number().int().min(0).max(36_000_000).optional(),
  labels: z.array(labelSchema).max(3).optional(),
  altText: z.string().max(LIMITS.altTextChars).optional(),
  language: languageSchema.optional(),
  allow: allowSchema.partial().optional(),
  /** Of a scheduled post: another time, or null: now. */
  publishAt: timeSchema.nullable().optional(),
});

/** processing: not yet playable · scheduled: ready or not, waits for its time · published · failed: see problem · withheld, removed: by the operator · deleted: by its author. */
export const postStateSchema = z.enum([
  'processing',
  'scheduled',
  'published',
  'failed',
  'withheld',
  'removed',
  'deleted',
]);
export type PostState = z.infer<typeof postStateSchema>;
/** A step of the ladder, named by its short side as people say it: 540, 720, 1080. */
export const encodingStepSchema = z.object({
  heightPx: z.number().int(),
  fraction: z.number().min(0).max(1),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
});
/** `GET /posts/:id`. Renditions are empty while processing. */
export const postSchema = z.object({
  id: idSchema,
  state: postStateSchema,
  problem: z.object({ code: z.string(), detail: z.string() }).optional(),
  durationMs: z.number().int().nullable(),
  widthPx: z.number().int().nullable(),
  heightPx: z.number().int().nullable(),
  hasAudio: z.boolean().nullable(),
  sound: cardSoundSchema.nullable(),
  /** Of a scheduled post. */
  publishAt: timeSchema.optional(),
  renditions: z.array(renditionSchema),
  posterUrl: z.string().nullable(),
  counts: countsSchema,
  /** For the author while it is being encoded. */
  encoding: z.array(encodingStepSchema).optional(),
  /** Present once playable. */
  card: cardSchema.optional(),
});
export type Post = z.infer<typeof postSchema>;
/** `GET /me/posts`: one's own in every state but erased, newest first. Without cards: those come with the profile. */
export const ownPostsSchema = z.object({ posts: z.array(postSchema), next: nextSchema });
export type OwnPosts = z.infer<typeof ownPostsSchema>;
/** `PUT /posts/:id/captions/:language?label=`: the body is the WebVTT or SRT file itself. */
export const captionQuerySchema = z.object({ label: z.string().max(60).optional() });

/** `GET /uploads/:id` (tus itself uses HEAD, PATCH and DELETE on the same address). */
export const uploadSchema = z.object({
  id: idSchema,
  fileName: z.string(),
  /** What it turned out to be; null until it was looked at. A sound's page has the same id. */
  kind: z.enum(['video', 'sound', 'photo']).nullable(),
  /** Where the studio plays it from, for its owner's session only; null until it is ready. */
  previewUrl: z.string().nullable(),
  /** receiving -> checking -> ready (probed, poster there) | failed. */
  state: z.enum(['receiving', 'checking', 'ready', 'failed', 'expired']),
  sizeBytes: z.number(),
  offsetBytes: z.number(),
  problem: z.object({ code: z.string(), detail: z.string() }).optional(),
  durationMs: z.number().int().nullable(),
  widthPx: z.number().int().nullable(),
  heightPx: z.number().int().nullable(),
  hasAudio: z.boolean().nullable(),
  posterUrl: z.string().nullable(),
  storyboard: storyboardSchema.nullable(),
  encoding: z.array(encodingStepSchema),
  /** The post made of it, when there is one. */
  postId: idSchema.nullable(),
});
export type Upload = z.infer<typeof uploadSchema>;
/**
 * `GET /me/uploads`: those still going on or not yet posted, newest first. With `?sha256=` all that arrived with that content,
 * posted and refused ones too: "you uploaded this already".
 */
export const uploadsSchema = z.object({ uploads: z.array(uploadSchema) });

/**
 * `GET /me/ties`: what the account keeps that ranking on the device and the marks of blind cards need, newest first, at most
 * `LIMITS.ties` of each. Asked once a visit, it says nothing of what is watched.
 */
export const tiesSchema = z.object({
  follows: z.array(z.object({ id: idSchema, handle: z.string() })),
  blocks: z.array(idSchema),
  liked: z.array(idSchema),
  saved: z.array(idSchema),
  reposted: z.array(idSchema),
  savedSounds: z.array(idSchema),
  /** By the age band. */
  isAdult: z.boolean(),
});
export type AccountTies = z.infer<typeof tiesSchema>;

/** `GET /explore?sort=`. */
export const exploreSortSchema = z.enum(['newest', 'mostLiked']);
/** `GET /tags?prefix=` and `/tags/popular`; `GET /tags/:name`. */
export const tagSchema = z.object({ name: z.string(), posts: z.number().int() });
export const tagsSchema = z.object({ tags: z.array(tagSchema) });
export type Tag = z.infer<typeof tagSchema>;
