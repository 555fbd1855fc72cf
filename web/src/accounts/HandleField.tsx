/** The field for a handle: says while one types whether it can be had. */
import { Check, LoaderCircle } from 'lucide-react';
import { Field } from '../ui/Field.tsx';
import { t, type Word } from '../words/words.ts';
import type { HandleVerdict } from './handle-form.ts';
import './accounts.css';

const ERRORS: Partial<Record<HandleVerdict, Word>> = {
  long: 'account.handleLong',
  malformed: 'account.handleMalformed',
  taken: 'account.handleTaken',
  reserved: 'account.handleReserved',
};

/** What is wrong with the handle, in words; undefined while nothing is. */
function handleError(verdict: HandleVerdict): string | undefined {
  const word = ERRORS[verdict];
  return word === undefined ? undefined : t(word);
}

function Verdict({ verdict }: { verdict: HandleVerdict }) {
  if (verdict === 'checking') return <LoaderCircle size={18} className="turning ink3" aria-hidden="true" />;
  if (verdict !== 'free') return null;
  return (
    <span className="handle-free" role="status">
      <Check size={18} aria-hidden="true" />
      {t('account.handleFree')}
    </span>
  );
}

/** `verdict` comes from `useHandleVerdict`; leave it out where a handle is only asked for (logging in). */
export function HandleField({
  value,
  onChange,
  verdict,
  isLabelHidden = false,
  autoFocus = false,
  note,
}: {
  value: string;
  onChange: (typed: string) => void;
  verdict?: HandleVerdict;
  isLabelHidden?: boolean;
  autoFocus?: boolean;
  note?: string | undefined;
}) {
  return (
    <Field
      label={t('account.handle')}
      isLabelHidden={isLabelHidden}
      isTall
      name="username"
      autoComplete="username webauthn"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      dir="ltr"
      maxLength={32}
      autoFocus={autoFocus}
      placeholder={t('account.handleExample')}
      value={value}
      error={verdict === undefined ? undefined : handleError(verdict)}
      note={note}
      lead={
        <span className="handle-at" aria-hidden="true">
          @
        </span>
      }
      tail={verdict === undefined ? undefined : <Verdict verdict={verdict} />}
      onInput={(event) => onChange(event.currentTarget.value)}
    />
  );
}
