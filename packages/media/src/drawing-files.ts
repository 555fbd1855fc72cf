/** Files of packages that pictures are drawn with: fonts and emoji. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { FONTS, type FontName } from '@vitrine/edit';

const require = createRequire(import.meta.url);
const EMOJI_NAME = /^[0-9a-f]{1,6}(-[0-9a-f]{1,6}){0,9}$/;

/** Where a type face's TrueType file lies. */
export function fontPath(name: FontName): string {
  return require.resolve(FONTS[name].file);
}

/** Where the SVG of an emoji lies, by the name that the edit package gives it; undefined if the set has none. */
export function emojiPath(file: string): string | undefined {
  if (!EMOJI_NAME.test(file)) return undefined;
  const path = require.resolve('@twemoji/svg/package.json').replace(/package\.json$/, `${file}.svg`);
  return existsSync(path) ? path : undefined;
}
