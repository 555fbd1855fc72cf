/** The viewer's own watches behind a video, each with its points; forgetting one acts at once. */
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Why } from '../rank/calls.ts';
import { ask } from '../rank/for-you.ts';
import { cardsFor } from '../rank/for-you-list.ts';
import { toast } from '../ui/Toast.tsx';
import { heldCard } from '../watch/cards.ts';
import { fullNumber, t } from '../words/words.ts';

const SHOWN = 3;

/** Up to three, the strongest first. Nothing when the taste had no part in it. */
export function Causes({ why }: { why: Why }) {
  const causes = why.watches.filter(({ part, id }) => part > 0 && id !== '').slice(0, SHOWN);
  const [gone, setGone] = useState<readonly number[]>([]);
  const [, setLoaded] = useState(0);
  useEffect(() => {
    void cardsFor(causes.map(({ id }) => id)).then(() => setLoaded((count) => count + 1));
  }, [why]);
  const left = causes.filter(({ post }) => !gone.includes(post));
  if (left.length === 0) return null;
  const forget = (post: number): void => {
    setGone([...gone, post]);
    void ask('forget', { post }).then(() => toast(t('why.forgotten')));
  };
  return (
    <section className="why-causes">
      <h3 className="t-sub">{t('why.fromWatches')}</h3>
      <ul>
        {left.map(({ post, id, part }) => {
          const card = heldCard(id);
          return (
            <li key={post}>
              <div className="why-cause">
                {card && <img src={card.poster.url} alt="" loading="lazy" />}
                <span className="why-points num" dir="ltr">
                  +{fullNumber(part)}
                </span>
                <button type="button" className="why-forget" aria-label={t('why.forget')} onClick={() => forget(post)}>
                  <X size={16} aria-hidden="true" />
                </button>
              </div>
              <p className="t-small why-cause-name" dir="auto">
                {card?.text ?? t('why.goneWatch')}
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
