/** One shelf's posts with the numbers that everyone is ranked by, and the one that did not make it. */
import type { Card } from '@vitrine/schema';
import type { ShelfEntry } from '@vitrine/ranking';
import { useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../ui/Button.tsx';
import { clock, sinceThen } from '../words/figures.ts';
import { fullNumber, languageTag, t } from '../words/words.ts';
import type { ShelfRow } from './rows.ts';
import { useCards } from './use-shelves.ts';

const FIRST_ROWS = 20;
const MINUTE_MS = 60_000;

/** A number with a bar of its share of `full`. */
function Measure({ value, full, text, className }: { value: number; full: number; text: string; className: string }) {
  const share = full > 0 ? Math.max(0, Math.min(1, value / full)) : 0;
  return (
    <td className={`shelf-measure num ${className}`}>
      <span>{text}</span>
      <meter className="shelf-bar" min={0} max={1} value={share} aria-hidden="true" />
    </td>
  );
}

/** Picture, first line of the text, author. */
function PostCell({ card, isGone }: { card: Card | undefined; isGone: boolean }) {
  if (card === undefined) {
    return (
      <span className="shelf-post">
        <span className="shelf-picture" />
        <span className="shelf-words ink3">{isGone ? t('shelves.gone') : ''}</span>
      </span>
    );
  }
  const isCovered = card.labels.includes('sensitive');
  return (
    <Link href={card.path} className="shelf-post">
      <img
        className={`shelf-picture${isCovered ? ' shelf-covered' : ''}`}
        src={isCovered ? card.poster.placeholder : card.poster.url}
        alt=""
        loading="lazy"
      />
      <span className="shelf-words">
        <span className="shelf-name" dir="auto">
          {card.text === '' ? t('shelves.untitled') : card.text}
        </span>
        <span className="shelf-by">{card.account.handle}</span>
      </span>
    </Link>
  );
}

/** A small amount: 0.4, 12. */
function amount(value: number): string {
  return new Intl.NumberFormat(languageTag(), { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}

/** What the columns are. */
function Headings({ isNear }: { isNear: boolean }) {
  return (
    <thead>
      <tr>
        <th className="shelf-rank" scope="col">
          #
        </th>
        <th scope="col">{t('shelves.post')}</th>
        {isNear && (
          <th className="shelf-measure" scope="col" title={t('shelves.fitMeans')}>
            {t('shelves.fit')}
          </th>
        )}
        <th className="shelf-measure" scope="col" title={t('shelves.finishMeans')}>
          {t('shelves.finish')}
        </th>
        <th className="shelf-measure shelf-heat" scope="col" title={t('shelves.dayMeans')}>
          {t('shelves.day')}
        </th>
        <th className="shelf-measure shelf-wide" scope="col" title={t('shelves.hoursMeans')}>
          {t('shelves.hours')}
        </th>
        <th className="shelf-plain shelf-wide" scope="col">
          {t('shelves.age')}
        </th>
        <th className="shelf-plain shelf-wide" scope="col">
          {t('shelves.length')}
        </th>
      </tr>
    </thead>
  );
}

interface TableProps {
  rows: readonly ShelfRow[];
  kind: ShelfEntry['kind'];
  next: ShelfRow | undefined;
  /** Posts of the epoch before, when it is compared with this one. */
  before: ReadonlySet<number> | undefined;
}

/** The table; the first twenty until more are asked for. */
export function ShelfTable({ rows, kind, next, before }: TableProps) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? rows : rows.slice(0, FIRST_ROWS);
  const cards = useCards([...shown, ...(next ? [next] : [])].map(({ id }) => id));
  const hottest = Math.max(0, ...rows.map(({ trend1d }) => trend1d));
  const isNear = kind === 'near';
  return (
    <>
      <table className={`shelf-table${isNear ? '' : ' shelf-by-heat'}`}>
        <Headings isNear={isNear} />
        <tbody>
          {shown.map((row, place) => (
            <tr key={row.id} className={before?.has(row.post) === false ? 'shelf-new' : undefined}>
              <td className="shelf-rank num">{fullNumber(place + 1)}</td>
              <td>
                <PostCell card={cards.get(row.id)} isGone={cards.size > 0} />
              </td>
              {isNear && <Measure value={row.fit} full={1000} text={fullNumber(row.fit)} className="shelf-fit" />}
              <Measure value={row.finished} full={1000} text={fullNumber(row.finished)} className="" />
              <Measure value={row.trend1d} full={hottest} text={amount(row.trend1d)} className="shelf-heat" />
              <Measure value={row.trend2h} full={hottest} text={amount(row.trend2h)} className="shelf-wide" />
              <td className="shelf-plain shelf-wide num">
                {sinceThen(new Date(row.publishedMinute * MINUTE_MS).toISOString())}
              </td>
              <td className="shelf-plain shelf-wide num">{clock(row.durationMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < rows.length && (
        <p className="shelf-more">
          <Button size="small" onClick={() => setWhole(true)}>
            {t('shelves.showAll', { n: rows.length })}
          </Button>
        </p>
      )}
      {next && <Missed row={next} card={cards.get(next.id)} last={rows.at(-1)} rank={rows.length + 1} kind={kind} />}
    </>
  );
}

/** The best that is not on the shelf, and what it lacked. */
function Missed(props: {
  row: ShelfRow;
  card: Card | undefined;
  last: ShelfRow | undefined;
  rank: number;
  kind: ShelfEntry['kind'];
}) {
  const { row, card, last, rank, kind } = props;
  if (card === undefined) return null;
  const isNear = kind === 'near';
  const own = isNear ? fullNumber(row.fit) : amount(row.trend1d);
  const needed = isNear ? fullNumber(last?.fit ?? 0) : amount(last?.trend1d ?? 0);
  const isClose = isNear && row.fit >= (last?.fit ?? 0);
  return (
    <section aria-label={t('shelves.missed')}>
      <p className="shelf-cut">
        <span>{t('shelves.missed')}</span>
      </p>
      <div className="shelf-missed">
        <span className="shelf-rank num">{fullNumber(rank)}</span>
        <PostCell card={card} isGone={false} />
        <span className="shelf-lacked num">
          {isClose ? t('shelves.fitsElsewhere', { own }) : t('shelves.lacked', { own, needed })}
        </span>
      </div>
    </section>
  );
}
