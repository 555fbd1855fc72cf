/** The clips in their row: pictures along their time, handles to trim, pulled or moved by keys to another place. */
import { clipKey, clipLengthMs, moveClip, type PlacedClip } from '@vitrine/edit';
import { Film } from 'lucide-react';
import { useRef, useState, type PointerEvent as ReactPointerEvent } from 'react';
import { t } from '../../words/words.ts';
import { useEditor } from '../editor.ts';
import { useMediaVersion } from '../media.ts';
import { secondsOf, speedWords } from '../words.ts';
import { ClipPictures } from './ClipPictures.tsx';
import { followPull } from './drag.ts';
import { Lane } from './Lane.tsx';
import { dropIndex } from './scale.ts';
import type { LaneProps } from './lane.ts';
import { TrimHandle } from './TrimHandle.tsx';

/** Pulling a clip to another place in the row: how far it is now, and what begins it. */
function usePullClip(placed: PlacedClip, scale: number) {
  const { change, timeline } = useEditor();
  const [shiftPx, setShiftPx] = useState(0);
  const target = useRef(placed.index);
  const { id } = placed.clip;
  const onPointerDown = (event: ReactPointerEvent<HTMLElement>): void =>
    followPull(event, {
      waitsForRest: true,
      onMove: (dx) => {
        setShiftPx(dx);
        const others = timeline.clips.filter((other) => other.clip.id !== id);
        target.current = dropIndex(
          others.map((other) => (other.startMs + other.endMs) / 2),
          (placed.startMs + placed.endMs) / 2 + dx / scale,
        );
      },
      onEnd: (hasMoved) => {
        setShiftPx(0);
        if (hasMoved) change((edit) => moveClip(edit, id, target.current));
      },
    });
  return { shiftPx, onPointerDown };
}

function ClipPiece({ placed, pxPerSecond }: LaneProps & { placed: PlacedClip }) {
  const { chosen, choose, player } = useEditor();
  useMediaVersion();
  const { clip } = placed;
  const scale = pxPerSecond / 1000;
  const { shiftPx, onPointerDown } = usePullClip(placed, scale);
  const isChosen = chosen?.kind === 'clip' && chosen.id === clip.id;
  const widthPx = Math.max(4, (placed.endMs - placed.startMs) * scale - 2);
  const seconds = secondsOf(clipLengthMs(clip));
  const speed = speedWords(clip.speed);
  return (
    <div
      role="listitem"
      className={`clip ${isChosen ? 'is-chosen' : ''} ${shiftPx === 0 ? '' : 'is-pulled'}`}
      style={{
        insetInlineStart: `${placed.startMs * scale}px`,
        inlineSize: `${widthPx}px`,
        transform: shiftPx === 0 ? 'none' : `translateX(${shiftPx}px)`,
      }}
    >
      <button
        type="button"
        className="clip-face"
        aria-pressed={isChosen}
        aria-label={t('edit.clipName', { n: placed.index + 1, seconds, speed })}
        onPointerDown={onPointerDown}
        onClick={(event) => {
          choose({ kind: 'clip', id: clip.id });
          if (event.detail === 0) player.seek(placed.startMs);
        }}
      >
        <ClipPictures sourceKey={clipKey(clip)} clip={clip} widthPx={widthPx} />
        {isChosen && (
          <span className="clip-words t-micro num">
            {seconds} · {speed}
          </span>
        )}
      </button>
      {isChosen && <TrimHandle edge="in" placed={placed} pxPerSecond={pxPerSecond} />}
      {isChosen && <TrimHandle edge="out" placed={placed} pxPerSecond={pxPerSecond} />}
    </div>
  );
}

/** The lane. */
export function VideoLane({ pxPerSecond }: LaneProps) {
  const { timeline } = useEditor();
  return (
    <Lane name="video" icon={<Film size={18} aria-hidden="true" />} label={t('edit.laneVideo')}>
      {timeline.clips.map((placed) => (
        <ClipPiece key={placed.clip.id} placed={placed} pxPerSecond={pxPerSecond} />
      ))}
    </Lane>
  );
}
