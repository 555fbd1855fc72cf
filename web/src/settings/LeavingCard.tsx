/** What a leaving account sees in place of its profile. */
import type { Me } from '@vitrine/schema';
import { CalendarX2 } from 'lucide-react';
import { useState } from 'react';
import { meChanged } from '../api/me.ts';
import { request, sentenceOf } from '../api/request.ts';
import { Button } from '../ui/Button.tsx';
import { toast } from '../ui/Toast.tsx';
import { dayOf } from '../words/figures.ts';
import { t } from '../words/words.ts';
import './settings.css';

/** Until when the account can come back, and the way to. */
export function LeavingCard({ leavesAt }: { leavesAt: string }) {
  const [isBusy, setIsBusy] = useState(false);
  const comeBack = (): void => {
    setIsBusy(true);
    request<Me>('/me/return', { method: 'POST' })
      .then(
        (me) => {
          meChanged(me);
          toast(t('settings.cameBack'));
        },
        (error: unknown) => toast(sentenceOf(error)),
      )
      .finally(() => setIsBusy(false));
  };
  return (
    <section className="card leaving">
      <span className="leaving-sign">
        <CalendarX2 size={22} aria-hidden="true" />
      </span>
      <h2 className="t-heading">{t('settings.leaves', { day: dayOf(leavesAt) })}</h2>
      <p className="t-body ink2">{t('settings.leavesText')}</p>
      <Button kind="main" isWide isBusy={isBusy} onClick={comeBack}>
        {t('settings.comeBack')}
      </Button>
    </section>
  );
}
