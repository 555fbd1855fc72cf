/** What the editor does to a list of pictures. Pure. */
import { EDIT_LIMITS, type PhotoEdit } from '@vitrine/schema';

/** Adds pictures at the end, up to the most that one post may have. */
export function addPhotos(edit: PhotoEdit, uploadIds: readonly string[]): PhotoEdit {
  const added = uploadIds.map((uploadId) => ({ uploadId, altText: '' }));
  return { ...edit, photos: [...edit.photos, ...added].slice(0, EDIT_LIMITS.photos) };
}

/** Puts a picture at another place. */
export function movePhoto(edit: PhotoEdit, from: number, to: number): PhotoEdit {
  const photo = edit.photos[from];
  if (photo === undefined || to < 0 || to >= edit.photos.length) return edit;
  return { ...edit, photos: edit.photos.toSpliced(from, 1).toSpliced(to, 0, photo) };
}

/** Takes a picture away. */
export function removePhoto(edit: PhotoEdit, place: number): PhotoEdit {
  return { ...edit, photos: edit.photos.toSpliced(place, 1) };
}

/** Says what is to be seen on a picture. */
export function describePhoto(edit: PhotoEdit, place: number, altText: string): PhotoEdit {
  return { ...edit, photos: edit.photos.map((photo, at) => (at === place ? { ...photo, altText } : photo)) };
}

/** Lays a sound under the pictures. */
export function soundUnderPhotos(
  edit: PhotoEdit,
  { soundId, range, gain }: { soundId: string; range: { fromMs: number; toMs: number }; gain: number },
): PhotoEdit {
  const lengthMs = range.toMs - range.fromMs;
  return { ...edit, sound: { soundId, offsetMs: range.fromMs, startMs: 0, lengthMs, gain, fadeInMs: 0, fadeOutMs: 0 } };
}
