/** Pull down at the top to ask for newer videos. */
import { useEffect, useRef, type RefObject } from 'react';

const RELEASE_PX = 84;
const RESISTANCE = 0.45;

/** Moves `pulled` with the finger and calls `onRefresh` past the mark. Only on the first video. */
export function usePull(
  scroller: RefObject<HTMLElement | null>,
  pulled: RefObject<HTMLElement | null>,
  onRefresh: () => void,
): void {
  const latest = useRef(onRefresh);
  latest.current = onRefresh;
  useEffect(() => {
    const element = scroller.current;
    const sign = pulled.current;
    if (element === null || sign === null) return undefined;
    let startY: number | undefined;
    let pullPx = 0;
    const show = (px: number): void => {
      sign.style.opacity = String(Math.min(1, px / RELEASE_PX));
      sign.style.transform = `translateY(${px}px) rotate(${px * 3}deg)`;
    };
    const onStart = (event: TouchEvent): void => {
      startY = element.scrollTop <= 0 && event.touches.length === 1 ? event.touches[0]?.clientY : undefined;
      pullPx = 0;
    };
    const onMove = (event: TouchEvent): void => {
      if (startY === undefined || element.scrollTop > 0) return;
      pullPx = Math.max(0, ((event.touches[0]?.clientY ?? startY) - startY) * RESISTANCE);
      show(Math.min(pullPx, RELEASE_PX * 1.2));
    };
    const onEnd = (): void => {
      if (pullPx > RELEASE_PX) latest.current();
      if (pullPx > 0) {
        const from = sign.style.transform;
        show(0);
        sign.animate(
          [
            { transform: from, opacity: 1 },
            { transform: 'translateY(0)', opacity: 0 },
          ],
          { duration: 220, easing: 'cubic-bezier(.2,.8,.2,1)' },
        );
      }
      startY = undefined;
      pullPx = 0;
    };
    element.addEventListener('touchstart', onStart, { passive: true });
    element.addEventListener('touchmove', onMove, { passive: true });
    element.addEventListener('touchend', onEnd, { passive: true });
    element.addEventListener('touchcancel', onEnd, { passive: true });
    return () => {
      element.removeEventListener('touchstart', onStart);
      element.removeEventListener('touchmove', onMove);
      element.removeEventListener('touchend', onEnd);
      element.removeEventListener('touchcancel', onEnd);
    };
  }, []);
}
