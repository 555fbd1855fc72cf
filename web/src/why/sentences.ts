/** The plain sentence at the head of Why, and the names of a score's parts. */
import type { Card } from '@vitrine/schema';
import type { Reason } from '@vitrine/ranking';
import type { Chip, Why } from '../rank/calls.ts';
import { t, type Word } from '../words/words.ts';

const CHIP_WORDS: Readonly<Record<Chip['kind'], Word>> = {
  watches: 'why.chipWatches',
  trending: 'why.chipTrending',
  fresh: 'why.chipFresh',
  followed: 'why.chipFollowed',
  creator: 'why.chipCreator',
  tag: 'why.chipTag',
  length: 'why.chipLength',
  wish: 'why.chipWish',
  open: 'why.chipOpen',
};
const SENTENCES: Readonly<Record<Chip['kind'], Word>> = {
  watches: 'why.becauseWatches',
  trending: 'why.becauseTrending',
  fresh: 'why.becauseFresh',
  followed: 'why.becauseFollowed',
  creator: 'why.becauseCreator',
  tag: 'why.becauseTag',
  length: 'why.becauseLength',
  wish: 'why.becauseWish',
  open: 'why.becauseOpen',
};

/** The words of a chip. */
export function chipWords(chip: Chip): string {
  return t(CHIP_WORDS[chip.kind], { n: chip.n });
}

/** One plain sentence. */
export function sentenceOf(card: Card, why: Why, chip: Chip | undefined): string {
  const kind = chip?.kind ?? (why.placement === 'fresh' ? 'fresh' : 'open');
  return t(SENTENCES[kind], { n: chip?.n ?? 0, handle: card.account.handle });
}

/** The name of a part of the score. */
export function partName({ term }: Pick<Reason, 'term'>, card: Card): string {
  return t(`why.term_${term}`, { handle: card.account.handle });
}
