/** What would have changed the place: computed here by ranking again with something left out. */
import { useEffect, useState } from 'react';
import type { Change, Why } from '../rank/calls.ts';
import { ask } from '../rank/for-you.ts';
import { fullNumber, t } from '../words/words.ts';

/** Rows of a change and the place after it. */
export function Changes({ why, post }: { why: Why; post: number }) {
  const [changes, setChanges] = useState<Change[]>([]);
  useEffect(() => {
    ask('changes', post).then(setChanges, () => setChanges([]));
  }, [why]);
  if (changes.length === 0) return null;
  return (
    <section className="why-changes">
      <h3 className="t-sub">{t('why.changes')}</h3>
      <dl className="num">
        {changes.map((change) => (
          <div key={change.kind}>
            <dt>{t(`why.change_${change.kind}`, { n: fullNumber(change.points) })}</dt>
            <dd>{change.place === 0 ? t('why.notShown') : t('why.place', { place: fullNumber(change.place) })}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
