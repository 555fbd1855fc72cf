/** Signing up: a handle, an age band, and a passkey or a password. Nothing else is asked for. */
import type { AgeBand, Region, SignedUp } from '@vitrine/schema';
import { FingerprintPattern, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useRegion } from '../api/me.ts';
import { request } from '../api/request.ts';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { t } from '../words/words.ts';
import { pathAfter } from './after.ts';
import { AgeChoice } from './AgeChoice.tsx';
import { Entrance } from './Entrance.tsx';
import { FormError } from './FormError.tsx';
import { useHandleVerdict } from './handle-check.ts';
import { foldTyped, mayBeFree, type HandleVerdict } from './handle-form.ts';
import { HandleField } from './HandleField.tsx';
import { passkeysWork, signUpByPasskey } from './passkey.ts';
import { PasskeysElsewhere } from './PasskeysElsewhere.tsx';
import { PASSWORD_MIN_CHARS, PasswordField } from './PasswordField.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';
import { useEntering } from './use-entering.ts';

function NotAskedFor() {
  const words = ['eMail', 'phone', 'birthDate', 'contacts', 'location'] as const;
  return (
    <section className="not-asked">
      <h2 className="t-small ink2">{t('account.notAskedFor')}</h2>
      <ul>
        {words.map((word) => (
          <li key={word} className="ink2">
            <X size={16} aria-hidden="true" />
            {t(`account.${word}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The codes right after signing up. */
function Welcome({ made, otherwise }: { made: SignedUp; otherwise: string }) {
  const [, navigate] = useLocation();
  const { handle } = made.account;
  return (
    <Entrance title={t('account.welcome', { handle })}>
      <p className="t-long ink2">{t('account.codesText')}</p>
      <RecoveryCodes handle={handle} codes={made.recoveryCodes} />
      <Button kind="main" size="tall" isWide onClick={() => navigate(pathAfter(location.search, otherwise))}>
        {t('account.goOn')}
      </Button>
    </Entrance>
  );
}

function LogInInstead() {
  return (
    <>
      {t('account.haveAccount')}{' '}
      <Link href={`/login${location.search}`} className="page-link">
        {t('app.logIn')}
      </Link>
    </>
  );
}

function Closed() {
  return (
    <Entrance title={t('account.closed')} foot={<LogInInstead />}>
      <p className="t-long ink2">{t('account.closedText')}</p>
      <ButtonLink href="/" kind="main" size="tall" isWide>
        {t('app.toFeed')}
      </ButtonLink>
    </Entrance>
  );
}

function InviteField({ value, onChange }: { value: string; onChange: (code: string) => void }) {
  return (
    <Field
      label={t('account.invite')}
      isTall
      dir="ltr"
      autoComplete="off"
      value={value}
      note={t('account.inviteNote')}
      onInput={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** What still keeps the button from being pressed, in words. */
function missingOf(verdict: HandleVerdict, password: string | undefined): string | undefined {
  if (!mayBeFree(verdict)) return t('account.handleFirst');
  return password !== undefined && password.length < PASSWORD_MIN_CHARS ? t('account.passwordFirst') : undefined;
}

/** The button that makes the account, and the way to the other kind of key. */
function Ways({
  isByPassword,
  onOther,
  region,
  isBusy,
  missing,
}: {
  isByPassword: boolean;
  onOther: () => void;
  region: Region | undefined;
  isBusy: boolean;
  missing: string | undefined;
}) {
  const passkeys = passkeysWork(region);
  return (
    <>
      <Button
        kind="main"
        size="tall"
        isWide
        type="submit"
        className="entrance-main"
        isBusy={isBusy}
        disabledReason={missing}
        icon={isByPassword ? undefined : <FingerprintPattern size={24} />}
      >
        {t(isByPassword ? 'account.createAccount' : 'account.createPasskey')}
      </Button>
      {passkeys === 'here' && (
        <Button kind="plain" isWide onClick={onOther}>
          {t(isByPassword ? 'account.usePasskey' : 'account.usePassword')}
        </Button>
      )}
      {passkeys === 'elsewhere' && region && <PasskeysElsewhere url={region.passkeyUrl} page="/signup" />}
    </>
  );
}

function Form({ region, onMade }: { region: Region | undefined; onMade: (made: SignedUp) => void }) {
  const [typed, setTyped] = useState('');
  const [ageBand, setAgeBand] = useState<AgeBand>('18over');
  const [password, setPassword] = useState('');
  const [invite, setInvite] = useState(() => new URLSearchParams(location.search).get('invite') ?? '');
  const [wantsPassword, setWantsPassword] = useState(false);
  const { busy, error, run } = useEntering();
  const handle = foldTyped(typed);
  const verdict = useHandleVerdict(handle);
  const isByPassword = wantsPassword || passkeysWork(region) !== 'here';
  const missing = missingOf(verdict, isByPassword ? password : undefined);
  const submit = async (): Promise<void> => {
    if (missing !== undefined || busy !== undefined) return;
    const wish = { handle, ageBand, ...(invite.trim() !== '' && { inviteCode: invite.trim() }) };
    const made = isByPassword
      ? await run('form', () => request<SignedUp>('/accounts', { method: 'POST', body: { ...wish, password } }))
      : await run('passkey', () => signUpByPasskey(wish));
    if (made !== undefined) onMade(made);
  };
  const passwordField: ReactNode = isByPassword && (
    <PasswordField value={password} onChange={setPassword} isNew autoFocus={wantsPassword} />
  );
  return (
    <form
      className="entrance-fields"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <HandleField value={typed} onChange={setTyped} verdict={verdict} isLabelHidden autoFocus />
      <AgeChoice value={ageBand} onChange={setAgeBand} />
      {region?.registration === 'invite' && <InviteField value={invite} onChange={setInvite} />}
      {passwordField}
      <FormError error={error} />
      <Ways
        isByPassword={isByPassword}
        onOther={() => setWantsPassword(!wantsPassword)}
        region={region}
        isBusy={busy !== undefined}
        missing={missing}
      />
    </form>
  );
}

/** Whoever signs up on the machine itself before there is an operator is most likely its owner. */
function mayBeOwner(region: Region | undefined): boolean {
  return region?.needsOperator === true && /^(localhost|127\..*|\[::1\])$/.test(location.hostname);
}

/** The page. */
export default function SignUpScreen() {
  const region = useRegion();
  const [made, setMade] = useState<SignedUp | undefined>(undefined);
  if (made !== undefined) return <Welcome made={made} otherwise={mayBeOwner(region) ? '/setup' : '/'} />;
  if (region?.registration === 'closed') return <Closed />;
  return (
    <Entrance title={t('account.pickHandle')} foot={<LogInInstead />}>
      <Form region={region} onMade={setMade} />
      <NotAskedFor />
    </Entrance>
  );
}
