/** Where a public media file is fetched from. */
import type { Settings } from './settings.ts';

/** The address of a public file, or null when there is none. Private files have another one: see watch. */
export function publicMediaUrl(settings: Pick<Settings, 'mediaUrl'>, fileId: string | null): string | null {
  return fileId === null ? null : `${settings.mediaUrl}/${fileId}`;
}
