/** The card that stands where a removed or withheld post was: by whom, on which ground, since when. */
import { Gavel, VideoOff } from 'lucide-react';
import type { Problem } from '@vitrine/schema';
import { ApiProblem, sentenceOf } from '../api/request.ts';
import { groundWords } from '../words/ground-words.ts';
import { fullNumber, t } from '../words/words.ts';
import { dayOf } from '../words/figures.ts';

/** The restriction in a refusal; `null` when the post is gone without one; undefined when it is not gone. */
export function restrictionOf(error: unknown): Problem['restriction'] | null {
  if (!(error instanceof ApiProblem) || ![404, 410, 451].includes(error.status)) return undefined;
  return error.problem?.restriction ?? null;
}

/** Glass over nothing: the post itself is not shown in any form. */
export function RemovedCard({ error }: { error: unknown }) {
  const restriction = restrictionOf(error);
  return (
    <div className="gate gate-removed glass">
      <span className={restriction ? 'gate-sign' : 'gate-sign gate-sign-quiet'}>
        {restriction ? <Gavel size={22} aria-hidden="true" /> : <VideoOff size={22} aria-hidden="true" />}
      </span>
      <h1 className="t-title">{restriction ? t('watch.removed') : t('watch.gone')}</h1>
      <p className="t-long">
        {restriction
          ? t('watch.removedText', { day: dayOf(restriction.at), ground: groundWords(restriction.ground) })
          : sentenceOf(error)}
      </p>
      {restriction && (
        <dl className="gate-facts">
          <div>
            <dt>{t('watch.ground')}</dt>
            <dd>{groundWords(restriction.ground)}</dd>
          </div>
          <div>
            <dt>{t('watch.since')}</dt>
            <dd>{dayOf(restriction.at)}</dd>
          </div>
          <div>
            <dt>{t('watch.ledgerEntry')}</dt>
            <dd className="num">{fullNumber(restriction.ledgerIndex)}</dd>
          </div>
        </dl>
      )}
    </div>
  );
}
