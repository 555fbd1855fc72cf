/** The last watches as pictures, each with how much of it was seen and a cross to forget it. */
import { X } from 'lucide-react';
import { Link } from 'wouter';
import { heldCard } from '../watch/cards.ts';
import { fullNumber, t } from '../words/words.ts';
import type { Watch } from './memory.ts';

const SHOWN = 24;

/** The strip; nothing before the first watch. */
export function LastWatched({
  watches,
  today,
  onForget,
}: {
  watches: readonly Watch[];
  /** UTC day since 1970. */
  today: number;
  onForget: (which: { post: number } | { day: number }) => void;
}) {
  const [newest] = watches;
  if (newest === undefined) return null;
  const ofToday = watches.filter(({ day }) => day === today).length;
  return (
    <section className="last-watched">
      <header>
        <h2 className="t-heading">{t('taste.last')}</h2>
        {ofToday > 0 && (
          <>
            <span className="t-small ink2 num">{t('taste.today', { n: fullNumber(ofToday) })}</span>
            <button type="button" className="last-forget" onClick={() => onForget({ day: today })}>
              {t('taste.forgetToday')}
            </button>
          </>
        )}
      </header>
      <ul data-scrolls>
        {watches.slice(0, SHOWN).map((watch) => {
          const card = heldCard(watch.id);
          const name = card?.text ?? t('why.goneWatch');
          return (
            <li key={watch.post}>
              {card ? (
                <Link href={card.path} aria-label={name}>
                  <img src={card.poster.url} alt="" loading="lazy" />
                </Link>
              ) : (
                <span className="last-gone" title={name} />
              )}
              <span className="last-bar" aria-hidden="true">
                <span style={{ inlineSize: `${(watch.outcomeBucket + 1) * 10}%` }} />
              </span>
              <button
                type="button"
                aria-label={`${t('why.forget')}: ${name}`}
                onClick={() => onForget({ post: watch.post })}
              >
                <X size={14} aria-hidden="true" />
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
