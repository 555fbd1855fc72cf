/** HTML and XML by a tagged template that escapes everything put into it. The only way in which this folder makes markup. */

/** Text that is markup already. Made here alone. */
export interface Markup {
  readonly markup: string;
}

/** What may stand in a template: text is escaped, markup is taken as it is, lists are joined, absent things leave nothing. */
export type Piece = Markup | string | number | null | undefined | false | readonly Piece[];

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Characters that XML 1.0 cannot hold and HTML need not. */
const UNSPEAKABLE = /[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu;

/** Text as it may stand between tags and inside quoted attributes, of HTML and of XML. */
export function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replace(UNSPEAKABLE, '')
    .replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? '');
}

function render(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return '';
  if (typeof piece === 'string') return escapeText(piece);
  if (typeof piece === 'number') return String(piece);
  if ('markup' in piece) return piece.markup;
  return piece.map(render).join('');
}

/** Makes markup. Attributes must be quoted in the template. */
export function html(texts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return { markup: texts.map((text, place) => text + render(pieces[place])).join('') };
}

/** The same for XML, where white space between tags is as we write it. */
export const xml = html;

/** A block of data for programs. No text in it can end the block. */
export function jsonBlock(
  attributes: { type: 'application/json' | 'application/ld+json'; id?: string },
  value: unknown,
): Markup {
  const text = JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const id = attributes.id === undefined ? '' : xml` id="${attributes.id}"`;
  return xml`<script type="${attributes.type}"${id}>${{ markup: text }}</script>`;
}

/** A style block; its text is ours and is named in the page's policy by its hash. */
export function styleBlock(css: string): Markup {
  return { markup: `<style>${css}</style>` };
}
