/** What stands at the cursor: a #tag or an @handle being typed, and how a choice is put in its place. */

/** A word being typed. `start` is the place of its sign. */
export interface Typed {
  sign: '#' | '@';
  prefix: string;
  start: number;
}

const AT_CURSOR = /(^|[\s([{"'’.,;:!?])([#@])([\p{L}\p{N}\p{M}_.]{0,60})$/u;

/** The word at the cursor, if it is one that can be completed. */
export function typedAt(text: string, cursor: number): Typed | undefined {
  const found = AT_CURSOR.exec(text.slice(0, cursor));
  if (!found) return undefined;
  const [, , sign, prefix = ''] = found;
  return { sign: sign === '@' ? '@' : '#', prefix, start: cursor - prefix.length - 1 };
}

/** The text with the choice in place of what was typed, and the cursor behind it. */
export function completed(text: string, typed: Typed, choice: string): { text: string; cursor: number } {
  const end = typed.start + 1 + typed.prefix.length;
  const put = `${typed.sign}${choice} `;
  return {
    text: text.slice(0, typed.start) + put + text.slice(end).replace(/^ /, ''),
    cursor: typed.start + put.length,
  };
}

/** A stretch of text, lit where it is a tag or a handle. */
export interface Stretch {
  text: string;
  isLit: boolean;
}

const LIT = /(?<![\p{L}\p{N}_])[#@][\p{L}\p{N}\p{M}_]+(?:\.[\p{L}\p{N}\p{M}_]+)*/gu;

/** Cuts a text into plain and lit stretches. */
export function stretchesOf(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let from = 0;
  for (const found of text.matchAll(LIT)) {
    if (found.index > from) stretches.push({ text: text.slice(from, found.index), isLit: false });
    stretches.push({ text: found[0], isLit: true });
    from = found.index + found[0].length;
  }
  if (from < text.length) stretches.push({ text: text.slice(from), isLit: false });
  return stretches;
}
