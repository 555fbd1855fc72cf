/** The list a post was opened from, so that next and previous stay within it. */

let from: readonly string[] = [];

/** Call when a post of a list (a profile, a tag, saves) is opened. */
export function openFrom(ids: readonly string[]): void {
  from = ids;
}

/** The list that holds this post, or nothing. */
export function neighboursOf(id: string): readonly string[] | undefined {
  return from.includes(id) ? from : undefined;
}
