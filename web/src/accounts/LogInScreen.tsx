/** Logging in: by passkey, by password, or by one of the recovery codes. */
import type { SignedIn } from '@vitrine/schema';
import { FingerprintPattern } from 'lucide-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useRegion } from '../api/me.ts';
import { request } from '../api/request.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { toast } from '../ui/Toast.tsx';
import { t } from '../words/words.ts';
import { pathAfter } from './after.ts';
import { Entrance } from './Entrance.tsx';
import { FormError } from './FormError.tsx';
import { foldTyped } from './handle-form.ts';
import { HandleField } from './HandleField.tsx';
import { passkeysWork, signInByPasskey } from './passkey.ts';
import { PasskeysElsewhere } from './PasskeysElsewhere.tsx';
import { PasswordField } from './PasswordField.tsx';
import { useEntering, type Entering } from './use-entering.ts';

/** Back to where one came from; a leaving account to the page where it can stay. */
function useGoOn(): (answer: SignedIn | undefined) => void {
  const [, navigate] = useLocation();
  return (answer) => {
    if (answer === undefined) return;
    navigate(answer.account.leavesAt === null ? pathAfter(location.search) : '/settings/account', { replace: true });
  };
}

function SignUpInstead() {
  return (
    <>
      {t('account.noAccount')}{' '}
      <Link href={`/signup${location.search}`} className="page-link">
        {t('app.signUp')}
      </Link>
    </>
  );
}

function ByPasskey({ entering }: { entering: Entering }) {
  const goOn = useGoOn();
  return (
    <>
      <Button
        kind="main"
        size="tall"
        isWide
        icon={<FingerprintPattern size={24} />}
        isBusy={entering.busy === 'passkey'}
        onClick={() => void entering.run('passkey', signInByPasskey).then(goOn)}
      >
        {t('account.logInPasskey')}
      </Button>
      <p className="entrance-or t-small ink3">{t('account.or')}</p>
    </>
  );
}

function CodeField({ value, onChange }: { value: string; onChange: (code: string) => void }) {
  return (
    <Field
      label={t('account.recoveryCode')}
      isTall
      dir="ltr"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={64}
      autoFocus
      value={value}
      note={t('account.recoveryCodeNote')}
      onInput={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function Form({ entering, isMain }: { entering: Entering; isMain: boolean }) {
  const goOn = useGoOn();
  const [typed, setTyped] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [usesCode, setUsesCode] = useState(false);
  const handle = foldTyped(typed);
  const secret = usesCode ? code.trim() : password;
  const missingSecret = secret === '' ? t(usesCode ? 'account.codeFirst' : 'account.passwordAsk') : undefined;
  const missing = handle === '' ? t('account.handleAsk') : missingSecret;
  const submit = async (): Promise<void> => {
    if (missing !== undefined || entering.busy !== undefined) return;
    const body = { handle, ...(usesCode ? { recoveryCode: secret } : { password: secret }) };
    const answer = await entering.run('form', () => request<SignedIn>('/sessions', { method: 'POST', body }));
    if (usesCode && answer !== undefined) toast(t('account.codesLeft', { n: answer.account.recoveryCodesLeft }));
    goOn(answer);
  };
  return (
    <form
      className="entrance-fields"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <HandleField value={typed} onChange={setTyped} autoFocus={isMain} />
      {usesCode ? (
        <CodeField value={code} onChange={setCode} />
      ) : (
        <PasswordField value={password} onChange={setPassword} />
      )}
      <FormError error={entering.error} />
      <Button
        kind={isMain ? 'main' : 'second'}
        size="tall"
        isWide
        type="submit"
        isBusy={entering.busy === 'form'}
        disabledReason={missing}
      >
        {t('app.logIn')}
      </Button>
      <Button kind="plain" isWide onClick={() => setUsesCode(!usesCode)}>
        {t(usesCode ? 'account.usePasswordAgain' : 'account.useCode')}
      </Button>
    </form>
  );
}

/** The page. */
export default function LogInScreen() {
  const region = useRegion();
  const entering = useEntering();
  const passkeys = passkeysWork(region);
  return (
    <Entrance title={t('account.logInTitle')} foot={region?.registration === 'closed' ? undefined : <SignUpInstead />}>
      {passkeys === 'here' && <ByPasskey entering={entering} />}
      <Form entering={entering} isMain={passkeys !== 'here'} />
      {passkeys === 'elsewhere' && region && <PasskeysElsewhere url={region.passkeyUrl} page="/login" />}
    </Entrance>
  );
}
