/** Where a served file is found. */

/** What decides it. */
export interface AddressSettings {
  publicUrl: string;
  mediaUrl: string;
}

/**
 * The address of a file. Public ones: on the page's own origin relative, so that every spelling of it works, or on the media host.
 * Private ones: always on the page's own origin, behind the session.
 */
export function fileUrl(settings: AddressSettings, file: { id: string; isPublic: boolean }): string {
  if (!file.isPublic) return `/media/private/${file.id}`;
  const isOwn = settings.mediaUrl === `${settings.publicUrl}/media`;
  return `${isOwn ? '/media' : settings.mediaUrl}/${file.id}`;
}
