/** Posts as pictures: two staggered columns with words (explore), or the close grid of a profile, a tag and a search. */
import { EyeOff, Heart, Images, Lock, UsersRound } from 'lucide-react';
import type { Card } from '@vitrine/schema';
import { Link } from 'wouter';
import { holdCards, isGated } from './cards.ts';
import { openFrom } from './neighbours.ts';
import { shortNumber } from '../words/figures.ts';
import { t } from '../words/words.ts';
import './picture-grid.css';

/** What a picture says to those who do not see it. */
function wordsOf(card: Card): string {
  const words = (card.altText || card.text || card.account.handle).replace(/\.$/, '');
  const word = card.kind === 'photos' ? 'grid.photos' : 'grid.picture';
  return t(word, { words, handle: card.account.handle, n: card.counts.likes });
}

function Picture({ card }: { card: Card }) {
  // What is gated shows its colours alone.
  if (isGated(card))
    return (
      <span className="picture-gated" style={{ backgroundImage: `url("${card.poster.placeholder}")` }}>
        <EyeOff size={24} aria-hidden="true" />
      </span>
    );
  return (
    <picture>
      <source srcSet={card.poster.avifUrl} type="image/avif" />
      <img
        src={card.poster.url}
        alt=""
        loading="lazy"
        decoding="async"
        style={{ backgroundImage: `url("${card.poster.placeholder}")` }}
      />
    </picture>
  );
}

function open(cards: readonly Card[]): void {
  holdCards([...cards]);
  openFrom(cards.map((card) => card.id));
}

/** Three columns on a phone, more where there is room. */
export function PictureGrid({ cards }: { cards: readonly Card[] }) {
  return (
    <ul className="picture-grid">
      {cards.map((card) => (
        <li key={card.id}>
          <Link href={card.path} className="picture-cell" aria-label={wordsOf(card)} onClick={() => open(cards)}>
            <Picture card={card} />
            {card.kind === 'photos' && <Images className="picture-mark" size={18} aria-hidden="true" />}
            <span className="picture-foot num">
              {card.audience === 'onlyMe' && <Lock size={14} aria-hidden="true" />}
              {card.audience === 'followers' && <UsersRound size={14} aria-hidden="true" />}
              <Heart size={14} strokeWidth={2} aria-hidden="true" />
              {shortNumber(card.counts.likes)}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Cards dealt to the shorter column, in order. */
function dealt(cards: readonly Card[], columns: number): Card[][] {
  const heights = Array.from({ length: columns }, () => 0);
  const dealtCards = Array.from({ length: columns }, (): Card[] => []);
  cards.forEach((card, place) => {
    const shortest = heights.indexOf(Math.min(...heights));
    dealtCards[shortest]?.push(card);
    heights[shortest] = (heights[shortest] ?? 0) + (isShort(place) ? SHORT_RATIO : TALL_RATIO);
  });
  return dealtCards;
}

const TALL_RATIO = 1.3;
const SHORT_RATIO = 0.95;

/** Every third picture is shorter, so that the columns do not run in step. */
function isShort(place: number): boolean {
  return place % 3 === 1;
}

/** Staggered columns with words over the pictures. */
export function PictureWall({ cards, columns }: { cards: readonly Card[]; columns: number }) {
  const places = new Map(cards.map((card, place) => [card.id, place]));
  return (
    <div className="picture-wall" style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
      {dealt(cards, columns).map((column, place) => (
        <ul key={place} className="picture-column">
          {column.map((card) => (
            <li key={card.id}>
              <Link
                href={card.path}
                className={`picture-card ${isShort(places.get(card.id) ?? 0) ? 'is-short' : ''}`}
                onClick={() => open(cards)}
              >
                <Picture card={card} />
                {card.kind === 'photos' && <Images className="picture-mark" size={18} aria-hidden="true" />}
                <span className="picture-words">
                  {card.altText !== '' && <span className="visually-hidden">{card.altText} </span>}
                  {card.text !== '' && (
                    <span className="picture-text" dir="auto">
                      {card.text}
                    </span>
                  )}
                  <span className="t-micro num">{`${t('grid.likes', { n: card.counts.likes })} · ${card.account.handle}`}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      ))}
    </div>
  );
}
