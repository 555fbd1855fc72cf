/** Which photo of a post is in view: known to the pages, the keys and the buttons alike. */
import { useSyncExternalStore } from 'react';

const places = new Map<string, number>();
const listeners = new Set<() => void>();

/** The photo of a post in view, counted from 0. */
export function photoPlace(postId: string): number {
  return places.get(postId) ?? 0;
}

/** Another photo is, or shall come, into view. */
export function setPhotoPlace(postId: string, place: number): void {
  if (photoPlace(postId) === place) return;
  places.set(postId, place);
  for (const listener of listeners) listener();
}

/** One photo on or back; stays at the ends. */
export function stepPhoto(post: { id: string; photos: readonly unknown[] }, by: -1 | 1): void {
  setPhotoPlace(post.id, Math.min(post.photos.length - 1, Math.max(0, photoPlace(post.id) + by)));
}

/** The photo in view, in a component. */
export function usePhotoPlace(postId: string): number {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => photoPlace(postId),
  );
}
