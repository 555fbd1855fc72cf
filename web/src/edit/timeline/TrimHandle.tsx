/** A handle at a clip's end: pulled, or moved by the arrow keys a tenth of a second at a time. */
import { clipKey, clipLengthMs, trimClip, type PlacedClip } from '@vitrine/edit';
import type { KeyboardEvent } from 'react';
import { t } from '../../words/words.ts';
import { useEditor } from '../editor.ts';
import { secondsOf } from '../words.ts';
import { followPull } from './drag.ts';
import type { LaneProps } from './lane.ts';

const KEY_STEP_MS = 100;

/** The handle. */
export function TrimHandle({ edge, placed, pxPerSecond }: LaneProps & { edge: 'in' | 'out'; placed: PlacedClip }) {
  const { change, settle, sources, player } = useEditor();
  const { clip } = placed;
  const scale = pxPerSecond / 1000;
  const trimBy = (ms: number, from: { inMs: number; outMs: number }, gesture?: string): void => {
    const changes = edge === 'in' ? { inMs: from.inMs + ms * clip.speed } : { outMs: from.outMs + ms * clip.speed };
    change((edit) => trimClip(edit, clip.id, { ...changes, sources }), gesture);
    const now = edge === 'in' ? clip : { ...clip, outMs: from.outMs + ms * clip.speed };
    player.seek(edge === 'in' ? placed.startMs : placed.startMs + clipLengthMs(now) - 1);
  };
  const onKey = (event: KeyboardEvent): void => {
    const steps = { ArrowLeft: -KEY_STEP_MS, ArrowRight: KEY_STEP_MS }[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    trimBy(steps, clip);
  };
  return (
    <button
      type="button"
      role="slider"
      className={`handle handle-${edge}`}
      aria-label={edge === 'in' ? t('edit.trimStart') : t('edit.trimEnd')}
      aria-valuenow={Math.round(edge === 'in' ? clip.inMs : clip.outMs)}
      aria-valuemin={0}
      aria-valuemax={sources.get(clipKey(clip))?.durationMs ?? clip.outMs}
      aria-valuetext={secondsOf(edge === 'in' ? clip.inMs : clip.outMs)}
      onKeyDown={onKey}
      onPointerDown={(event) => {
        event.stopPropagation();
        const from = { inMs: clip.inMs, outMs: clip.outMs };
        player.pause();
        followPull(event, {
          onMove: (dx) => trimBy(dx / scale, from, `trim ${edge} ${clip.id}`),
          onEnd: settle,
        });
      }}
    />
  );
}
