/** The little Markdown that an operator's pages need: headings, paragraphs, lists, tables, links, emphasis, code. HTML in it is shown as text. */
import { html, type Markup, type Piece } from './markup.ts';

const INLINE = /\*\*([^*]+)\*\*|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)|\*([^*]+)\*/g;
const SAFE_LINK = /^(https?:\/\/|mailto:|\/(?!\/)|#)/i;
const HEADING = /^(#{1,3})\s+(.*)$/;
const ITEM = /^\s*(?:[-*]|\d+\.)\s+(.*)$/;
const TABLE_RULE = /^\|[\s:|-]+\|$/;

/** Words with emphasis, code and links. A link that leads elsewhere than to a page stays text. */
function inline(text: string): Markup {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, strong, code, label, target, soft] = match;
    pieces.push(text.slice(at, match.index));
    if (strong !== undefined) pieces.push(html`<strong>${strong}</strong>`);
    else if (code !== undefined) pieces.push(html`<code>${code}</code>`);
    else if (soft !== undefined) pieces.push(html`<em>${soft}</em>`);
    else
      pieces.push(
        target !== undefined && SAFE_LINK.test(target) ? html`<a href="${target}" rel="noopener">${label}</a>` : whole,
      );
    at = match.index + whole.length;
  }
  pieces.push(text.slice(at));
  return html`${pieces}`;
}

function cells(line: string): string[] {
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());
}

function table(lines: readonly string[]): Markup {
  const [head = '', , ...rows] = lines;
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${cells(head).map((cell) => html`<th>${inline(cell)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${cells(row).map((cell) => html`<td>${inline(cell)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function block(lines: readonly string[]): Markup {
  const [first = ''] = lines;
  const heading = HEADING.exec(first);
  if (heading) {
    const words = inline(heading[2] ?? '');
    const title = heading[1]?.length === 1 ? html`<h1>${words}</h1>` : html`<h2>${words}</h2>`;
    return lines.length > 1 ? html`${title}${block(lines.slice(1))}` : title;
  }
  if (first.startsWith('|') && TABLE_RULE.test(lines[1]?.trim() ?? '')) return table(lines);
  if (lines.every((line) => ITEM.test(line)))
    return html`<ul>
      ${lines.map((line) => html`<li>${inline(ITEM.exec(line)?.[1] ?? '')}</li>`)}
    </ul>`;
  return html`<p>${inline(lines.join(' '))}</p>`;
}

/** Markdown as markup. */
export function renderMarkdown(text: string): Markup {
  const blocks = text
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .map((part) => part.split('\n').filter((line) => line.trim() !== ''))
    .filter((lines) => lines.length > 0);
  return html`${blocks.map(block)}`;
}
