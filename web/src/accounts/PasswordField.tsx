/** The field for a password, which can be shown while it is typed. */
import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { t } from '../words/words.ts';

/** Least length of a new password. */
export const PASSWORD_MIN_CHARS = 8;
const PASSWORD_MAX_CHARS = 256;

/** `isNew`: says how much is missing, and lets password managers make one. */
export function PasswordField({
  value,
  onChange,
  isNew = false,
  label,
  autoFocus = false,
  error,
}: {
  value: string;
  onChange: (typed: string) => void;
  isNew?: boolean;
  label?: string;
  autoFocus?: boolean;
  error?: string | undefined;
}) {
  const [isShown, setIsShown] = useState(false);
  const missing = PASSWORD_MIN_CHARS - value.length;
  const note = isNew && value !== '' && missing > 0 ? t('account.passwordMissing', { n: missing }) : undefined;
  return (
    <Field
      label={label ?? t('account.password')}
      isTall
      name="password"
      type={isShown ? 'text' : 'password'}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      minLength={isNew ? PASSWORD_MIN_CHARS : undefined}
      maxLength={PASSWORD_MAX_CHARS}
      autoFocus={autoFocus}
      dir="ltr"
      value={value}
      error={error}
      note={note ?? (isNew ? t('account.passwordNote', { n: PASSWORD_MIN_CHARS }) : undefined)}
      tail={
        <IconButton
          label={isShown ? t('account.hidePassword') : t('account.showPassword')}
          aria-pressed={isShown}
          sizePx={36}
          onClick={() => setIsShown(!isShown)}
        >
          {isShown ? <EyeOff size={20} /> : <Eye size={20} />}
        </IconButton>
      }
      onInput={(event) => onChange(event.currentTarget.value)}
    />
  );
}
