/** Bounds of everything people send. Texts are counted in UTF-16 units as browsers do. */
export const LIMITS = {
  /** A passkey's id as base64url: 1023 bytes at most (WebAuthn level 3, section 4). Also the longest part of any path. */
  credentialIdChars: 1364,
  nameChars: 50,
  bioChars: 300,
  links: 5,
  linkChars: 200,
  postTextChars: 2200,
  tagChars: 60,
  tagsPerPost: 30,
  mentionsPerPost: 30,
  altTextChars: 1000,
  commentChars: 1000,
  complaintTextChars: 2000,
  passwordMinChars: 8,
  passwordMaxChars: 256,
  fileNameChars: 255,
  captionBytes: 512 * 1024,
  captionTracksPerPost: 20,
  /** Of one draft with its edit, as JSON. */
  draftBytes: 1024 * 1024,
  draftsPerAccount: 200,
  avatarBytes: 10 * 1024 * 1024,
  pageItems: 50,
  cardIds: 20,
  ties: 2000,
  algorithmNameChars: 50,
  algorithmAboutChars: 500,
  algorithmsPerAccount: 20,
  /** The sealed taste that own devices share, and the steps to which it is padded. */
  sealedTasteBytes: 1024 * 1024,
  sealedTasteStepBytes: 64 * 1024,
} as const;

/** Days in which a leaving account can come back. */
export const LEAVE_GRACE_DAYS = 30;
/** Minutes in which a deleted post or comment can be taken back. */
export const UNDELETE_MINUTES = 10;

/** Most tickets that an account draws in a UTC day, and most in one request. */
export const TICKETS_A_DAY = 50;
/** Most tickets of one request without an account. */
export const TICKETS_SIGNED_OUT = 20;
/** A key is taken for so many UTC days, the day of its issue included. */
export const TICKET_KEY_DAYS = 8;
/** A ticket rests so long after it was drawn before it is used, so that drawing and watching cannot be told to belong together. */
export const TICKET_REST_MS = 10 * 60_000;
/** Outcome buckets: tenths of a video that were watched. */
export const OUTCOME_BUCKETS = 10;
/** How often a video can be reported to have begun anew. */
export const LOOPS_MAX = 100;
/** Watched for so long, or half of it, it counts as a view; less is a skip. */
export const VIEW_MS = 2000;
