/** What stands within a line: code, stress, links. */
import type { ReactNode } from 'react';

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)]+)\)/g;

/** A line with its code, stress and links. Links within the documents have no page here: their words stay. */
export function inline(text: string): ReactNode[] {
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const found of text.matchAll(INLINE)) {
    pieces.push(text.slice(at, found.index));
    const [whole, code, strong, words, address] = found;
    if (code !== undefined) pieces.push(<code key={found.index}>{code}</code>);
    else if (strong !== undefined) pieces.push(<strong key={found.index}>{strong}</strong>);
    else if (address?.startsWith('https://')) {
      pieces.push(
        <a key={found.index} className="page-link" href={address} rel="noopener">
          {words}
        </a>,
      );
    } else pieces.push(words ?? whole);
    at = (found.index ?? 0) + whole.length;
  }
  return [...pieces, text.slice(at)];
}
