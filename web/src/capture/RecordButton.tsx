/** The round button: tap to begin and end, hold to record while held, slide up to come nearer. The ring shows the stretches. */
import { useRef, type PointerEvent as ReactPointerEvent } from 'react';
import { t } from '../words/words.ts';

const HOLD_MS = 350;
const SIZE = 88;
const RADIUS = 41;
const AROUND = 2 * Math.PI * RADIUS;
/** Sliding up by this much doubles the zoom. */
const ZOOM_PX = 160;

function Ring({ arcs, share }: { arcs: readonly { from: number; to: number }[]; share: number }) {
  return (
    <svg viewBox={`0 0 ${SIZE} ${SIZE}`} aria-hidden="true">
      <circle className="record-track" cx={SIZE / 2} cy={SIZE / 2} r={RADIUS} />
      <circle
        className="record-share"
        cx={SIZE / 2}
        cy={SIZE / 2}
        r={RADIUS}
        strokeDasharray={`${Math.min(1, share) * AROUND} ${AROUND}`}
      />
      {arcs.map(({ to }) => (
        <circle
          key={to}
          className="record-gap"
          cx={SIZE / 2}
          cy={SIZE / 2}
          r={RADIUS}
          strokeDasharray={`2 ${AROUND}`}
          strokeDashoffset={-Math.max(0, to * AROUND - 1)}
        />
      ))}
    </svg>
  );
}

/** The button. `arcs`: stretches in shares of the whole; `share`: of all together with what runs now. */
export function RecordButton({
  isRecording,
  isPhoto,
  isReady,
  arcs,
  share,
  onStart,
  onStop,
  onZoom,
}: {
  isRecording: boolean;
  isPhoto: boolean;
  /** The camera has a picture. */
  isReady: boolean;
  arcs: readonly { from: number; to: number }[];
  share: number;
  onStart: () => void;
  onStop: () => void;
  onZoom: (factor: number) => void;
}) {
  const heldSince = useRef<{ at: number; y: number; hasStarted: boolean } | undefined>(undefined);
  const onDown = (event: ReactPointerEvent<HTMLElement>): void => {
    if (isPhoto) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    heldSince.current = { at: event.timeStamp, y: event.clientY, hasStarted: !isRecording };
    if (!isRecording) onStart();
  };
  const onUp = (event: ReactPointerEvent<HTMLElement>): void => {
    const held = heldSince.current;
    heldSince.current = undefined;
    if (held === undefined) return;
    const wasHeld = event.timeStamp - held.at > HOLD_MS;
    if (!held.hasStarted || wasHeld) onStop();
  };
  const label = isPhoto ? t('camera.takePhoto') : isRecording ? t('camera.stop') : t('camera.record');
  return (
    <button
      type="button"
      className={`record ${isRecording ? 'is-recording' : ''} ${isPhoto ? 'is-photo' : ''}`}
      aria-label={label}
      disabled={!isReady}
      onPointerDown={onDown}
      onPointerMove={(event) => {
        if (heldSince.current && isRecording) onZoom(2 ** Math.max(0, (heldSince.current.y - event.clientY) / ZOOM_PX));
      }}
      onPointerUp={onUp}
      onPointerCancel={onUp}
      onClick={(event) => {
        // Keys and screen readers press without a pointer.
        if (isPhoto) onStart();
        else if (event.detail === 0) (isRecording ? onStop : onStart)();
      }}
    >
      <Ring arcs={arcs} share={share} />
      <span className="record-core" />
    </button>
  );
}
