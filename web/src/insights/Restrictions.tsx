/** Every decision that ever held the post back, with its place in the ledger. */
import type { Insights } from '@vitrine/schema';
import { BadgeCheck, Gavel } from 'lucide-react';
import { Chip } from '../ui/Choice.tsx';
import { LedgerLink } from '../ui/LedgerLink.tsx';
import { dayOf } from '../words/figures.ts';
import { groundWords } from '../words/ground-words.ts';
import { t } from '../words/words.ts';

/** The list, or that there is none. */
export function Restrictions({ restrictions }: { restrictions: Insights['restrictions'] }) {
  return (
    <section className="insight-restrictions card">
      <h2 className="t-sub">{t('insights.restrictions')}</h2>
      {restrictions.length === 0 && (
        <p className="t-small ink2 insight-none">
          <BadgeCheck size={18} aria-hidden="true" />
          {t('insights.noRestriction')}
        </p>
      )}
      <ul>
        {restrictions.map((one) => (
          <li key={one.ledgerIndex}>
            <Gavel size={20} strokeWidth={1.75} aria-hidden="true" />
            <div>
              <p className="t-label">
                {t(one.isOfAccount ? 'standing.account' : 'standing.post')}{' '}
                <Chip isSmall tone={one.liftedAt === null ? 'bad' : 'ok'}>
                  {t(one.liftedAt === null ? 'standing.inForce' : 'standing.lifted')}
                </Chip>
              </p>
              <p className="t-small ink2">
                {groundWords(one.ground)} · {dayOf(one.at)}
                {one.liftedAt !== null && ` – ${dayOf(one.liftedAt)}`}
              </p>
              <LedgerLink index={one.ledgerIndex} />
              {one.liftedLedgerIndex !== null && <LedgerLink index={one.liftedLedgerIndex} />}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
