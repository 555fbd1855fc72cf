/** Leaving: hidden at once, erased after 30 days, and until then one press brings everything back. */
import type { Me } from '@vitrine/schema';
import { CalendarX2 } from 'lucide-react';
import { useState } from 'react';
import { meChanged, refreshMe } from '../api/me.ts';
import { request, sentenceOf } from '../api/request.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Overlay.tsx';
import { toast } from '../ui/Toast.tsx';
import { dayOf } from '../words/figures.ts';
import { t } from '../words/words.ts';
import { tellRefusal, useStepUp } from './step-up.tsx';
import './settings.css';

const GRACE_DAYS = 30;

/** What a leaving account sees: until when it can come back, and the way to. */
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

/** The end of the account settings. */
export function LeaveSection({ me }: { me: Me }) {
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const { confirmed, question } = useStepUp();
  if (me.leavesAt !== null) return <LeavingCard leavesAt={me.leavesAt} />;
  const leave = async (): Promise<void> => {
    setIsBusy(true);
    await tellRefusal(async () => {
      await confirmed(() => request('/me', { method: 'DELETE' }));
      await refreshMe();
    }, toast);
    setIsBusy(false);
    setIsAsking(false);
  };
  return (
    <section className="page-section">
      <div>
        <h3 className="t-label">{t('settings.leave')}</h3>
        <p className="t-small ink2">{t('settings.leaveNote', { n: GRACE_DAYS })}</p>
      </div>
      <Button kind="danger" onClick={() => setIsAsking(true)}>
        {t('settings.leaveAct')}
      </Button>
      {isAsking && (
        <Dialog
          title={t('settings.leaveTitle', { handle: me.handle })}
          keep={t('settings.stay')}
          act={t('settings.leaveAct')}
          isDanger
          isBusy={isBusy}
          onClose={() => setIsAsking(false)}
          onAct={() => void leave()}
        >
          {t('settings.leaveText', { n: GRACE_DAYS })}
        </Dialog>
      )}
      {question}
    </section>
  );
}
