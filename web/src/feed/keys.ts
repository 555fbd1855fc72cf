/** One-letter keys over the feed. Off while typing, in dialogs, and when the person switched them off. */
import { useEffect, useRef } from 'react';
import { watchPrefs } from '../watch/prefs.ts';

/** What a key can do. */
export type KeyAct =
  | 'next'
  | 'previous'
  | 'pause'
  | 'mute'
  | 'like'
  | 'comments'
  | 'share'
  | 'save'
  | 'fullscreen'
  | 'back'
  | 'forward'
  | 'slower'
  | 'faster'
  | 'why'
  | 'help'
  | 'search';

/** Each act's keys, as `KeyboardEvent.key` in lower case, in the order of the help page. */
export const KEY_ACTS: readonly (readonly [KeyAct, readonly string[]])[] = [
  ['next', ['arrowdown', 'j']],
  ['previous', ['arrowup', 'k']],
  ['pause', [' ']],
  ['mute', ['m']],
  ['like', ['l']],
  ['comments', ['c']],
  ['share', ['s']],
  ['save', ['b']],
  ['fullscreen', ['f']],
  ['back', ['arrowleft']],
  ['forward', ['arrowright']],
  ['slower', ['<']],
  ['faster', ['>']],
  ['why', ['w']],
  ['search', ['/']],
  ['help', ['?']],
];
const ACT_OF = new Map(KEY_ACTS.flatMap(([act, keys]) => keys.map((key) => [key, act] as const)));

/** Calls `on` for each known key. */
export function useKeys(on: (act: KeyAct) => void): void {
  const latest = useRef(on);
  latest.current = on;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target as Element;
      const isTyping =
        target.closest('input,textarea,select,[contenteditable],dialog') !== null ||
        document.querySelector('dialog[open]') !== null;
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      const act = ACT_OF.get(event.key.toLowerCase());
      if (act === undefined) return;
      const isLetter = event.key.length === 1 && event.key !== ' ';
      if (isLetter && act !== 'help' && !watchPrefs().keys) return;
      const pressesButton = event.key === ' ' && target.closest('button,a,[role=slider]') !== null;
      if (pressesButton) return;
      event.preventDefault();
      latest.current(act);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
