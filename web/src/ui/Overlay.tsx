/** Sheets (phone: from below; wide: a dialog), dialogs and menus, on the browser's own modal dialog. */
import { Check, X } from 'lucide-react';
import {
  useEffect,
  useId,
  useRef,
  type MouseEvent,
  type ReactNode,
  type PointerEvent as ReactPointerEvent,
} from 'react';
import { t } from '../words/words.ts';
import { Button, IconButton } from './Button.tsx';
import { rehostToast } from './Toast.tsx';
import './overlay.css';

const DISMISS_PX = 90;
const DISMISS_PX_PER_MS = 0.5;

interface OverlayProps {
  /** Called when the person wants it gone: Esc, a press beside it, a swipe down, the cross. */
  onClose: () => void;
  children: ReactNode;
}

/** Opens the element as a modal dialog while mounted; the browser keeps focus inside and gives it back after. */
function useModal(onClose: () => void) {
  const ref = useRef<HTMLDialogElement>(null);
  const closing = useRef(false);
  const latest = useRef(onClose);
  latest.current = onClose;
  const close = (): void => {
    const element = ref.current;
    if (element === null || closing.current) return;
    closing.current = true;
    element.classList.add('is-leaving');
    const done = (): void => latest.current();
    const moves = element
      .getAnimations({ subtree: true })
      .filter((move) => move.effect?.getComputedTiming().iterations === 1);
    Promise.allSettled(moves.map((move) => move.finished)).then(done, done);
  };
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const before = document.activeElement;
    if (!element.open) element.showModal();
    rehostToast();
    // Reading starts at the title, unless a field asks for the focus.
    if (element.querySelector('[autofocus]') === null)
      element.querySelector<HTMLElement>('h2[tabindex]')?.focus({ preventScroll: true });
    const onCancel = (event: Event): void => {
      event.preventDefault();
      close();
    };
    element.addEventListener('cancel', onCancel);
    return () => {
      element.removeEventListener('cancel', onCancel);
      rehostToast(element);
      if (element.open) element.close();
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  const hasBegunBeside = useRef(false);
  /** A press beside it closes; it must begin there too: the finger whose long press opened it may still be down. */
  const beside = {
    onPointerDown: (event: ReactPointerEvent<HTMLElement>) => {
      hasBegunBeside.current = event.target === ref.current;
    },
    onClick: (event: MouseEvent<HTMLElement>) => {
      if (event.target === ref.current && hasBegunBeside.current) close();
    },
  };
  return { ref, close, beside };
}

/** Lets a finger pull the sheet down by its head; past a third of a thumb's way it leaves. */
function useDragDown(sheet: () => HTMLElement | null, close: () => void) {
  const start = useRef<{ y: number; at: number } | null>(null);
  return {
    onPointerDown: (event: ReactPointerEvent<HTMLElement>) => {
      if (event.pointerType === 'mouse' || (event.target as Element).closest('button,a,input')) return;
      start.current = { y: event.clientY, at: event.timeStamp };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: ReactPointerEvent<HTMLElement>) => {
      const element = sheet();
      if (start.current === null || element === null) return;
      element.style.animation = 'none';
      element.style.transform = `translateY(${Math.max(0, event.clientY - start.current.y)}px)`;
    },
    onPointerUp: (event: ReactPointerEvent<HTMLElement>) => {
      const element = sheet();
      if (start.current === null || element === null) return;
      const movedPx = event.clientY - start.current.y;
      const speed = movedPx / Math.max(1, event.timeStamp - start.current.at);
      start.current = null;
      const leaves = movedPx > DISMISS_PX || (movedPx > 20 && speed > DISMISS_PX_PER_MS);
      const from = element.style.transform || 'none';
      element.style.transform = '';
      const to = leaves ? 'translateY(100%)' : 'none';
      const move = element.animate([{ transform: from }, { transform: to }], {
        duration: 220,
        easing: 'cubic-bezier(.2,.9,.2,1)',
        fill: leaves ? 'forwards' : 'none',
      });
      if (leaves) move.finished.then(close, close);
    },
    onPointerCancel: () => {
      start.current = null;
    },
  };
}

/**
 * A sheet. `isTall` takes 70 % of the height (comments); others are as tall as they need.
 * `isClear` leaves what is behind undimmed.
 */
export function Sheet({
  title,
  count,
  aside,
  onClose,
  children,
  footer,
  isTall = false,
  isClear = false,
}: OverlayProps & {
  title: string;
  count?: string | undefined;
  aside?: ReactNode;
  footer?: ReactNode;
  isTall?: boolean;
  isClear?: boolean;
}) {
  const { ref, close, beside } = useModal(onClose);
  const titleId = useId();
  const drag = useDragDown(() => ref.current, close);
  return (
    <dialog
      ref={ref}
      className={`sheet ${isTall ? 'sheet-tall' : ''} ${isClear ? 'sheet-clear' : ''}`}
      aria-labelledby={titleId}
      {...beside}
    >
      <div className="sheet-body">
        <header className="sheet-head" {...drag}>
          <span className="sheet-grab" aria-hidden="true" />
          <h2 className="t-heading sheet-title" id={titleId} tabIndex={-1}>
            {title}
            {count !== undefined && <span className="sheet-count num"> {count}</span>}
          </h2>
          {aside}
          <IconButton label={t('ui.close')} sizePx={36} onClick={close}>
            <X size={22} />
          </IconButton>
        </header>
        <div className="sheet-content">{children}</div>
        {footer !== undefined && <footer className="sheet-foot">{footer}</footer>}
      </div>
    </dialog>
  );
}

/** A question with two equal answers. Destructive ones say what stays. */
export function Dialog({
  title,
  children,
  onClose,
  keep,
  act,
  onAct,
  isDanger = false,
  isBusy = false,
}: OverlayProps & {
  title: string;
  keep: string;
  act: string;
  onAct: () => void;
  isDanger?: boolean;
  isBusy?: boolean;
}) {
  const { ref, close, beside } = useModal(onClose);
  const titleId = useId();
  return (
    <dialog ref={ref} className="dialog" aria-labelledby={titleId} {...beside}>
      <div className="dialog-body">
        <h2 className="t-heading" id={titleId}>
          {title}
        </h2>
        <div className="t-body ink2">{children}</div>
        <div className="dialog-acts">
          <Button onClick={close}>{keep}</Button>
          <Button kind={isDanger ? 'fill' : 'main'} isBusy={isBusy} onClick={onAct}>
            {act}
          </Button>
        </div>
      </div>
    </dialog>
  );
}

/** One row of a menu. */
export interface MenuRow {
  label: string;
  icon?: ReactNode;
  keyName?: string;
  isDanger?: boolean;
  /** One of several was chosen before: this one. Leave out where rows are acts. */
  isChosen?: boolean;
  onChoose: () => void;
}

/** A menu of rows, as a small dialog in the middle or at the pointer. */
export function Menu({
  label,
  rows,
  onClose,
  at,
}: {
  label: string;
  rows: readonly MenuRow[];
  onClose: () => void;
  at?: { x: number; y: number } | undefined;
}) {
  const { ref, close, beside } = useModal(onClose);
  useEffect(() => {
    const element = ref.current;
    if (element === null || at === undefined) return;
    const { width, height } = element.getBoundingClientRect();
    element.style.margin = '0';
    element.style.left = `${Math.max(8, Math.min(at.x, innerWidth - width - 8))}px`;
    element.style.top = `${Math.max(8, Math.min(at.y, innerHeight - height - 8))}px`;
  }, [at, ref]);
  return (
    <dialog ref={ref} className="menu" aria-label={label} {...beside}>
      <div className="menu-body" role="menu">
        {rows.map((row) => (
          <button
            key={row.label}
            type="button"
            role={row.isChosen === undefined ? 'menuitem' : 'menuitemradio'}
            aria-checked={row.isChosen}
            className={`menu-row ${row.isDanger ? 'menu-row-danger' : ''}`}
            onClick={() => {
              close();
              row.onChoose();
            }}
          >
            {row.icon}
            <span>{row.label}</span>
            {row.isChosen === true && <Check size={18} className="menu-check" aria-hidden="true" />}
            {row.keyName !== undefined && <kbd className="keycap">{row.keyName}</kbd>}
          </button>
        ))}
      </div>
    </dialog>
  );
}
