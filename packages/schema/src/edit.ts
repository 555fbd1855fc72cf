/**
 * The edit list: one JSON document that says how a post is put together. The preview in the page and the render on the server read the
 * same document. Times are whole milliseconds of the finished video unless they are called otherwise; places and sizes are fractions of
 * the frame, measured from its top left corner.
 */
import { z } from 'zod';
import { EDIT_LIMITS, FACES, FILTERS } from './edit-constants.ts';
import { idSchema } from './ids.ts';
import { LIMITS } from './limits.ts';

const momentSchema = z.number().int().min(0).max(36_000_000);
const fractionSchema = z.number().min(0).max(1);
const localIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/);
const gainSchema = z.number().min(0).max(EDIT_LIMITS.gainMax);
const colourSchema = z.string().regex(/^#[0-9a-f]{6}$/);

export const frameShapeSchema = z.enum(['9:16', '4:5', '1:1', '16:9']);
export type FrameShape = z.infer<typeof frameShapeSchema>;

export const filterNameSchema = z.enum(FILTERS);
export type FilterName = z.infer<typeof filterNameSchema>;

export const faceSchema = z.enum(FACES);
export type Face = z.infer<typeof faceSchema>;

/** Part of a picture, in fractions of its displayed width and height. */
export const cropSchema = z.object({
  x: fractionSchema,
  y: fractionSchema,
  width: z.number().min(0.02).max(1),
  height: z.number().min(0.02).max(1),
});
export type Crop = z.infer<typeof cropSchema>;

/** Where a clip's pictures come from: an upload of one's own, or (first clip only) the post that is stitched. */
export const clipSourceSchema = z.union([z.strictObject({ uploadId: idSchema }), z.strictObject({ postId: idSchema })]);

/** A stretch of a source. `inMs` and `outMs` lie on the source's own clock. */
export const clipSchema = z.strictObject({
  id: localIdSchema,
  source: clipSourceSchema,
  inMs: momentSchema,
  outMs: momentSchema,
  /** 2 = twice as fast. */
  speed: z.number().min(EDIT_LIMITS.speedMin).max(EDIT_LIMITS.speedMax).default(1),
  crop: cropSchema.nullable().default(null),
  /** cover: fills the frame and loses the edges; contain: whole, over its own blurred picture. */
  fit: z.enum(['cover', 'contain']).default('cover'),
  filter: filterNameSchema.default('none'),
  /** Loudness of the clip's own sound, on top of `originalGain`. */
  gain: gainSchema.default(1),
});
export type Clip = z.infer<typeof clipSchema>;

/** A sound laid under the video. */
export const editSoundSchema = z.strictObject({
  soundId: idSchema,
  /** Where in the sound it begins. */
  offsetMs: momentSchema.default(0),
  /** Where in the video it begins, and how long it lasts; null: to the end of either. */
  startMs: momentSchema.default(0),
  lengthMs: momentSchema.nullable().default(null),
  gain: gainSchema.default(1),
  fadeInMs: z.number().int().min(0).max(10_000).default(0),
  fadeOutMs: z.number().int().min(0).max(10_000).default(0),
});
export type EditSound = z.infer<typeof editSoundSchema>;

const placedSchema = z.object({
  id: localIdSchema,
  /** Centre, in fractions of the frame. */
  x: fractionSchema,
  y: fractionSchema,
  /** Clockwise. */
  rotationDegrees: z.number().min(-360).max(360).default(0),
  fromMs: momentSchema,
  toMs: momentSchema,
});

/** Words on the picture. Lines break where the text has line ends, and nowhere else. */
export const textSchema = placedSchema
  .extend({
    text: z.string().min(1).max(EDIT_LIMITS.textChars),
    face: faceSchema.default('bold'),
    /** Height of the letters' em, in fractions of the frame's width. */
    size: z.number().min(0.02).max(0.4).default(0.06),
    colour: colourSchema.default('#ffffff'),
    /** A dark rounded box behind the words. */
    hasBox: z.boolean().default(true),
    align: z.enum(['start', 'center', 'end']).default('center'),
  })
  .strict();
export type EditText = z.infer<typeof textSchema>;

/** A picture from the set of stickers. */
export const stickerSchema = placedSchema
  .extend({
    /** One emoji of the set in the edit package. */
    emoji: z.string().min(1).max(24),
    /** Side of its square, in fractions of the frame's width. */
    size: z.number().min(0.04).max(1).default(0.2),
  })
  .strict();
export type Sticker = z.infer<typeof stickerSchema>;

/** A voice recorded over the video: an upload of one's own that holds sound. */
export const voiceOverSchema = z.strictObject({
  id: localIdSchema,
  uploadId: idSchema,
  startMs: momentSchema,
  gain: gainSchema.default(1),
});

/** A line of captions; becomes a caption track of the post. */
export const editCueSchema = z.strictObject({
  startMs: momentSchema,
  endMs: momentSchema,
  text: z.string().max(EDIT_LIMITS.cueChars),
});

export type EditCue = z.infer<typeof editCueSchema>;

/** The post beside or above which this video plays: both pictures and both sounds, from the parent's start. */
export const duetSchema = z.strictObject({
  postId: idSchema,
  /** Where the parent's picture stands. */
  layout: z.enum(['left', 'right', 'top', 'bottom']).default('left'),
  gain: gainSchema.default(1),
});

/** A video put together of clips. */
export const videoEditSchema = z.strictObject({
  version: z.literal(1),
  kind: z.literal('video'),
  frame: frameShapeSchema.default('9:16'),
  /** Played one after the other. */
  clips: z.array(clipSchema).max(EDIT_LIMITS.clips),
  /** Loudness of all the clips' own sound. */
  originalGain: gainSchema.default(1),
  sound: editSoundSchema.nullable().default(null),
  voiceOvers: z.array(voiceOverSchema).max(EDIT_LIMITS.voiceOvers).default([]),
  texts: z.array(textSchema).max(EDIT_LIMITS.texts).default([]),
  stickers: z.array(stickerSchema).max(EDIT_LIMITS.stickers).default([]),
  captions: z
    .strictObject({
      language: z.string().max(35),
      cues: z.array(editCueSchema).max(EDIT_LIMITS.captionCues),
    })
    .nullable()
    .default(null),
  duet: duetSchema.nullable().default(null),
  coverMs: momentSchema.nullable().default(null),
});
export type VideoEdit = z.infer<typeof videoEditSchema>;

/** Photos to swipe through, with a sound. */
export const photoEditSchema = z.strictObject({
  version: z.literal(1),
  kind: z.literal('photos'),
  photos: z
    .array(z.strictObject({ uploadId: idSchema, altText: z.string().max(LIMITS.altTextChars).default('') }))
    .max(EDIT_LIMITS.photos),
  sound: editSoundSchema.nullable().default(null),
});
export type PhotoEdit = z.infer<typeof photoEditSchema>;

/** What a draft holds. Drafts may be empty; a post needs at least one clip or photo. */
export const editSchema = z.discriminatedUnion('kind', [videoEditSchema, photoEditSchema]);
export type Edit = z.infer<typeof editSchema>;
