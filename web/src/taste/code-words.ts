/** The code that own devices share: 128 random bits as eight words that can be read aloud. Sixteen bits a word: consonants of four, vowels of two. Pure. */

const CONSONANTS = 'bdfghjklmnprstvz';
const VOWELS = 'aiou';
/** Bytes of a code. */
export const CODE_BYTES = 16;

/** The words of a code. */
export function wordsOf(code: Uint8Array): string[] {
  return Array.from({ length: CODE_BYTES / 2 }, (_, place) => {
    const bits = ((code[2 * place] ?? 0) << 8) | (code[2 * place + 1] ?? 0);
    const consonant = (shift: number): string => CONSONANTS[(bits >> shift) & 15] ?? '';
    const vowel = (shift: number): string => VOWELS[(bits >> shift) & 3] ?? '';
    return consonant(12) + vowel(10) + consonant(6) + vowel(4) + consonant(0);
  });
}

/** The code of words, however they are spaced; undefined when they are no code. */
export function codeIn(text: string): Uint8Array<ArrayBuffer> | undefined {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  if (words.length !== CODE_BYTES / 2) return undefined;
  const code = new Uint8Array(CODE_BYTES);
  for (const [place, word] of words.entries()) {
    const digits = word.split('').map((letter, at) => (at % 2 === 0 ? CONSONANTS : VOWELS).indexOf(letter));
    if (digits.length !== 5 || digits.includes(-1)) return undefined;
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = digits;
    const bits = (a << 12) | (b << 10) | (c << 6) | (d << 4) | e;
    code[2 * place] = bits >> 8;
    code[2 * place + 1] = bits & 255;
  }
  return code;
}
