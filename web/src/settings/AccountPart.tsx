/** The account itself: handle, age band, space, and leaving. */
import type { AgeBand, Me } from '@vitrine/schema';
import { useState } from 'react';
import { meChanged, useMe } from '../api/me.ts';
import { request, sentenceOf } from '../api/request.ts';
import { useHandleVerdict } from '../accounts/handle-check.ts';
import { foldTyped } from '../accounts/handle-form.ts';
import { HandleField } from '../accounts/HandleField.tsx';
import { AgeChoice } from '../accounts/AgeChoice.tsx';
import { Progress } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { toast } from '../ui/Toast.tsx';
import { dayOf, sizeOf } from '../words/figures.ts';
import { t } from '../words/words.ts';
import { LeaveSection } from './LeaveSection.tsx';

function HandleSection({ me }: { me: Me }) {
  const [typed, setTyped] = useState(me.handle);
  const [isBusy, setIsBusy] = useState(false);
  const handle = foldTyped(typed);
  const verdict = useHandleVerdict(handle, me.handle);
  const isChanged = handle !== me.handle;
  const save = async (): Promise<void> => {
    setIsBusy(true);
    try {
      meChanged(await request<Me>('/me/handle', { method: 'PUT', body: { handle } }));
      toast(t('settings.handleSaved', { handle }));
    } catch (error) {
      toast(sentenceOf(error));
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <form
      className="page-section"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged && verdict === 'free') void save();
      }}
    >
      <HandleField
        value={typed}
        onChange={setTyped}
        verdict={isChanged ? verdict : 'empty'}
        note={t('settings.handleNote')}
      />
      {isChanged && (
        <Button
          kind="main"
          isWide
          type="submit"
          isBusy={isBusy}
          disabledReason={verdict === 'free' ? undefined : t('account.handleFirst')}
        >
          {t('settings.changeHandle')}
        </Button>
      )}
    </form>
  );
}

function AgeSection({ me }: { me: Me }) {
  const change = (ageBand: AgeBand): void => {
    meChanged({ ...me, ageBand });
    request<Me>('/me', { method: 'PATCH', body: { ageBand } }).then(meChanged, (error: unknown) => {
      meChanged(me);
      toast(sentenceOf(error));
    });
  };
  return (
    <section className="page-section">
      <AgeChoice value={me.ageBand} onChange={change} />
    </section>
  );
}

/** The part. */
export default function AccountPart() {
  const me = useMe();
  if (!me) return null;
  const { usedBytes, limitBytes } = me.quota;
  return (
    <>
      {me.leavesAt === null && (
        <>
          <HandleSection key={me.handle} me={me} />
          <AgeSection me={me} />
          <section className="page-section">
            <Progress
              label={t('settings.space')}
              words={t('settings.spaceOf', { used: sizeOf(usedBytes), all: sizeOf(limitBytes) })}
              share={limitBytes === 0 ? 0 : usedBytes / limitBytes}
            />
            <p className="t-small ink3">{t('settings.memberSince', { day: dayOf(me.createdAt) })}</p>
          </section>
        </>
      )}
      <LeaveSection me={me} />
    </>
  );
}
