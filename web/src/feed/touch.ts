/** What fingers do to the video in view. */
import { useEffect, useRef, type RefObject } from 'react';
import { listenForGestures } from '../watch/gesture.ts';
import { burstHeart } from '../watch/hearts.ts';
import { setMark } from '../watch/marks.ts';
import type { Player } from '../watch/player.ts';

/** What a finger can ask of the feed around the video. */
interface TouchAsks {
  /** The post in view. */
  id: () => string | undefined;
  onMenu: () => void;
  onHurry: (isOn: boolean) => void;
  onClear: () => void;
  /** A swipe towards the reading direction's end: the author. */
  onForward: () => void;
  onBack: () => void;
}

/** Wires the recogniser to player and feed. */
export function useTouch(scroller: RefObject<HTMLElement | null>, player: Player, asks: TouchAsks): void {
  const latest = useRef(asks);
  latest.current = asks;
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const layer = element.parentElement ?? element;
    return listenForGestures(element, {
      onTap: player.toggle,
      onDoubleTap: (spot) => {
        const id = latest.current.id();
        if (id !== undefined && setMark(id, 'like', true)) burstHeart(layer, spot);
      },
      onHoldCentre: () => latest.current.onMenu(),
      onHoldEdge: (isOn) => {
        player.hurry(isOn);
        latest.current.onHurry(isOn);
      },
      onSwipeSide: (direction) => {
        const isForward = (direction === -1) === (document.documentElement.dir !== 'rtl');
        if (isForward) latest.current.onForward();
        else latest.current.onBack();
      },
      onTwoFingerTap: () => latest.current.onClear(),
      onPinch: (zoom) => zoomTo(player.video(), zoom),
    });
  }, [player]);
}

function zoomTo(video: HTMLVideoElement, zoom: { scale: number; dx: number; dy: number } | undefined): void {
  if (zoom !== undefined) {
    video.style.transform = `translate(${zoom.dx}px, ${zoom.dy}px) scale(${zoom.scale})`;
    return;
  }
  video.animate([{ transform: video.style.transform }, { transform: 'none' }], {
    duration: 220,
    easing: 'cubic-bezier(.2,.9,.2,1)',
  });
  video.style.transform = '';
}
