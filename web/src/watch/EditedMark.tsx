/** "edited", beside the time of a post: opens what its text said before. */
import type { Card } from '@vitrine/schema';
import { lazy, Suspense, useState } from 'react';
import { withAnswers } from '../api/answers.tsx';
import { t } from '../words/words.ts';

const TextHistorySheet = lazy(withAnswers(() => import('./TextHistorySheet.tsx')));

/** Nothing where the text stands as it was posted. */
export function EditedMark({ card }: { card: Card }) {
  const [isOpen, setIsOpen] = useState(false);
  if (!card.isEdited) return null;
  return (
    <>
      <button type="button" className="caption-edited" onClick={() => setIsOpen(true)}>
        {t('watch.edited')}
      </button>
      <Suspense fallback={null}>{isOpen && <TextHistorySheet card={card} onClose={() => setIsOpen(false)} />}</Suspense>
    </>
  );
}
