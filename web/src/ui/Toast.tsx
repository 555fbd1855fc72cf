/** Short messages at the dock's place, with Undo where an act can be taken back. */
import { useSyncExternalStore } from 'react';
import { t } from '../words/words.ts';
import './toast.css';

const SHOWN_MS = 6000;

interface Shown {
  text: string;
  onUndo?: (() => void) | undefined;
  actLabel?: string | undefined;
}

let shown: Shown | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function show(next: Shown | null): void {
  clearTimeout(timer);
  shown = next;
  if (next !== null) timer = setTimeout(() => show(null), SHOWN_MS);
  for (const listener of listeners) listener();
}

/** Shows a message for six seconds; a new one takes the place of the old. */
export function toast(text: string, onUndo?: () => void, actLabel?: string): void {
  show({ text, onUndo, actLabel });
}

/** The one place where toasts appear; the shell renders it once. */
export function Toasts() {
  const current = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
  return (
    <div
      className="toasts"
      role="status"
      aria-live="polite"
      popover="manual"
      ref={(element) => raise(element, current !== null)}
    >
      {current !== null && (
        <div className="toast" key={current.text}>
          <span>{current.text}</span>
          {current.onUndo !== undefined && (
            <button
              type="button"
              className="toast-undo"
              onClick={() => {
                current.onUndo?.();
                show(null);
              }}
            >
              {current.actLabel ?? t('ui.undo')}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

/** Brings the toasts above any open dialog: the browser's top layer is ordered by the time of showing. */
function raise(element: HTMLElement | null, isShown: boolean): void {
  if (element === null || typeof element.showPopover !== 'function') return;
  if (element.matches(':popover-open')) element.hidePopover();
  if (isShown) element.showPopover();
}
