/** Where a served file is found: the one place that forms such addresses. */
import { publicMediaBase } from '../platform/media-url.ts';

/** What decides it. */
export interface AddressSettings {
  publicUrl: string;
  mediaUrl: string;
}

/** Where files are fetched from; no slash at the end. */
export interface MediaBases {
  /** Of public files, e.g. `/media` or `https://media.example`. */
  publicBase: string;
  /** Of all others: always on the page's own origin, behind the session. */
  privateBase: string;
}

const PRIVATE_BASE = '/media/private';

/** The bases that the settings give: on the page's own origin addresses are relative, so that every spelling of it works. */
export function mediaBases(settings: AddressSettings): MediaBases {
  return { publicBase: publicMediaBase(settings), privateBase: PRIVATE_BASE };
}

/** The address of a file, from bases that are at hand. */
export function fileUrlAt(bases: MediaBases, fileId: string, isPublic: boolean): string {
  return `${isPublic ? bases.publicBase : bases.privateBase}/${fileId}`;
}

/** The address of a file. */
export function fileUrl(settings: AddressSettings, file: { id: string; isPublic: boolean }): string {
  return fileUrlAt(mediaBases(settings), file.id, file.isPublic);
}
