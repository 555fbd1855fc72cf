/** The editor's keys. */
import { moveClip, splitAt } from '@vitrine/edit';
import { useEffect, useRef } from 'react';
import { newPieceId, type Editor } from './editor.ts';
import { duplicatePiece, removePiece } from './pieces.ts';
import type { Word } from '../words/words.ts';

const STEP_MS = 100;
const LONG_STEP_MS = 1000;

/** What the help lists. */
export const KEYS: readonly { keys: string; word: Word }[] = [
  { keys: 'Space', word: 'edit.keyPlay' },
  { keys: 'S', word: 'edit.split' },
  { keys: '← →', word: 'edit.keyStep' },
  { keys: 'Shift ← →', word: 'edit.keyLongStep' },
  { keys: 'Home End', word: 'edit.keyEnds' },
  { keys: 'Alt ← →', word: 'edit.keyMove' },
  { keys: 'Tab', word: 'edit.keyChoose' },
  { keys: 'Ctrl D', word: 'edit.duplicate' },
  { keys: 'Delete', word: 'edit.delete' },
  { keys: 'Ctrl Z', word: 'edit.undo' },
  { keys: 'Ctrl Y', word: 'edit.redo' },
  { keys: '?', word: 'edit.keys' },
];

/** Splits at the playhead. */
export function splitHere({ change, player }: Editor): void {
  change((edit) => splitAt(edit, player.atMs(), newPieceId()));
}

/** Takes the chosen piece away. */
export function removeChosen({ chosen, change, choose }: Editor): void {
  if (chosen === undefined) return;
  change((edit) => removePiece(edit, chosen));
  choose(undefined);
}

/** Doubles the chosen piece and chooses the double. */
export function duplicateChosen({ chosen, change, choose }: Editor): void {
  if (chosen === undefined) return;
  const id = newPieceId();
  change((edit) => duplicatePiece(edit, chosen, id));
  choose({ kind: chosen.kind, id });
}

/** Moves the chosen clip by places. */
export function moveChosen({ chosen, change }: Editor, places: number): void {
  if (chosen?.kind !== 'clip') return;
  change((now) => {
    const place = now.clips.findIndex((clip) => clip.id === chosen.id);
    return moveClip(now, chosen.id, Math.max(0, place + places));
  });
}

function onArrow(editor: Editor, event: KeyboardEvent, direction: 1 | -1): void {
  const { player } = editor;
  if (event.altKey) moveChosen(editor, direction);
  else player.seek(player.atMs() + direction * (event.shiftKey ? LONG_STEP_MS : STEP_MS));
}

type Act = (editor: Editor, event: KeyboardEvent) => void;
const PLAIN: Readonly<Record<string, Act>> = {
  ' ': ({ player }) => (player.isPlaying() ? player.pause() : player.play()),
  s: splitHere,
  ArrowLeft: (editor, event) => onArrow(editor, event, -1),
  ArrowRight: (editor, event) => onArrow(editor, event, 1),
  Home: ({ player }) => player.seek(0),
  End: ({ player }) => player.seek(player.durationMs()),
  Delete: removeChosen,
  Backspace: removeChosen,
  Escape: ({ choose, open }) => {
    choose(undefined);
    open(undefined);
  },
};
const WITH_CONTROL: Readonly<Record<string, Act>> = {
  z: ({ undo, redo }, event) => (event.shiftKey ? redo() : undo()),
  y: ({ redo }) => redo(),
  d: duplicateChosen,
};

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input:not([type=range]),textarea,select,[contenteditable],dialog') !== null
  );
}

/** A key that means something to what has the focus is left to that. */
function belongsToFocus(event: KeyboardEvent): boolean {
  const { target, key } = event;
  if (!(target instanceof HTMLElement)) return false;
  if (isTyping(target)) return true;
  const isOnControl = target.closest('[role=slider],input') !== null;
  if (isOnControl && key.startsWith('Arrow') && !event.altKey) return true;
  return key === ' ' && target.matches(':focus-visible') && target.closest('button') !== null;
}

/** Listens while the editor is shown. */
export function useEditorKeys(editor: Editor, onHelp: () => void): void {
  const latest = useRef({ editor, onHelp });
  // At once, not after the page was painted: keys come quicker than that.
  latest.current = { editor, onHelp };
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (belongsToFocus(event)) return;
      if (event.key === '?') return latest.current.onHelp();
      const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const act = event.ctrlKey || event.metaKey ? WITH_CONTROL[name] : PLAIN[name];
      if (act === undefined) return;
      event.preventDefault();
      act(latest.current.editor, event);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
