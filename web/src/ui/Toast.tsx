/**
 * Short messages at the dock's place, with Undo where an act can be taken back. They stand in the uppermost open dialog,
 * since everything outside of one is out of reach, else in the page.
 */
import { t } from '../words/words.ts';
import './toast.css';

const SHOWN_MS = 6000;

let place: HTMLDivElement | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

function makePlace(): HTMLDivElement {
  const made = document.createElement('div');
  made.className = 'toasts';
  made.popover = 'manual';
  made.role = 'status';
  return made;
}

function hide(): void {
  clearTimeout(timer);
  place?.replaceChildren();
  if (place?.matches(':popover-open') === true) place.hidePopover();
}

/** Brings the message shown now to where it can be seen and pressed. Dialogs call it when they open and before they go. */
export function rehostToast(leaving?: HTMLElement): void {
  if (place === undefined || place.childElementCount === 0) return;
  const dialogs = [...document.querySelectorAll<HTMLElement>('dialog[open]')].filter((dialog) => dialog !== leaving);
  (dialogs.at(-1) ?? document.body).append(place);
  if (place.matches(':popover-open')) place.hidePopover();
  place.showPopover();
}

/** Shows a message for six seconds; a new one takes the place of the old. `actLabel` names another act than Undo. */
export function toast(text: string, onUndo?: () => void, actLabel?: string): void {
  place ??= makePlace();
  clearTimeout(timer);
  const shown = document.createElement('div');
  shown.className = 'toast';
  const words = document.createElement('span');
  words.textContent = text;
  shown.append(words);
  if (onUndo !== undefined) {
    const undo = document.createElement('button');
    undo.type = 'button';
    undo.className = 'toast-undo';
    undo.textContent = actLabel ?? t('ui.undo');
    undo.addEventListener('click', () => {
      hide();
      onUndo();
    });
    shown.append(undo);
  }
  place.replaceChildren(shown);
  rehostToast();
  timer = setTimeout(hide, SHOWN_MS);
}
