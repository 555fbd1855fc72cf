/** All shelves of an epoch, each with three of its pictures. */
import type { Card } from '@vitrine/schema';
import type { ShelfEntry } from '@vitrine/ranking';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { t } from '../words/words.ts';
import { rowsOf } from './rows.ts';
import { useCards, useShelf } from './use-shelves.ts';

const PICTURES = 3;
/** A tag names a shelf when so many of its best posts have it. */
const SHARED = 3;
const MOST_ROWS = 60;

/** The number in a near shelf's name: `near-00214`. */
function numberOf(entry: ShelfEntry): number {
  return Number(entry.name.replace(/\D/g, '')) + 1;
}

/** What a shelf is called: by kind, or by the tags that most of its best posts share. */
export function titleOf(entry: ShelfEntry, cards: Iterable<Card>): string {
  if (entry.kind === 'fresh') return t('shelves.fresh');
  if (entry.kind === 'trending') return t('shelves.trending');
  const counts = new Map<string, number>();
  for (const { tags } of cards) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const [first, second] = [...counts]
    .filter(([, count]) => count >= SHARED)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([tag]) => tag);
  if (first === undefined) return t('shelves.numbered', { n: numberOf(entry) });
  return second === undefined ? `#${first}` : `#${first} #${second}`;
}

/** `Shelf 214 · 104 posts`. */
export function placeOf(entry: ShelfEntry): string {
  const posts = t('shelves.posts', { n: entry.posts });
  if (entry.kind === 'fresh') return `${t('shelves.freshKind')} · ${posts}`;
  if (entry.kind === 'trending') return `${t('shelves.trendingKind')} · ${posts}`;
  return `${t('shelves.numbered', { n: numberOf(entry) })} · ${posts}`;
}

/** Cards of a shelf's best posts. */
export function useBest(entry: ShelfEntry | undefined, count: number): Card[] {
  const file = useShelf(entry).data;
  const rows = file && entry ? rowsOf(file, entry.vector, entry.kind).slice(0, count) : [];
  const cards = useCards(rows.map(({ id }) => id));
  return rows.flatMap(({ id }) => cards.get(id) ?? []);
}

/** True once the element has come near the window. */
function useIsNear() {
  const ref = useRef<HTMLLIElement>(null);
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const watcher = new IntersectionObserver(([entry]) => entry?.isIntersecting && setNear(true), {
      rootMargin: '300px',
    });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  return { ref, isNear };
}

function Row({ entry, isLit, query }: { entry: ShelfEntry; isLit: boolean; query: string }) {
  const { ref, isNear } = useIsNear();
  const best = useBest(isNear ? entry : undefined, 12);
  const pictures = best.filter(({ labels }) => !labels.includes('sensitive')).slice(0, PICTURES);
  return (
    <li ref={ref}>
      <Link
        href={`/shelves/${entry.name}${query}`}
        className={`shelves-row ${isLit ? 'is-lit' : ''}`}
        aria-current={isLit ? 'page' : undefined}
      >
        <span className="shelves-pictures" aria-hidden="true">
          {Array.from({ length: PICTURES }, (_, i) => (
            <span key={i}>{pictures[i] && <img src={pictures[i].poster.url} alt="" loading="lazy" />}</span>
          ))}
        </span>
        <span className="shelves-words">
          <span className="shelves-name" dir="auto">
            {titleOf(entry, best)}
          </span>
          <span className="shelves-place">{placeOf(entry)}</span>
        </span>
      </Link>
    </li>
  );
}

/** The list; near shelves may be sought by number. */
export function ShelfList(props: { shelves: readonly ShelfEntry[]; lit: string | undefined; query: string }) {
  const { shelves, lit, query } = props;
  const [sought, setSought] = useState('');
  const quick = shelves.filter(({ kind }) => kind !== 'near');
  const near = shelves.filter((entry) => entry.kind === 'near' && entry.posts > 0);
  const found = near.filter((entry) => String(numberOf(entry)).includes(sought.trim()));
  const row = (entry: ShelfEntry) => <Row key={entry.name} entry={entry} isLit={entry.name === lit} query={query} />;
  return (
    <nav className="shelves-list" aria-label={t('shelves.title')}>
      {near.length > 8 && (
        <label className="shelves-search">
          <Search size={20} aria-hidden="true" />
          <input
            type="search"
            inputMode="numeric"
            placeholder={t('shelves.count', { n: near.length })}
            aria-label={t('shelves.seek')}
            value={sought}
            onInput={(event) => setSought(event.currentTarget.value)}
          />
        </label>
      )}
      <ul>{quick.map(row)}</ul>
      {found.length > 0 && <ul className="shelves-near">{found.slice(0, MOST_ROWS).map(row)}</ul>}
    </nav>
  );
}
