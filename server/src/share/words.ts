/** What pages say about a post: titles, excerpts, dates, durations. Pure. */
import type { Card } from '@vitrine/schema';
import { tagPath } from './addresses.ts';
import { html, type Markup, type Piece } from './markup.ts';

const TITLE_CHARS = 70;
const DESCRIPTION_CHARS = 200;
const LINKED = /(?<![\p{L}\p{M}\p{N}_&/@#.])([#＃][\p{L}\p{M}\p{N}_\u200c\u200d]+|[@＠][a-z0-9_.]{2,30})/giu;
/** One sign as people see it may be many characters: flags, families, accents. */
const SIGNS = new Intl.Segmenter('en', { granularity: 'grapheme' });
const LONGEST_SIGN = 12;
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** The first words, on one line, at most so many characters, cut between words where there are any. */
export function excerpt(text: string, most: number): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  if (line.length <= most) return line;
  const signs = Array.from(SIGNS.segment(line.slice(0, most * LONGEST_SIGN)), ({ segment }) => segment);
  if (signs.length <= most && line.length <= most * LONGEST_SIGN) return line;
  const cut = signs.slice(0, most - 1).join('');
  const lastSpace = cut.lastIndexOf(' ');
  return `${lastSpace > most / 2 ? cut.slice(0, lastSpace) : cut}…`;
}

/** What to call an account. */
export function nameOf(account: { handle: string; name: string }): string {
  return account.name === '' || account.name === account.handle
    ? `@${account.handle}`
    : `${account.name} (@${account.handle})`;
}

/** A post's title: its first words, or whose it is. */
export function titleOf(card: Card): string {
  const words = excerpt(card.text, TITLE_CHARS);
  return words === '' ? `Video by ${nameOf(card.account)}` : words;
}

/** A post in one or two sentences. */
export function descriptionOf(card: Card): string {
  const words = excerpt(card.text, DESCRIPTION_CHARS);
  return words === '' ? `A short video by ${nameOf(card.account)}.` : words;
}

/** `14 November 2026`, in UTC. */
export function dayOf(time: string): string {
  const day = new Date(time);
  return `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()] ?? ''} ${day.getUTCFullYear()}`;
}

/** A duration as ISO 8601 writes it, to the second, at least one. */
export function isoDuration(durationMs: number): string {
  const seconds = Math.max(1, Math.round(durationMs / 1000));
  const minutes = Math.floor(seconds / 60);
  return `PT${minutes > 0 ? `${minutes}M` : ''}${seconds % 60 > 0 || minutes === 0 ? `${seconds % 60}S` : ''}`;
}

/** A text with its tags and handles as links. */
export function linkedText(text: string): Markup {
  const pieces: Piece[] = text.split(LINKED).map((part, place) => {
    if (place % 2 === 0) return part;
    const word = part.slice(1);
    return part.startsWith('#') || part.startsWith('＃')
      ? html`<a href="${tagPath(word.normalize('NFC').toLowerCase())}">${part}</a>`
      : html`<a href="/@${word.toLowerCase().replace(/\.+$/, '')}">${part}</a>`;
  });
  return html`${pieces}`;
}
