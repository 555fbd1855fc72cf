/** The short reason over a video; opens Why. */
import { Layers } from 'lucide-react';
import { chipFor } from '../rank/chips.ts';
import { t } from '../words/words.ts';
import { chipWords } from './sentences.ts';

/** Nothing where the ranking did not place the post, or chips are switched off. */
export function WhyChip({ id, onPress }: { id: string; onPress: () => void }) {
  const chip = chipFor(id);
  if (chip === undefined) return null;
  const words = chipWords(chip);
  return (
    <button type="button" className="why-chip glass" aria-label={`${t('why.title')}: ${words}`} onClick={onPress}>
      <Layers size={15} strokeWidth={2} aria-hidden="true" />
      <span>{words}</span>
    </button>
  );
}
