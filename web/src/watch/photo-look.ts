/** What a look at photos comes to. They do not play, so they have a time that they ask for. Pure. */

const PHOTO_MS = 2000;
const LEAST_MS = 5000;

/**
 * The share of a photo post that was looked at: of its photos, or of the time that it asks for (two seconds a photo, at least five),
 * whichever is less. 0 to 1.
 */
export function photoShare(photos: number, look: { photosSeen: number; watchedMs: number }): number {
  const timeShare = look.watchedMs / Math.max(LEAST_MS, PHOTO_MS * photos);
  return Math.min(1, timeShare, look.photosSeen / Math.max(1, photos));
}
