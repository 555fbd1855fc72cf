/** Round buttons: one lamp button a screen, everything else second, outline or danger. */
import { LoaderCircle } from 'lucide-react';
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { Link } from 'wouter';
import './button.css';

/** main: the one lit act. danger: destructive, on a soft ground. fill: destructive, in the dialog that confirms. */
type ButtonKind = 'main' | 'second' | 'outline' | 'danger' | 'fill' | 'plain';
/** 44, 52 (main act of a phone page) or 34 px high. */
type ButtonSize = 'normal' | 'tall' | 'small';

interface Shape {
  kind?: ButtonKind;
  size?: ButtonSize;
  icon?: ReactNode;
  isWide?: boolean;
}
type ButtonProps = Shape & {
  children: ReactNode;
  /** Shows a spinner at the same width and takes no second press. */
  isBusy?: boolean;
  /** Why it cannot be pressed now; the button stays focusable and says so. */
  disabledReason?: string | undefined;
  ref?: Ref<HTMLButtonElement>;
} & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'>;

function shapeClass({ kind = 'second', size = 'normal', isWide = false }: Shape): string {
  return `btn btn-${kind} btn-${size}${isWide ? ' btn-wide' : ''}`;
}

/** A button with words. Use `disabledReason`, never `disabled`: people may ask why. */
export function Button({
  kind,
  size,
  icon,
  isWide,
  children,
  isBusy = false,
  disabledReason,
  onClick,
  className,
  ...rest
}: ButtonProps) {
  const isOff = disabledReason !== undefined;
  const shape = shapeClass({ ...(kind && { kind }), ...(size && { size }), ...(isWide !== undefined && { isWide }) });
  return (
    <button
      type="button"
      {...rest}
      className={`${shape} ${className ?? ''}`}
      aria-disabled={isOff || undefined}
      aria-busy={isBusy || undefined}
      title={disabledReason ?? rest.title}
      onClick={(event) => {
        if (isOff || isBusy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      <span className="btn-face">
        {icon}
        {children}
      </span>
      {isBusy && <LoaderCircle className="btn-spinner" size={20} aria-hidden="true" />}
    </button>
  );
}

/** A link that looks like a button. */
export function ButtonLink({ href, children, icon, ...shape }: Shape & { href: string; children: ReactNode }) {
  return (
    <Link href={href} className={shapeClass(shape)}>
      <span className="btn-face">
        {icon}
        {children}
      </span>
    </Link>
  );
}

type IconButtonProps = {
  /** What it does, in words, for screen readers and the tooltip. */
  label: string;
  children: ReactNode;
  kind?: 'plain' | 'glass' | 'second';
  /** 36, 44 or 52 px. */
  sizePx?: 36 | 44 | 52;
  ref?: Ref<HTMLButtonElement>;
} & ButtonHTMLAttributes<HTMLButtonElement>;

/** A round button with an icon only. */
export function IconButton({ label, children, kind = 'plain', sizePx = 44, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      aria-label={label}
      className={`icon-btn icon-btn-${kind} icon-btn-${sizePx} ${kind === 'glass' ? 'glass' : ''} ${className ?? ''}`}
    >
      {children}
    </button>
  );
}
