/** The few forms of Markdown that our own documents use: headings, paragraphs, lists, tables, code. */
/** A piece of a document. */
export type Block =
  | { kind: 'heading'; depth: number; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; isOrdered: boolean; items: string[] }
  | { kind: 'table'; head: string[]; rows: string[][] }
  | { kind: 'code'; language: string; text: string };

/** Splits a document into its blocks. */
export function blocksOf(source: string): Block[] {
  const lines = source.split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? '';
    const heading = /^(#{1,4}) (.*)$/.exec(line);
    if (line.trim() === '') at += 1;
    else if (heading) {
      blocks.push({ kind: 'heading', depth: heading[1]?.length ?? 1, text: heading[2] ?? '' });
      at += 1;
    } else if (line.startsWith('```')) {
      const end = lines.indexOf('```', at + 1);
      const last = end < 0 ? lines.length : end;
      blocks.push({ kind: 'code', language: line.slice(3).trim(), text: lines.slice(at + 1, last).join('\n') });
      at = last + 1;
    } else {
      let end = at + 1;
      while (end < lines.length && !/^(\s*$|#{1,4} |```)/.test(lines[end] ?? '')) end += 1;
      blocks.push(...textBlocks(lines.slice(at, end)));
      at = end;
    }
  }
  return blocks;
}

const BULLET = /^(?:[-*]|\d+\.) +/;

function textBlocks(lines: readonly string[]): Block[] {
  const [first = ''] = lines;
  if (first.startsWith('|')) return [tableOf(lines)];
  const start = lines.findIndex((line) => BULLET.test(line));
  if (start < 0) return [{ kind: 'paragraph', text: lines.join(' ') }];
  const before: Block[] = start > 0 ? [{ kind: 'paragraph', text: lines.slice(0, start).join(' ') }] : [];
  const items: string[] = [];
  for (const line of lines.slice(start)) {
    if (BULLET.test(line)) items.push(line.replace(BULLET, ''));
    else items.push(`${items.pop() ?? ''} ${line.trim()}`);
  }
  return [...before, { kind: 'list', isOrdered: /^\d/.test(lines[start] ?? ''), items }];
}

function tableOf(lines: readonly string[]): Block {
  const cells = (line: string) =>
    line
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((cell) => cell.trim());
  const [head = '', , ...rows] = lines;
  return { kind: 'table', head: cells(head), rows: rows.map(cells) };
}

/** A node of a flow chart and where it leads: `a[words] --> b & c`. */
export function flowOf(source: string): { from: string[]; to: string[] }[] {
  const names = new Map<string, string>();
  const parts = (side: string): string[] =>
    side
      .split('&')
      .map((part) => part.trim())
      .map((part) => {
        const [, id = part, words] = /^(\w+)(?:\[(.*)\])?$/.exec(part) ?? [];
        if (words !== undefined) names.set(id, words);
        return id;
      });
  const edges = source
    .split('\n')
    .filter((line) => line.includes('-->'))
    .map((line) => line.split('-->'))
    .map(([from = '', to = '']) => ({ from: parts(from), to: parts(to) }));
  const named = (ids: string[]) => ids.map((id) => names.get(id) ?? id);
  return edges.map(({ from, to }) => ({ from: named(from), to: named(to) }));
}
