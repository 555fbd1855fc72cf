/** What the editor's parts share: the edit with its history, what is chosen, the player. */
import { sourceKeys, timelineOf, type Sources, type Timeline } from '@vitrine/edit';
import type { VideoEdit } from '@vitrine/schema';
import { createContext } from 'react';
import { useContext, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { changeStudioDraft } from './drafts.ts';
import { beginHistory, redo, settle, step, undo, type History } from './history.ts';
import { uncropped } from './crop.ts';
import { sourcesOf, useMediaVersion } from './media.ts';
import { Player } from './player.ts';

/** A chosen piece of the edit. */
export interface Chosen {
  kind: 'clip' | 'text' | 'sticker' | 'sound' | 'voice' | 'cue';
  /** Of a cue: its place in the list. */
  id: string;
}
/** Which tool is open. */
export type Tool =
  | 'media'
  | 'sound'
  | 'text'
  | 'captions'
  | 'filters'
  | 'stickers'
  | 'voice'
  | 'speed'
  | 'crop'
  | 'volume'
  | 'cover';

/** The editor. */
export interface Editor {
  draftKey: string;
  edit: VideoEdit;
  timeline: Timeline;
  sources: Sources;
  player: Player;
  chosen: Chosen | undefined;
  tool: Tool | undefined;
  /** Changes the edit by a pure function. Calls of one gesture are one step for Undo. */
  change: (change: (edit: VideoEdit) => VideoEdit, gesture?: string) => void;
  /** A gesture has ended. */
  settle: () => void;
  undo: () => void;
  redo: () => void;
  canUndo: boolean;
  canRedo: boolean;
  choose: (chosen: Chosen | undefined) => void;
  open: (tool: Tool | undefined) => void;
}

const EditorContext = createContext<Editor | undefined>(undefined);
/** Gives the editor to its parts. */
export const EditorProvider = EditorContext.Provider;

/** The editor around a part. */
export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (editor === undefined) throw new Error('a part of the editor stands outside of it');
  return editor;
}

/** Makes the editor of a draft; every step is kept at once. */
export function useMakeEditor(draftKey: string, first: VideoEdit): Editor {
  const [history, setHistory] = useState<History<VideoEdit>>(() => beginHistory(first));
  const [chosen, choose] = useState<Chosen | undefined>(undefined);
  const [tool, open] = useState<Tool | undefined>(undefined);
  const player = useMemo(() => new Player(first), [draftKey]);
  const latest = useRef(history);
  const version = useMediaVersion();
  const edit = history.now;
  const timeline = useMemo(() => timelineOf(edit), [edit]);
  const sources = useMemo(() => sourcesOf(sourceKeys(edit)), [edit, version]);
  const isCropping = tool === 'crop';
  useEffect(() => player.setEdit(isCropping ? uncropped(edit) : edit, sources), [player, edit, sources, isCropping]);
  useEffect(() => () => player.close(), [player]);
  const turn = (next: History<VideoEdit>): void => {
    const isOther = next.now !== latest.current.now;
    latest.current = next;
    setHistory(next);
    if (isOther) changeStudioDraft(draftKey, { edit: next.now });
  };
  return {
    draftKey,
    edit,
    timeline,
    sources,
    player,
    chosen,
    tool,
    change: (change, gesture) => turn(step(latest.current, change(latest.current.now), gesture)),
    settle: () => turn(settle(latest.current)),
    undo: () => turn(undo(latest.current)),
    redo: () => turn(redo(latest.current)),
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    choose,
    open,
  };
}

/** The moment that is shown, rounded so that a part is drawn no oftener than it must. */
export function useMoment(player: Player, stepMs = 100): number {
  return useSyncExternalStore(player.onMove, () => Math.floor(player.atMs() / stepMs) * stepMs);
}

/** Whether it plays. */
export function useIsPlaying(player: Player): boolean {
  return useSyncExternalStore(player.onMove, player.isPlaying);
}

/** A new id for a piece of the edit. */
export function newPieceId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
