/** Another device saved a newer state over the one that this was made from: both stay, and one is gone on with. */
import { useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../ui/Button.tsx';
import { t } from '../words/words.ts';
import type { StudioDraft } from './draft.ts';
import { goOnAsCopy, openStudioDraft } from './drafts.ts';

/** The question. */
export function Overtaken({ draft }: { draft: StudioDraft }) {
  const [, go] = useLocation();
  const [isBusy, setIsBusy] = useState(false);
  const goOn = async (which: 'mine' | 'other'): Promise<void> => {
    setIsBusy(true);
    const copy = goOnAsCopy(draft.key);
    const other = await openStudioDraft(draft.key).catch(() => undefined);
    setIsBusy(false);
    const key = which === 'mine' ? copy?.key : other?.key;
    go(`/create/edit?draft=${key ?? draft.key}`, { replace: true });
  };
  return (
    <div className="error-state">
      <div className="card error-card" role="alertdialog" aria-label={t('edit.overtakenTitle')}>
        <h2 className="t-heading">{t('edit.overtakenTitle')}</h2>
        <p className="t-body ink2">{t('edit.overtakenText')}</p>
        <div className="overtaken-acts">
          <Button isBusy={isBusy} onClick={() => void goOn('mine')}>
            {t('edit.goOnMine')}
          </Button>
          <Button isBusy={isBusy} onClick={() => void goOn('other')}>
            {t('edit.goOnOther')}
          </Button>
        </div>
      </div>
    </div>
  );
}
