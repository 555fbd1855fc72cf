/** Acts that need the person to confirm who they are: the act is tried, confirmed where asked, and tried again. */
import { FingerprintPattern } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { useMe } from '../api/me.ts';
import { ApiProblem, request, sentenceOf } from '../api/request.ts';
import { isCalledOff, stepUpByPasskey } from '../accounts/passkey.ts';
import { FormError } from '../accounts/FormError.tsx';
import { PasswordField } from '../accounts/PasswordField.tsx';
import { Button } from '../ui/Button.tsx';
import { Sheet } from '../ui/Overlay.tsx';
import { t } from '../words/words.ts';

/** Thrown by `confirmed` when the person closes the question: nothing was done. */
class NotConfirmed extends Error {}

interface Waiting {
  resolve: () => void;
  reject: (reason: NotConfirmed) => void;
}

/** `confirmed(act)` runs an act of the API; `question` must be rendered somewhere. */
export function useStepUp(): {
  confirmed: <Answer>(act: () => Promise<Answer>) => Promise<Answer>;
  question: ReactNode;
} {
  const [isAsking, setIsAsking] = useState(false);
  const waiting = useRef<Waiting | undefined>(undefined);
  const confirmed = async <Answer,>(act: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'step_up_needed') throw error;
    }
    await new Promise<void>((resolve, reject) => {
      waiting.current = { resolve, reject };
      setIsAsking(true);
    });
    return act();
  };
  const end = (isConfirmed: boolean): void => {
    setIsAsking(false);
    if (isConfirmed) waiting.current?.resolve();
    else waiting.current?.reject(new NotConfirmed());
    waiting.current = undefined;
  };
  return { confirmed, question: isAsking ? <StepUpSheet onEnd={end} /> : null };
}

function StepUpSheet({ onEnd }: { onEnd: (isConfirmed: boolean) => void }) {
  const me = useMe();
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState<'password' | 'passkey' | undefined>(undefined);
  const [error, setError] = useState<string | undefined>(undefined);
  const confirm = async (way: 'password' | 'passkey'): Promise<void> => {
    setBusy(way);
    setError(undefined);
    try {
      if (way === 'passkey') await stepUpByPasskey();
      else await request('/me/step-up', { method: 'POST', body: { password } });
      onEnd(true);
    } catch (problem) {
      setError(isCalledOff(problem) ? t('account.calledOff') : sentenceOf(problem));
      setBusy(undefined);
    }
  };
  return (
    <Sheet title={t('settings.confirmTitle')} onClose={() => onEnd(false)}>
      <form
        className="settings-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (password !== '') void confirm('password');
        }}
      >
        <p className="t-body ink2">{t('settings.confirmText')}</p>
        {(me?.passkeys ?? 0) > 0 && (
          <Button
            kind="main"
            isWide
            icon={<FingerprintPattern size={22} />}
            isBusy={busy === 'passkey'}
            onClick={() => void confirm('passkey')}
          >
            {t('settings.confirmPasskey')}
          </Button>
        )}
        {me?.hasPassword === true && (
          <>
            <PasswordField value={password} onChange={setPassword} autoFocus={me.passkeys === 0} />
            <Button
              kind={me.passkeys > 0 ? 'second' : 'main'}
              isWide
              type="submit"
              isBusy={busy === 'password'}
              disabledReason={password === '' ? t('account.passwordAsk') : undefined}
            >
              {t('settings.confirm')}
            </Button>
          </>
        )}
        <FormError error={error} />
      </form>
    </Sheet>
  );
}

/** Runs an act and tells what was refused; a question that was closed is no refusal. */
export async function tellRefusal(act: () => Promise<void>, tell: (sentence: string) => void): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (error instanceof NotConfirmed || isCalledOff(error)) return;
    tell(sentenceOf(error));
  }
}
