/** Texts and stickers along their time: pulled to another time, or longer and shorter by their handles. */
import { Type } from 'lucide-react';
import type { EditText, Sticker, VideoEdit } from '@vitrine/schema';
import type { PointerEvent as ReactPointerEvent } from 'react';
import { t } from '../../words/words.ts';
import { useEditor, type Chosen } from '../editor.ts';
import { retime, type Span } from '../pieces.ts';
import { secondsOf } from '../words.ts';
import { followPull } from './drag.ts';
import { Lane } from './Lane.tsx';
import { rowsOf, snapTo } from './scale.ts';
import type { LaneProps } from './lane.ts';

const SNAP_PX = 8;
const SHORTEST_MS = 200;

interface Shown {
  chosen: Chosen;
  words: string;
  span: Span;
}

function shownPieces(edit: VideoEdit): Shown[] {
  const texts = edit.texts.map((text: EditText): Shown => ({
    chosen: { kind: 'text', id: text.id },
    words: text.text.replaceAll('\n', ' '),
    span: text,
  }));
  const stickers = edit.stickers.map((sticker: Sticker): Shown => ({
    chosen: { kind: 'sticker', id: sticker.id },
    words: sticker.emoji,
    span: sticker,
  }));
  return [...texts, ...stickers].sort((one, other) => one.span.fromMs - other.span.fromMs);
}

type Edge = 'whole' | 'from' | 'to';

/** The time of a piece that was pulled by its middle or one end. */
function pulledSpan(
  { fromMs, toMs }: Span,
  edge: Edge,
  { ms, snapped }: { ms: number; snapped: (ms: number) => number },
): Span {
  if (edge === 'from') return { fromMs: Math.min(toMs - SHORTEST_MS, Math.max(0, snapped(fromMs + ms))), toMs };
  if (edge === 'to') return { fromMs, toMs: Math.max(fromMs + SHORTEST_MS, snapped(toMs + ms)) };
  const start = Math.max(0, snapped(fromMs + ms));
  return { fromMs: start, toMs: start + toMs - fromMs };
}

function usePullPiece({ chosen, span }: Shown, scale: number) {
  const { choose, change, settle, timeline, player } = useEditor();
  return (edge: Edge) =>
    (event: ReactPointerEvent<HTMLElement>): void => {
      event.stopPropagation();
      const targets = [0, timeline.durationMs, player.atMs(), ...timeline.clips.map((placed) => placed.endMs)];
      const snapped = (ms: number): number => Math.round(snapTo(ms, targets, SNAP_PX / scale));
      followPull(event, {
        waitsForRest: edge === 'whole',
        onMove: (dx) =>
          change(
            (edit) => retime(edit, chosen, pulledSpan(span, edge, { ms: dx / scale, snapped })),
            `time ${chosen.id}`,
          ),
        onEnd: (hasMoved) => {
          settle();
          if (!hasMoved) choose(chosen);
        },
      });
    };
}

function Piece({ piece, row, pxPerSecond }: LaneProps & { piece: Shown; row: number }) {
  const { chosen, choose } = useEditor();
  const scale = pxPerSecond / 1000;
  const pull = usePullPiece(piece, scale);
  const { fromMs, toMs } = piece.span;
  const isChosen = chosen?.kind === piece.chosen.kind && chosen.id === piece.chosen.id;
  const style = {
    insetInlineStart: `${fromMs * scale}px`,
    inlineSize: `${Math.max(16, (toMs - fromMs) * scale)}px`,
    '--row': String(row),
  } as Record<string, string>;
  return (
    <div role="listitem" className={`piece ${isChosen ? 'is-chosen' : ''}`} style={style}>
      <button
        type="button"
        className="piece-face"
        aria-pressed={isChosen}
        aria-label={t('edit.pieceName', { words: piece.words, from: secondsOf(fromMs), to: secondsOf(toMs) })}
        onPointerDown={pull('whole')}
        onClick={() => choose(piece.chosen)}
      >
        {piece.chosen.kind === 'text' && <Type size={14} aria-hidden="true" />}
        <span dir="auto">{piece.words}</span>
      </button>
      {isChosen && <span className="handle handle-in" aria-hidden="true" onPointerDown={pull('from')} />}
      {isChosen && <span className="handle handle-out" aria-hidden="true" onPointerDown={pull('to')} />}
    </div>
  );
}

/** The lane. */
export function PieceLane({ pxPerSecond }: LaneProps) {
  const { edit } = useEditor();
  const pieces = shownPieces(edit);
  const rows = rowsOf(pieces.map((piece) => piece.span));
  return (
    <Lane
      name="text"
      icon={<Type size={18} aria-hidden="true" />}
      label={t('edit.laneText')}
      rows={Math.max(0, ...rows) + 1}
    >
      {pieces.map((piece, place) => (
        <Piece key={piece.chosen.id} piece={piece} row={rows[place] ?? 0} pxPerSecond={pxPerSecond} />
      ))}
    </Lane>
  );
}
