/** Bounds of everything people send. Texts are counted in UTF-16 units as browsers do. */
export const LIMITS = {
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
  draftBytes: 4 * 1024 * 1024,
  draftsPerAccount: 200,
  avatarBytes: 10 * 1024 * 1024,
  pageItems: 50,
  cardIds: 20,
} as const;

/** Days in which a leaving account can come back. */
export const LEAVE_GRACE_DAYS = 30;
/** Minutes in which a deleted post or comment can be taken back. */
export const UNDELETE_MINUTES = 10;
