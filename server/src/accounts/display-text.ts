/** Texts that others see: nothing invisible that could make one name look like another. */

/** Controls (line ends apart), and marks that nobody sees or that turn the direction of the text around them. */
const INVISIBLE =
  /(?!\n)\p{Cc}|\u034f|\u17b4|\u17b5|[\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\u3164\ufeff\uffa0\ufff9-\ufffb]/gu;
/** Letters that only machines read; the flags of England, Scotland and Wales are written with them. */
const HIDDEN_LETTERS = /(?<!\u{1f3f4}[\u{e0020}-\u{e007f}]*)[\u{e0000}-\u{e007f}]/gu;
/** A sign that leaves a mark on the screen; the empty pattern of Braille leaves none. */
const VISIBLE = /(?!\u2800)[\p{L}\p{N}\p{P}\p{S}]/u;

/** One line: a name. Empty when nothing of it would be seen. */
export function cleanLine(text: string): string {
  const line = withoutInvisible(text.toWellFormed().normalize('NFC').replace(/\n/g, ' ')).replace(/\s+/gu, ' ').trim();
  return VISIBLE.test(line) ? line : '';
}

/** Several lines: a bio. At most one empty line in a row. */
export function cleanLines(text: string): string {
  const lines = text.toWellFormed().normalize('NFC').replace(/\r\n?/g, '\n');
  return withoutInvisible(lines)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, '').replace(HIDDEN_LETTERS, '');
}
