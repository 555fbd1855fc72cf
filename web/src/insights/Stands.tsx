/** The shelves a post stands and stood on; of those of now its place and what it lacks to the one above. */
import type { Insights } from '@vitrine/schema';
import type { ShelfEntry } from '@vitrine/ranking';
import { Layers } from 'lucide-react';
import { Link } from 'wouter';
import { titleOf } from '../shelves/ShelfList.tsx';
import { rowsOf, type ShelfRow } from '../shelves/rows.ts';
import { useEpoch, useShelf } from '../shelves/use-shelves.ts';
import { languageTag, fullNumber, t } from '../words/words.ts';

type Stand = Insights['stands'][number];

const shortTime = (time: string): string =>
  new Intl.DateTimeFormat(languageTag(), { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(
    new Date(time),
  );

/** What orders a shelf, in one number. */
function measureOf(row: ShelfRow, kind: ShelfEntry['kind']): string {
  if (kind === 'near') return fullNumber(row.fit);
  return new Intl.NumberFormat(languageTag(), { maximumFractionDigits: 1 }).format(row.trend1d);
}

/** The post's place, and the feature that the next place up has more of. */
function Place({ entry, postId }: { entry: ShelfEntry; postId: string }) {
  const file = useShelf(entry).data;
  if (file === undefined) return null;
  const rows = rowsOf(file, entry.vector, entry.kind);
  const place = rows.findIndex(({ id }) => id === postId);
  const own = rows[place];
  if (own === undefined) return null;
  const above = rows[place - 1];
  const measures = { own: measureOf(own, entry.kind), needed: above ? measureOf(above, entry.kind) : '' };
  return (
    <p className="t-small ink2">
      {t('insights.place', { place: fullNumber(place + 1), n: fullNumber(rows.length) })}{' '}
      {above === undefined
        ? t('insights.first')
        : entry.kind === 'near'
          ? t('insights.lacksFit', measures)
          : entry.kind === 'trending'
            ? t('insights.lacksHeat', measures)
            : t('insights.lacksNew')}
    </p>
  );
}

function Row({ stand, postId, entries }: { stand: Stand; postId: string; entries: readonly ShelfEntry[] }) {
  const entry = entries.find(({ name }) => name === stand.shelf);
  return (
    <li className={stand.until === null ? 'is-now' : undefined}>
      <Layers size={20} strokeWidth={1.75} aria-hidden="true" />
      <div>
        <p className="t-label">
          {entry ? (
            <Link href={`/shelves/${stand.shelf}`} className="page-link">
              {titleOf(entry, [])}
            </Link>
          ) : (
            stand.shelf
          )}
        </p>
        <p className="t-small ink3 num">
          {stand.until === null
            ? t('insights.since', { since: shortTime(stand.since) })
            : t('insights.stood', { since: shortTime(stand.since), until: shortTime(stand.until) })}
        </p>
        {entry && stand.until === null && <Place entry={entry} postId={postId} />}
      </div>
    </li>
  );
}

/** The list. */
export function Stands({ stands, postId }: { stands: readonly Stand[]; postId: string }) {
  const entries = useEpoch(undefined).data?.tree.shelves ?? [];
  return (
    <section className="insight-stands card">
      <h2 className="t-sub">{t('insights.shelves')}</h2>
      {stands.length === 0 ? (
        <p className="t-small ink2">{t('insights.noShelf')}</p>
      ) : (
        <ul>
          {stands.map((stand) => (
            <Row key={`${stand.shelf} ${stand.since}`} {...{ stand, postId, entries }} />
          ))}
        </ul>
      )}
    </section>
  );
}
