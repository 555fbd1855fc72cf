/** The crop on the picture itself: all of it is shown, with a frame to be moved, pulled by its corners and pinched. */
import { changeClip, clipKey, frameSize, regionsOf } from '@vitrine/edit';
import type { Clip, Crop } from '@vitrine/schema';
import { useRef, type PointerEvent as ReactPointerEvent } from 'react';
import { cropOfFrame, framingOf, moved, pinched, pulled, type Corner, type Framing } from './crop.ts';
import { useEditor } from './editor.ts';
import { useMeantClip } from './panels/ClipPanels.tsx';
import { previewSize } from './player.ts';
import { followPull } from './timeline/drag.ts';

const CORNERS: readonly Corner[] = [
  { isRight: false, isBottom: false },
  { isRight: true, isBottom: false },
  { isRight: false, isBottom: true },
  { isRight: true, isBottom: true },
];

/** Two fingers on the picture. */
function usePinch(onPinch: (factor: number, from: Crop) => void) {
  const fingers = useRef(new Map<number, { x: number; y: number }>());
  const begun = useRef<{ distance: number; seen: Crop } | undefined>(undefined);
  const distance = (): number => {
    const [one, other] = [...fingers.current.values()];
    return one && other ? Math.hypot(one.x - other.x, one.y - other.y) : 0;
  };
  const put = ({ pointerId, clientX, clientY }: ReactPointerEvent): void => {
    fingers.current.set(pointerId, { x: clientX, y: clientY });
  };
  return {
    /** Since the first finger came, until the last has left. */
    isPinch: (): boolean => begun.current !== undefined,
    begin: (event: ReactPointerEvent, seen: Crop): void => {
      if (event.isPrimary) {
        fingers.current.clear();
        begun.current = undefined;
      }
      put(event);
      if (fingers.current.size === 2) begun.current = { distance: distance(), seen };
    },
    onPointerMove: (event: ReactPointerEvent): void => {
      if (!fingers.current.has(event.pointerId)) return;
      put(event);
      if (begun.current && fingers.current.size === 2 && begun.current.distance > 0)
        onPinch(distance() / begun.current.distance, begun.current.seen);
    },
    onPointerUp: (event: ReactPointerEvent): void => {
      fingers.current.delete(event.pointerId);
    },
  };
}

/** Moving, pulling and pinching the frame; a mere press plays and pauses. */
function useFrame(clip: Clip, { seen, whole, shape }: Framing) {
  const { change, settle, player } = useEditor();
  const picture = useRef<HTMLDivElement>(null);
  const set = (next: Crop): void =>
    change(
      (edit) => changeClip(edit, clip.id, (old) => ({ ...old, crop: cropOfFrame(next, whole) })),
      `crop ${clip.id}`,
    );
  const { begin, isPinch, ...pinch } = usePinch((factor, from) => set(pinched(from, factor)));
  const wayOf = (dx: number, dy: number) => {
    const { width = 1, height = 1 } = picture.current?.getBoundingClientRect() ?? {};
    return { x: dx / width, y: dy / height };
  };
  const onPointerDown = (event: ReactPointerEvent<HTMLElement>): void => {
    event.stopPropagation();
    begin(event, seen);
    followPull(event, {
      onMove: (dx, dy) => !isPinch() && set(moved(seen, wayOf(dx, dy))),
      onEnd: (hasMoved) => {
        settle();
        if (hasMoved || isPinch()) return;
        if (player.isPlaying()) player.pause();
        else player.play();
      },
    });
  };
  const onCorner = (event: ReactPointerEvent<HTMLElement>, corner: Corner): void => {
    event.stopPropagation();
    // A quick mouse leaves the corner before its first move is heard.
    event.currentTarget.setPointerCapture(event.pointerId);
    followPull(event, { onMove: (dx, dy) => set(pulled({ seen, shape }, corner, wayOf(dx, dy))), onEnd: settle });
  };
  return { picture, onCorner, hold: { onPointerDown, ...pinch, onPointerCancel: pinch.onPointerUp } };
}

function Frame({ clip, framing, size }: { clip: Clip; framing: Framing; size: { widthPx: number; heightPx: number } }) {
  const { picture, onCorner, hold } = useFrame(clip, framing);
  const { box, seen } = framing;
  const percent = (share: number): string => `${share * 100}%`;
  const place = {
    left: percent(seen.x),
    top: percent(seen.y),
    width: percent(seen.width),
    height: percent(seen.height),
  };
  return (
    <div
      ref={picture}
      className="crop-picture"
      aria-hidden="true"
      style={{
        left: percent(box.x / size.widthPx),
        top: percent(box.y / size.heightPx),
        width: percent(box.width / size.widthPx),
        height: percent(box.height / size.heightPx),
      }}
      {...hold}
    >
      <span className="crop-dim">
        <span style={place} />
      </span>
      <span className="crop-seen" style={place}>
        {CORNERS.map((corner) => (
          <span
            key={`${corner.isRight} ${corner.isBottom}`}
            className={`crop-corner ${corner.isRight ? 'is-right' : ''} ${corner.isBottom ? 'is-bottom' : ''}`}
            onPointerDown={(event) => onCorner(event, corner)}
          />
        ))}
      </span>
    </div>
  );
}

/** The frame around what is seen of the clip that is meant; the sliders in the panel do the same. */
export function CropFrame() {
  const { edit, sources } = useEditor();
  const clip = useMeantClip();
  const size = previewSize(frameSize(edit.frame));
  const picture = clip && sources.get(clipKey(clip));
  if (clip === undefined || picture === undefined || picture.widthPx === 0) return null;
  return <Frame clip={clip} framing={framingOf(clip, picture, regionsOf(edit, size).own)} size={size} />;
}
