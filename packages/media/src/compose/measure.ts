/** How wide texts are and how high type faces stand: HarfBuzz over the very files that libass draws with. Not for the worker. */
import { readFileSync } from 'node:fs';
import { FONT_NAMES, FONTS, type FontName, type MeasureText } from '@vitrine/edit';
import { Blob, Buffer as TextBuffer, Face, Font, shape } from 'harfbuzzjs';
import { fontPath } from '../drawing-files.ts';

/** A face's extent by which libass sizes it (OS/2 usWinAscent and usWinDescent), in ems. */
export type FontExtent = { family: string; path: string; ascent: number; descent: number };

type LoadedFont = { font: Font; unitsPerEm: number; extent: FontExtent };
const loaded = new Map<FontName, LoadedFont>();

/** Width of a text in ems. */
export const measureText: MeasureText = (text, name) => {
  const { font, unitsPerEm } = load(name);
  const buffer = new TextBuffer();
  buffer.addText(text);
  buffer.guessSegmentProperties();
  shape(font, buffer);
  return buffer.getGlyphPositions().reduce((sum, glyph) => sum + glyph.xAdvance, 0) / unitsPerEm;
};

/** Extents of all faces. */
export function fontExtents(): Record<FontName, FontExtent> {
  return Object.fromEntries(FONT_NAMES.map((name) => [name, load(name).extent])) as Record<FontName, FontExtent>;
}

function load(name: FontName): LoadedFont {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const path = fontPath(name);
  const bytes = readFileSync(path);
  const face = new Face(new Blob(new Uint8Array(bytes).buffer));
  const unitsPerEm = face.upem;
  const os2 = tableOffset(bytes, 'OS/2');
  const extent = {
    family: FONTS[name].family,
    path,
    ascent: bytes.readUInt16BE(os2 + 74) / unitsPerEm,
    descent: bytes.readUInt16BE(os2 + 76) / unitsPerEm,
  };
  const made = { font: new Font(face), unitsPerEm, extent };
  loaded.set(name, made);
  return made;
}

/** Where a table of a TrueType file begins. */
function tableOffset(bytes: Buffer, tag: string): number {
  const count = bytes.readUInt16BE(4);
  for (let n = 0; n < count; n += 1) {
    const at = 12 + n * 16;
    if (bytes.toString('latin1', at, at + 4) === tag) return bytes.readUInt32BE(at + 8);
  }
  throw new Error(`the font has no table ${tag}`);
}
