/** The age bands: no birth date is asked for. */
import type { AgeBand } from '@vitrine/schema';
import { Segments } from '../ui/Choice.tsx';
import { t } from '../words/words.ts';
import './accounts.css';

/** Three choices in one bar, under their heading. */
export function AgeChoice({ value, onChange }: { value: AgeBand; onChange: (ageBand: AgeBand) => void }) {
  const options: { value: AgeBand; label: string }[] = [
    { value: '13to15', label: t('account.age13') },
    { value: '16to17', label: t('account.age16') },
    { value: '18over', label: t('account.age18') },
  ];
  return (
    <div className="age-choice">
      <h2 className="t-sub" aria-hidden="true">
        {t('account.age')}
      </h2>
      <Segments label={t('account.age')} options={options} value={value} onChange={onChange} />
    </div>
  );
}
