/** Where posts and sounds have their pages. */

/** Path of a post's page. */
export function postPath(handle: string, id: string): string {
  return `/@${handle}/post/${id}`;
}

/** Path of a sound's page. */
export function soundPath(id: string): string {
  return `/sound/${id}`;
}
