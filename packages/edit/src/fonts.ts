/** The type faces: free fonts out of packages, the same files in the page and on the server. */
import { FACES, type Face } from '@vitrine/schema';

/** A face, or the font that stands in where a face has no letters. */
export type FontName = Face | 'arabic';

/** A bundled font and what layout must know of it. */
export type Font = {
  /** Inside node_modules; the server sends it as `/fonts/<name>.ttf`. */
  file: string;
  /** The family's name inside the file, by which libass finds it. */
  family: string;
};

/** Inter, Noto Serif, Roboto Mono and Noto Sans Arabic, all under the SIL Open Font License. */
export const FONTS: Readonly<Record<FontName, Font>> = {
  bold: { file: '@expo-google-fonts/inter/800ExtraBold/Inter_800ExtraBold.ttf', family: 'Inter ExtraBold' },
  plain: { file: '@expo-google-fonts/inter/500Medium/Inter_500Medium.ttf', family: 'Inter Medium' },
  serif: { file: '@expo-google-fonts/noto-serif/600SemiBold/NotoSerif_600SemiBold.ttf', family: 'Noto Serif SemiBold' },
  mono: { file: '@expo-google-fonts/roboto-mono/500Medium/RobotoMono_500Medium.ttf', family: 'Roboto Mono Medium' },
  arabic: {
    file: '@expo-google-fonts/noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf',
    family: 'Noto Sans Arabic',
  },
};
/** All of them: the faces that can be chosen, and the one for Arabic letters. */
export const FONT_NAMES: readonly FontName[] = [...FACES, 'arabic'];

/** Width of a text in a font, in ems, shaped with kerning. The page asks its canvas, the server asks HarfBuzz. */
export type MeasureText = (text: string, font: FontName) => number;

const ARABIC = /\p{Script=Arabic}/u;
/** Letters that no face has. Signs, digits and spaces belong to every script. */
const UNKNOWN_LETTER =
  /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Common}\p{Script=Inherited}]/u;

/** A stretch of words in one font. */
export type FontSpan = { text: string; font: FontName };

/** Cuts words where the font changes, in the order in which they are read. Signs and spaces stay with what stands before them. */
export function fontSpans(words: string, face: Face): FontSpan[] {
  const spans: FontSpan[] = [];
  for (const letter of words) {
    const last = spans.at(-1);
    const isNeutral = !/\p{L}|\p{M}/u.test(letter);
    const font = isNeutral && last !== undefined ? last.font : ARABIC.test(letter) ? 'arabic' : face;
    if (last?.font === font) last.text += letter;
    else spans.push({ text: letter, font });
  }
  return spans;
}

/** The first letter of a text that no font here has. */
export function unknownLetter(text: string): string | undefined {
  return UNKNOWN_LETTER.exec(text)?.[0];
}
