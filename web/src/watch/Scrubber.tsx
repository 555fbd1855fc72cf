/** The thin line of progress; under a finger it grows, shows the time and the frame there, and everything else fades. */
import type { Card } from '@vitrine/schema';
import { useEffect, useRef, useState, type PointerEvent as ReactPointerEvent } from 'react';
import { clock } from '../words/figures.ts';
import { t } from '../words/words.ts';
import type { Player } from './player.ts';

const STEP_S = 5;
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
        style={{ width: `${PREVIEW_WIDTH_PX * board.frames}px`, height: `${heightPx}px`, transform: `translateX(${-frame * PREVIEW_WIDTH_PX}px)` }}
      />
    </span>
  );
}

/** `isShown`: this is the video that plays. `onScrub` tells when the rest should fade. */
export function Scrubber({ card, player, isShown, onScrub }: { card: Card; player: Player; isShown: boolean; onScrub: (isOn: boolean) => void }) {
  const bar = useRef<HTMLSpanElement>(null);
  const track = useRef<HTMLDivElement>(null);
  const [scrub, setScrub] = useState<number | undefined>(undefined);
  const lengthMs = card.durationMs;
  const paint = (share: number): void => {
    if (bar.current !== null) bar.current.style.transform = `scaleX(${share})`;
  };
  useProgress(player, isShown && scrub === undefined, paint);

  const shareAt = (event: ReactPointerEvent): number => {
    const box = track.current?.getBoundingClientRect();
    return box === undefined ? 0 : Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  };
  const seek = (share: number): void => {
    const video = player.video();
    if (video.duration > 0) video.currentTime = Math.min(video.duration - 0.05, share * video.duration);
    paint(share);
  };
  const move = (event: ReactPointerEvent): void => {
    const share = shareAt(event);
    setScrub(share);
    seek(share);
  };
  const end = (): void => {
    if (scrub === undefined) return;
    setScrub(undefined);
    onScrub(false);
  };
  return (
    <div
      className={`scrub ${scrub === undefined ? '' : 'is-scrubbing'}`}
      data-no-gesture
      role="slider"
      tabIndex={isShown ? 0 : -1}
      aria-label={t('watch.position')}
      aria-valuemin={0}
      aria-valuemax={Math.round(lengthMs / 1000)}
      aria-valuenow={Math.round(((scrub ?? 0) * lengthMs) / 1000)}
      aria-valuetext={`${clock((scrub ?? 0) * lengthMs)} / ${clock(lengthMs)}`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        onScrub(true);
        move(event);
      }}
      onPointerMove={(event) => scrub !== undefined && move(event)}
      onPointerUp={end}
      onPointerCancel={end}
      onKeyDown={(event) => {
        const video = player.video();
        if (event.key === 'ArrowRight') video.currentTime += STEP_S;
        else if (event.key === 'ArrowLeft') video.currentTime -= STEP_S;
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {scrub !== undefined && (
        <div className="scrub-over" aria-hidden="true">
          <Preview card={card} share={scrub} />
          <span className="scrub-time num" dir="ltr">
            <b>{clock(scrub * lengthMs)}</b> / {clock(lengthMs)}
          </span>
        </div>
      )}
      <div className="scrub-track" ref={track}>
        <span className="scrub-bar" ref={bar} />
        {scrub !== undefined && <span className="scrub-thumb" style={{ left: `${scrub * 100}%` }} />}
      </div>
    </div>
  );
}
