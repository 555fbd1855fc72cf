/** Chips, segments, tabs, switches and sliders: ways to choose. */
import type { ReactNode } from 'react';
import './choice.css';

/** A round chip. `isOn` makes it solid; `isLit` marks it as yours (lamp). */
export function Chip({
  children,
  isOn = false,
  isLit = false,
  isSmall = false,
  icon,
  onPress,
  tone,
}: {
  children: ReactNode;
  isOn?: boolean;
  isLit?: boolean;
  isSmall?: boolean;
  icon?: ReactNode;
  /** Without it the chip is plain text. */
  onPress?: (() => void) | undefined;
  tone?: 'ok' | 'bad' | 'outline';
}) {
  const name = `chip ${isOn ? 'chip-on' : ''} ${isLit ? 'chip-lit' : ''} ${isSmall ? 'chip-small' : ''} ${tone === undefined ? '' : `chip-${tone}`}`;
  const face = (
    <>
      {icon}
      {children}
    </>
  );
  if (onPress === undefined) return <span className={name}>{face}</span>;
  return (
    <button type="button" className={name} aria-pressed={isOn || isLit} onClick={onPress}>
      {face}
    </button>
  );
}

/** One of a few choices. */
interface Option<Value extends string> {
  value: Value;
  label: string;
}
interface ChoiceProps<Value extends string> {
  label: string;
  options: readonly Option<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}

/** Two to four equal choices in one bar. */
export function Segments<Value extends string>({ label, options, value, onChange }: ChoiceProps<Value>) {
  return (
    <div className="segments" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          className="segment"
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}

/** Underlined tabs over a page's lists. */
export function Tabs<Value extends string>({ label, options, value, onChange }: ChoiceProps<Value>) {
  return (
    <div className="tabs" role="tablist" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          role="tab"
          aria-selected={option.value === value}
          className="tab"
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}

/** A switch; the label may be shown beside it by the caller (`aria-labelledby`) or named here. */
function Switch({
  label,
  isOn,
  onChange,
  disabledReason,
}: {
  label: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  disabledReason?: string | undefined;
}) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      aria-label={label}
      aria-disabled={disabledReason !== undefined || undefined}
      title={disabledReason}
      className="switch"
      onClick={() => disabledReason === undefined && onChange(!isOn)}
    >
      <span className="switch-thumb" />
    </button>
  );
}

/** A row with a label, an explaining line and a switch at its end. */
export function SwitchRow({
  label,
  note,
  icon,
  ...rest
}: {
  label: string;
  note?: string | undefined;
  icon?: ReactNode;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  disabledReason?: string | undefined;
}) {
  return (
    <div className="switch-row">
      {icon}
      <div className="switch-words">
        <div className="t-label">{label}</div>
        {note !== undefined && <div className="t-small ink2">{note}</div>}
      </div>
      <Switch label={label} {...rest} />
    </div>
  );
}

/** A slider from `min` to `max`. */
export function Slider({
  label,
  value,
  onChange,
  min = 0,
  max = 1,
  step = 0.01,
  words,
}: {
  label: string;
  value: number;
  onChange: (value: number) => void;
  min?: number;
  max?: number;
  step?: number;
  /** The value in words for screen readers. */
  words?: string;
}) {
  const share = `${((value - min) / (max - min)) * 100}%`;
  return (
    <input
      type="range"
      className="slider"
      aria-label={label}
      aria-valuetext={words}
      min={min}
      max={max}
      step={step}
      value={value}
      style={{ '--share': share } as Record<string, string>}
      onInput={(event) => onChange(Number(event.currentTarget.value))}
    />
  );
}
