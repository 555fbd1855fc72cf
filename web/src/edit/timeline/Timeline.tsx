/** The timeline: a ruler and the lanes. On phones it runs under a playhead that stands still; on wide pages the playhead runs. */
import { useEffect, useLayoutEffect, useRef, type MouseEvent } from 'react';
import { useIsWide } from '../../ui/wide.ts';
import { clock } from '../../words/figures.ts';
import { t } from '../../words/words.ts';
import { useEditor } from '../editor.ts';
import { CueLane } from './CueLane.tsx';
import { PieceLane } from './PieceLane.tsx';
import type { LaneProps } from './lane.ts';
import { marksOf } from './scale.ts';
import { SoundLane } from './SoundLane.tsx';
import { VideoLane } from './VideoLane.tsx';
import './timeline.css';

const LABELS_PX = 140;

/** Keeps the picture under the playhead: phones scroll the lanes, wide pages move the playhead. */
function useFollow(pxPerSecond: number) {
  const { edit, player } = useEditor();
  const isWide = useIsWide();
  const scroller = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const isScrolledByUs = useRef(false);
  const scale = pxPerSecond / 1000;
  const follow = (): void => {
    const element = scroller.current;
    if (element === null) return;
    const x = player.atMs() * scale;
    if (isWide) {
      if (head.current) head.current.style.transform = `translateX(${LABELS_PX + x}px)`;
      const seenX = LABELS_PX + x - element.scrollLeft;
      if (player.isPlaying() && (seenX > element.clientWidth - 40 || seenX < LABELS_PX)) element.scrollLeft = x - 40;
    } else if (Math.abs(element.scrollLeft - x) >= 1) {
      isScrolledByUs.current = true;
      element.scrollLeft = x;
    }
  };
  useEffect(() => player.onMove(follow), [player, scale, isWide]);
  useLayoutEffect(follow, [scale, isWide, edit]);
  const onScroll = (): void => {
    if (isScrolledByUs.current) isScrolledByUs.current = false;
    else if (!isWide && scroller.current && !player.isPlaying()) player.seek(scroller.current.scrollLeft / scale);
  };
  return { scroller, head, onScroll, isWide };
}

/** Marks of time; a press moves the playhead there. The keys do the same. */
function Ruler({ pxPerSecond }: LaneProps) {
  const { timeline, player } = useEditor();
  const isWide = useIsWide();
  const scale = pxPerSecond / 1000;
  const seekAt = (event: MouseEvent<HTMLElement>): void => {
    const { left } = event.currentTarget.getBoundingClientRect();
    player.seek((event.clientX - left) / scale);
  };
  return (
    <div className="tl-ruler num" role="presentation" onClick={seekAt}>
      {marksOf(timeline.durationMs, pxPerSecond).map((markMs) => (
        <span key={markMs} style={{ insetInlineStart: `${markMs * scale}px` }}>
          {isWide ? clock(markMs) : t('edit.secondsShort', { n: markMs / 1000 })}
        </span>
      ))}
    </div>
  );
}

/** The whole timeline. */
export function Timeline({ pxPerSecond }: LaneProps) {
  const { timeline, player, choose } = useEditor();
  const { scroller, head, onScroll, isWide } = useFollow(pxPerSecond);
  const style = { '--tl-width': `${(timeline.durationMs * pxPerSecond) / 1000}px` } as Record<string, string>;
  const letGo = (event: MouseEvent<HTMLElement>): void => {
    if ((event.target as Element).closest('button') === null) choose(undefined);
  };
  return (
    <div className="tl" role="group" aria-label={t('edit.timeline')} dir="ltr">
      <div
        className="tl-scroll"
        role="presentation"
        ref={scroller}
        onScroll={onScroll}
        onPointerDown={() => !isWide && player.pause()}
      >
        <div className="tl-body" style={style}>
          <Ruler pxPerSecond={pxPerSecond} />
          <div className="tl-lanes" role="presentation" onClick={letGo}>
            <VideoLane pxPerSecond={pxPerSecond} />
            <SoundLane pxPerSecond={pxPerSecond} />
            <PieceLane pxPerSecond={pxPerSecond} />
            <CueLane pxPerSecond={pxPerSecond} />
          </div>
          {isWide && <div className="tl-head" ref={head} aria-hidden="true" />}
        </div>
      </div>
      {!isWide && <div className="tl-head tl-head-still" aria-hidden="true" />}
    </div>
  );
}
