/** Leaving: hidden at once, erased after 30 days, and until then one press brings everything back. */
import type { Me } from '@vitrine/schema';
import { useState } from 'react';
import { refreshMe } from '../api/me.ts';
import { request } from '../api/request.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Overlay.tsx';
import { toast } from '../ui/Toast.tsx';
import { t } from '../words/words.ts';
import { LeavingCard } from './LeavingCard.tsx';
import { tellRefusal, useStepUp } from './step-up.tsx';

const GRACE_DAYS = 30;

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
        <h2 className="t-label">{t('settings.leave')}</h2>
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
