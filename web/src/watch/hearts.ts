/** The heart that bursts at the finger. With reduced motion nothing flies: the rail's heart fills. */

const BURST_MS = 420;
const SHAPE = 'M12 20.7 4.3 13a5.3 5.3 0 0 1 7.5-7.5l.2.2.2-.2a5.3 5.3 0 0 1 7.5 7.5z';
const SVG = 'http://www.w3.org/2000/svg';

/** Lets one heart rise at a place of the window, leaning a little to one side. */
export function burstHeart(layer: HTMLElement, at: { x: number; y: number }): void {
  navigator.vibrate?.(12);
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const box = layer.getBoundingClientRect();
  const heart = document.createElementNS(SVG, 'svg');
  heart.setAttribute('viewBox', '0 0 24 24');
  heart.setAttribute('class', 'burst');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', SHAPE);
  heart.append(path);
  heart.style.left = `${at.x - box.left - 48}px`;
  heart.style.top = `${at.y - box.top - 64}px`;
  layer.append(heart);
  const lean = (Math.round(at.x + at.y) % 5) * 7 - 14;
  const flight = heart.animate(
    [
      { transform: `rotate(${lean}deg) scale(.6)`, opacity: 0 },
      { transform: `rotate(${lean}deg) scale(1.15)`, opacity: 1, offset: 0.3 },
      { transform: `rotate(${lean}deg) scale(1)`, opacity: 1, offset: 0.55 },
      { transform: `translateY(-40px) rotate(${lean}deg) scale(1)`, opacity: 0 },
    ],
    { duration: BURST_MS * 1.6, easing: 'cubic-bezier(.2,1.4,.4,1)' },
  );
  const remove = (): void => heart.remove();
  flight.finished.then(remove, remove);
}
