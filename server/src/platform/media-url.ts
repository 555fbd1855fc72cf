/** Where a public media file is fetched from. */
import type { Settings } from './settings.ts';

/** The beginning of the address of public files: on the page's own origin relative, so that every spelling of it works. */
export function publicMediaBase(settings: Pick<Settings, 'mediaUrl' | 'publicUrl'>): string {
  return settings.mediaUrl === `${settings.publicUrl}/media` ? '/media' : settings.mediaUrl;
}

/** The address of a public file, or null when there is none. Private files have another one: see watch. */
export function publicMediaUrl(
  settings: Pick<Settings, 'mediaUrl' | 'publicUrl'>,
  fileId: string | null,
): string | null {
  return fileId === null ? null : `${publicMediaBase(settings)}/${fileId}`;
}
