/** Where to go after signing up or in: only to a page of our own. */

/** The `then` of the address, when it is a path of this site. */
export function pathAfter(search: string, otherwise = '/'): string {
  const wish = new URLSearchParams(search).get('then') ?? '';
  return /^\/(?![/\\])[^\s\\]*$/.test(wish) ? wish : otherwise;
}
