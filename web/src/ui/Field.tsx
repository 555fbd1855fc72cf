/** Text fields: a label above, the reason below when something is missing. */
import { CircleAlert } from 'lucide-react';
import { useId, type InputHTMLAttributes, type ReactNode, type Ref, type TextareaHTMLAttributes } from 'react';
import './field.css';

interface Around {
  label: string;
  /** Hides the label from sight, not from screen readers. */
  isLabelHidden?: boolean;
  /** What is wrong and how much is missing. */
  error?: string | undefined;
  note?: ReactNode;
  /** Stands inside, before the text (an @, an icon). */
  lead?: ReactNode;
  /** Stands inside, after the text. */
  tail?: ReactNode;
  isTall?: boolean;
}
type FieldProps = Around & { ref?: Ref<HTMLInputElement> } & InputHTMLAttributes<HTMLInputElement>;
type TextAreaProps = Around & { ref?: Ref<HTMLTextAreaElement> } & TextareaHTMLAttributes<HTMLTextAreaElement>;

/** One line of text. */
export function Field({
  label,
  isLabelHidden = false,
  error,
  note,
  lead,
  tail,
  isTall = false,
  ref,
  ...input
}: FieldProps) {
  const id = useId();
  return (
    <div className={`field ${error === undefined ? '' : 'field-bad'} ${isTall ? 'field-tall' : ''}`}>
      <label className={isLabelHidden ? 'visually-hidden' : 'field-label'} htmlFor={id}>
        {label}
      </label>
      <div className="field-box">
        {lead}
        <input
          id={id}
          ref={ref}
          {...input}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={`${id}-note`}
        />
        {error === undefined ? tail : <CircleAlert size={20} className="field-alert" aria-hidden="true" />}
      </div>
      <FieldNote id={`${id}-note`} error={error} note={note} />
    </div>
  );
}

/** Several lines of text; grows with them where the browser can. */
export function TextArea({
  label,
  isLabelHidden = false,
  error,
  note,
  tail,
  lead,
  isTall: _,
  ref,
  ...input
}: TextAreaProps) {
  const id = useId();
  return (
    <div className={`field ${error === undefined ? '' : 'field-bad'}`}>
      <label className={isLabelHidden ? 'visually-hidden' : 'field-label'} htmlFor={id}>
        {label}
      </label>
      <div className="field-box field-area">
        {lead}
        <textarea
          id={id}
          ref={ref}
          rows={3}
          {...input}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={`${id}-note`}
        />
        {tail}
      </div>
      <FieldNote id={`${id}-note`} error={error} note={note} />
    </div>
  );
}

function FieldNote({ id, error, note }: { id: string; error?: string | undefined; note?: ReactNode }) {
  return (
    <div
      id={id}
      className={`field-note t-small ${error === undefined ? 'ink3' : 'field-error'}`}
      role={error === undefined ? undefined : 'alert'}
    >
      {error ?? note}
    </div>
  );
}
