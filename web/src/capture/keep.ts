/** Keeps what the camera records in this browser, piece by piece while it records: a tab that dies loses half a second. */
import { createStore, del, get, keys, set } from 'idb-keyval';
import type { Segment } from './segments.ts';

const store = createStore('vitrine-capture', 'recorded');
const LIST = 'segments';
const piece = (id: string, place: number): string => `piece:${id}:${String(place).padStart(5, '0')}`;

/** A recorded stretch as it is kept. */
export interface KeptSegment extends Segment {
  /** Kind of file without parameters: `video/webm`, `image/jpeg`. */
  type: string;
}

/** The list of stretches, in their order. */
export async function keptSegments(): Promise<KeptSegment[]> {
  return (await get<KeptSegment[]>(LIST, store).catch(() => undefined)) ?? [];
}

/** Writes the list. */
export async function keepSegments(segments: readonly KeptSegment[]): Promise<void> {
  await set(LIST, segments, store).catch(() => undefined);
}

/** Adds a piece of a stretch. */
export async function keepPiece(id: string, place: number, blob: Blob): Promise<void> {
  await set(piece(id, place), blob, store).catch(() => undefined);
}

/** A stretch's file, put together of its pieces. */
export async function segmentFile({ id, type }: KeptSegment): Promise<File | undefined> {
  const names = (await keys<string>(store)).filter((name) => name.startsWith(`piece:${id}:`)).sort();
  const blobs = await Promise.all(names.map((name) => get<Blob>(name, store)));
  const parts = blobs.filter((blob) => blob !== undefined);
  const ending = { 'video/mp4': 'mp4', 'image/jpeg': 'jpg' }[type] ?? 'webm';
  return parts.length === 0 ? undefined : new File(parts, `vitrine-${id}.${ending}`, { type, lastModified: 0 });
}

/** Forgets a stretch's pieces. */
export async function forgetPieces(id: string): Promise<void> {
  const names = (await keys<string>(store)).filter((name) => name.startsWith(`piece:${id}:`));
  await Promise.all(names.map((name) => del(name, store)));
}
