/** Fixed sizes, names and bounds of edits: apart from the validators, so that pages can have them without. */

/** Bounds of an edit. */
export const EDIT_LIMITS = {
  clips: 100,
  texts: 100,
  stickers: 100,
  voiceOvers: 20,
  captionCues: 2000,
  photos: 35,
  textChars: 300,
  cueChars: 500,
  /** Longest finished video; the region may set less. */
  durationMs: 10 * 60_000,
  clipMinMs: 100,
  speedMin: 0.3,
  speedMax: 3,
  gainMax: 2,
  /** Longest start taken over from another post by a stitch. */
  stitchMs: 5000,
} as const;

/** Shapes of the finished frame. */
export const FRAMES = {
  '9:16': { widthPx: 1080, heightPx: 1920 },
  '4:5': { widthPx: 1080, heightPx: 1350 },
  '1:1': { widthPx: 1080, heightPx: 1080 },
  '16:9': { widthPx: 1920, heightPx: 1080 },
} as const;

/** Colour filters, by name. What each does to a colour stands in the edit package. */
export const FILTERS = ['none', 'warm', 'cool', 'vivid', 'faded', 'mono', 'sepia', 'dusk', 'night'] as const;

/** Type faces, by role. */
export const FACES = ['bold', 'plain', 'serif', 'mono'] as const;
