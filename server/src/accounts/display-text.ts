/** Texts that others see: nothing invisible that could make one name look like another. */

/** Controls (line ends apart), and marks that nobody sees or that turn the direction of the text around them. */
const INVISIBLE = /(?!\n)\p{Cc}|[\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** One line: a name. */
export function cleanLine(text: string): string {
  return text.toWellFormed().normalize('NFC').replace(/\n/g, ' ').replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim();
}

/** Several lines: a bio. At most one empty line in a row. */
export function cleanLines(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(INVISIBLE, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
