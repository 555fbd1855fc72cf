/** The thin line of progress; under a finger it grows, shows the time and the frame there, and everything else fades. */
import type { Card } from '@vitrine/schema';
import {
  useEffect,
  useRef,
  useState,
  type KeyboardEvent as ReactKeyboardEvent,
  type PointerEvent as ReactPointerEvent,
} from 'react';
import { clock } from '../words/figures.ts';
import { t } from '../words/words.ts';
import type { Player } from './player.ts';

const STEP_S = 5;
/** A seek stops this much short of the end, so that the last picture stays. */
const LAST_S = 0.05;
const PREVIEW_WIDTH_PX = 104;

function useProgress(player: Player, isShown: boolean, paint: (share: number) => void): void {
  useEffect(() => {
    if (!isShown) return undefined;
    let frame = 0;
    const step = (): void => {
      const video = player.video();
      if (video.duration > 0) paint(video.currentTime / video.duration);
      frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [player, isShown]);
}

function Preview({ card, share }: { card: Card; share: number }) {
  const board = card.storyboard;
  if (board === null) return null;
  const frame = Math.min(board.frames - 1, Math.floor(share * board.frames));
  const heightPx = (PREVIEW_WIDTH_PX * board.frameHeightPx) / board.frameWidthPx;
  return (
    <span className="scrub-preview" style={{ height: `${heightPx}px` }}>
      <img
        src={board.url}
        alt=""
        style={{
          width: `${PREVIEW_WIDTH_PX * board.frames}px`,
          height: `${heightPx}px`,
          transform: `translateX(${-frame * PREVIEW_WIDTH_PX}px)`,
        }}
      />
    </span>
  );
}

/** The finger on the line: where it is (0 to 1) while it is down, and what its movements do. */
function useScrub(player: Player, paint: (share: number) => void, onScrub: (isOn: boolean) => void) {
  const [share, setShare] = useState<number | undefined>(undefined);
  const track = useRef<HTMLDivElement>(null);
  const move = (event: ReactPointerEvent): void => {
    const box = track.current?.getBoundingClientRect();
    if (box === undefined) return;
    const at = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    const video = player.video();
    setShare(at);
    paint(at);
    if (video.duration > 0) video.currentTime = Math.min(video.duration - LAST_S, at * video.duration);
  };
  const end = (): void => {
    if (share === undefined) return;
    setShare(undefined);
    onScrub(false);
  };
  const fingers = {
    onPointerDown: (event: ReactPointerEvent<HTMLElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      onScrub(true);
      move(event);
    },
    onPointerMove: (event: ReactPointerEvent<HTMLElement>) => share !== undefined && move(event),
    onPointerUp: end,
    onPointerCancel: end,
  };
  return { share, track, fingers };
}

function seekByKey(player: Player, event: ReactKeyboardEvent): void {
  const step = { ArrowRight: STEP_S, ArrowLeft: -STEP_S }[event.key];
  if (step === undefined) return;
  player.video().currentTime += step;
  event.preventDefault();
  event.stopPropagation();
}

/** `isShown`: this is the video that plays. `onScrub` tells when the rest should fade. */
export function Scrubber({
  card,
  player,
  isShown,
  onScrub,
}: {
  card: Card;
  player: Player;
  isShown: boolean;
  onScrub: (isOn: boolean) => void;
}) {
  const bar = useRef<HTMLSpanElement>(null);
  const paint = (share: number): void => {
    if (bar.current !== null) bar.current.style.transform = `scaleX(${share})`;
  };
  const { share, track, fingers } = useScrub(player, paint, onScrub);
  useProgress(player, isShown && share === undefined, paint);
  const lengthMs = card.durationMs;
  const atMs = (share ?? 0) * lengthMs;
  return (
    <div
      className={`scrub ${share === undefined ? '' : 'is-scrubbing'}`}
      data-no-gesture
      role="slider"
      tabIndex={isShown ? 0 : -1}
      aria-label={t('watch.position')}
      aria-valuemin={0}
      aria-valuemax={Math.round(lengthMs / 1000)}
      aria-valuenow={Math.round(atMs / 1000)}
      aria-valuetext={`${clock(atMs)} / ${clock(lengthMs)}`}
      onKeyDown={(event) => seekByKey(player, event)}
      {...fingers}
    >
      {share !== undefined && (
        <div className="scrub-over" aria-hidden="true">
          <Preview card={card} share={share} />
          <span className="scrub-time num" dir="ltr">
            <b>{clock(atMs)}</b> / {clock(lengthMs)}
          </span>
        </div>
      )}
      <div className="scrub-track" ref={track}>
        <span className="scrub-bar" ref={bar} />
        {share !== undefined && <span className="scrub-thumb" style={{ left: `${share * 100}%` }} />}
      </div>
    </div>
  );
}
