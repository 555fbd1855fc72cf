/** The ways into the account: password, passkeys, recovery codes, and the sessions that are open. */
import { useState } from 'react';
import { refreshMe, useMe } from '../api/me.ts';
import { request } from '../api/request.ts';
import { PASSWORD_MIN_CHARS, PasswordField } from '../accounts/PasswordField.tsx';
import { RecoveryCodes } from '../accounts/RecoveryCodes.tsx';
import { Button } from '../ui/Button.tsx';
import { Sheet } from '../ui/Overlay.tsx';
import { toast } from '../ui/Toast.tsx';
import { t } from '../words/words.ts';
import { Passkeys } from './Passkeys.tsx';
import { Sessions } from './Sessions.tsx';
import { tellRefusal, useStepUp } from './step-up.tsx';

type Confirmed = ReturnType<typeof useStepUp>['confirmed'];

function PasswordSection({ hasPassword, confirmed }: { hasPassword: boolean; confirmed: Confirmed }) {
  const [isOpen, setIsOpen] = useState(false);
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string | undefined>(undefined);
  const [isBusy, setIsBusy] = useState(false);
  const save = async (): Promise<void> => {
    setIsBusy(true);
    setError(undefined);
    await tellRefusal(async () => {
      await confirmed(() => request('/me/password', { method: 'PUT', body: { password } }));
      setIsOpen(false);
      setPassword('');
      toast(t('settings.passwordSaved'));
      await refreshMe();
    }, setError);
    setIsBusy(false);
  };
  return (
    <section className="page-section">
      <div className="page-row">
        <div className="page-row-words">
          <h2 className="t-label">{t('account.password')}</h2>
          <p className="t-small ink2">{t(hasPassword ? 'settings.hasPassword' : 'settings.hasNoPassword')}</p>
        </div>
        <Button size="small" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {t(hasPassword ? 'settings.change' : 'settings.add')}
        </Button>
      </div>
      {isOpen && (
        <form
          className="settings-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (password.length >= PASSWORD_MIN_CHARS) void save();
          }}
        >
          <PasswordField
            label={t('settings.newPassword')}
            isNew
            value={password}
            onChange={setPassword}
            error={error}
            autoFocus
          />
          <Button
            kind="main"
            isWide
            type="submit"
            isBusy={isBusy}
            disabledReason={password.length < PASSWORD_MIN_CHARS ? t('account.passwordFirst') : undefined}
          >
            {t('settings.savePassword')}
          </Button>
        </form>
      )}
    </section>
  );
}

function CodesSection({ left, handle, confirmed }: { left: number; handle: string; confirmed: Confirmed }) {
  const [codes, setCodes] = useState<readonly string[] | undefined>(undefined);
  const renew = (): Promise<void> =>
    tellRefusal(async () => {
      const made = await confirmed(() =>
        request<{ recoveryCodes: string[] }>('/me/recovery-codes', { method: 'POST' }),
      );
      setCodes(made.recoveryCodes);
      await refreshMe();
    }, toast);
  return (
    <section className="page-section">
      <div className="page-row">
        <div className="page-row-words">
          <h2 className="t-label">{t('account.codes')}</h2>
          <p className="t-small ink2">{t('account.codesLeft', { n: left })}</p>
        </div>
        <Button size="small" onClick={() => void renew()}>
          {t('settings.newCodes')}
        </Button>
      </div>
      {codes !== undefined && (
        <Sheet title={t('account.codes')} onClose={() => setCodes(undefined)}>
          <div className="settings-form">
            <p className="t-body ink2">{t('settings.newCodesText')}</p>
            <RecoveryCodes handle={handle} codes={codes} />
          </div>
        </Sheet>
      )}
    </section>
  );
}

/** The part. */
export default function SigningInPart() {
  const me = useMe();
  const { confirmed, question } = useStepUp();
  if (!me) return null;
  return (
    <>
      <Passkeys confirmed={confirmed} />
      <PasswordSection hasPassword={me.hasPassword} confirmed={confirmed} />
      <CodesSection left={me.recoveryCodesLeft} handle={me.handle} confirmed={confirmed} />
      <Sessions />
      {question}
    </>
  );
}
