/** Fingers and mouse on the picture: tap, double tap, hold, sideways swipe, pinch, two-finger tap. */

const MOVED_PX = 10;
const TAP_MS = 300;
const DOUBLE_TAP_MS = 240;
const DOUBLE_TAP_PX = 80;
const HOLD_MS = 500;
const SWIPE_PX = 50;
const EDGE_SHARE = 0.25;
const MAX_ZOOM = 4;

/** A place in the window. */
interface Spot {
  x: number;
  y: number;
}
/** What is recognised. */
interface Gestures {
  /** After the double-tap window has passed. */
  onTap: () => void;
  /** The second tap and each further one of a quick row. */
  onDoubleTap: (spot: Spot) => void;
  /** A hold in the middle half, or the right mouse button. */
  onHoldCentre: () => void;
  /** A hold in an outer quarter began or ended. */
  onHoldEdge: (isOn: boolean) => void;
  /** -1 for a finger moving to the left, 1 to the right. */
  onSwipeSide: (direction: -1 | 1) => void;
  onTwoFingerTap: () => void;
  /** While two fingers spread: how much, and how far their middle moved; `undefined` when they leave. */
  onPinch: (zoom: { scale: number; dx: number; dy: number } | undefined) => void;
}

interface Finger extends Spot {
  startX: number;
  startY: number;
  atMs: number;
}
interface Pinch extends Spot {
  gapPx: number;
  hasMoved: boolean;
  atMs: number;
}
/** One hand on the element. `held`: the touch has become a hold (at the edge) or something else than a tap (done). */
interface Hand {
  element: HTMLElement;
  to: Gestures;
  fingers: Map<number, Finger>;
  holdTimer: ReturnType<typeof setTimeout> | undefined;
  tapTimer: ReturnType<typeof setTimeout> | undefined;
  lastTap: (Spot & { atMs: number }) | undefined;
  held: 'no' | 'edge' | 'done';
  pinch: Pinch | undefined;
}

function betweenFingers(hand: Hand): Spot & { gapPx: number } {
  const [one, other] = [...hand.fingers.values()] as [Finger, Finger];
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2, gapPx: Math.hypot(one.x - other.x, one.y - other.y) };
}

function startHold(hand: Hand, x: number): void {
  clearTimeout(hand.holdTimer);
  hand.holdTimer = setTimeout(() => {
    const box = hand.element.getBoundingClientRect();
    const share = (x - box.left) / box.width;
    hand.held = share < EDGE_SHARE || share > 1 - EDGE_SHARE ? 'edge' : 'done';
    if (hand.held === 'edge') hand.to.onHoldEdge(true);
    else hand.to.onHoldCentre();
  }, HOLD_MS);
}

function stopHold(hand: Hand): void {
  clearTimeout(hand.holdTimer);
  if (hand.held === 'edge') hand.to.onHoldEdge(false);
}

function endPinch(hand: Hand, event: PointerEvent): void {
  const { pinch } = hand;
  hand.pinch = undefined;
  if (pinch === undefined) return;
  if (pinch.hasMoved) hand.to.onPinch(undefined);
  else if (event.type === 'pointerup' && event.timeStamp - pinch.atMs < TAP_MS) hand.to.onTwoFingerTap();
}

function tap(hand: Hand, spot: Spot, atMs: number): void {
  const { lastTap } = hand;
  const isRow =
    lastTap !== undefined &&
    atMs - lastTap.atMs < DOUBLE_TAP_MS &&
    Math.hypot(spot.x - lastTap.x, spot.y - lastTap.y) < DOUBLE_TAP_PX;
  hand.lastTap = { ...spot, atMs };
  clearTimeout(hand.tapTimer);
  if (isRow) hand.to.onDoubleTap(spot);
  else hand.tapTimer = setTimeout(hand.to.onTap, DOUBLE_TAP_MS);
}

function onDown(hand: Hand, event: PointerEvent): void {
  const isControl = (event.target as Element).closest('button,a,input,[data-no-gesture]') !== null;
  if (isControl || (event.pointerType === 'mouse' && event.button !== 0)) return;
  hand.fingers.set(event.pointerId, {
    x: event.clientX,
    y: event.clientY,
    startX: event.clientX,
    startY: event.clientY,
    atMs: event.timeStamp,
  });
  if (hand.fingers.size === 1) {
    hand.held = 'no';
    startHold(hand, event.clientX);
  } else if (hand.fingers.size === 2) {
    stopHold(hand);
    hand.held = 'done';
    hand.pinch = { ...betweenFingers(hand), hasMoved: false, atMs: event.timeStamp };
  }
}

function onMove(hand: Hand, event: PointerEvent): void {
  const finger = hand.fingers.get(event.pointerId);
  if (finger === undefined) return;
  finger.x = event.clientX;
  finger.y = event.clientY;
  if (hand.held === 'no' && Math.hypot(finger.x - finger.startX, finger.y - finger.startY) > MOVED_PX)
    clearTimeout(hand.holdTimer);
  const { pinch } = hand;
  if (pinch === undefined || hand.fingers.size !== 2) return;
  const now = betweenFingers(hand);
  if (Math.abs(now.gapPx - pinch.gapPx) > MOVED_PX) pinch.hasMoved = true;
  if (pinch.hasMoved)
    hand.to.onPinch({
      scale: Math.min(MAX_ZOOM, Math.max(1, now.gapPx / pinch.gapPx)),
      dx: now.x - pinch.x,
      dy: now.y - pinch.y,
    });
}

function onUp(hand: Hand, event: PointerEvent): void {
  const finger = hand.fingers.get(event.pointerId);
  hand.fingers.delete(event.pointerId);
  if (finger === undefined) return;
  stopHold(hand);
  endPinch(hand, event);
  if (hand.held !== 'no') {
    if (hand.fingers.size === 0) hand.held = 'no';
    return;
  }
  const dx = event.clientX - finger.startX;
  const dy = event.clientY - finger.startY;
  if (Math.hypot(dx, dy) < MOVED_PX && event.timeStamp - finger.atMs < TAP_MS)
    tap(hand, { x: event.clientX, y: event.clientY }, event.timeStamp);
  else if (event.pointerType !== 'mouse' && Math.abs(dx) > SWIPE_PX && Math.abs(dx) > 1.5 * Math.abs(dy))
    hand.to.onSwipeSide(dx < 0 ? -1 : 1);
}

function onCancel(hand: Hand, event: PointerEvent): void {
  hand.fingers.delete(event.pointerId);
  stopHold(hand);
  endPinch(hand, event);
  if (hand.fingers.size === 0) hand.held = 'no';
}

/** The right mouse button opens our own sheet; a long touch is ours already and opens nothing of the browser's. */
function onMenu(hand: Hand, event: MouseEvent): void {
  if ((event.target as Element).closest('input,textarea,a') !== null) return;
  event.preventDefault();
  if ((event as PointerEvent).pointerType === 'mouse') hand.to.onHoldCentre();
}

/** Listens on the element; gives the way to stop. */
export function listenForGestures(element: HTMLElement, to: Gestures): () => void {
  const hand: Hand = {
    element,
    to,
    fingers: new Map(),
    holdTimer: undefined,
    tapTimer: undefined,
    lastTap: undefined,
    held: 'no',
    pinch: undefined,
  };
  const stop = new AbortController();
  const { signal } = stop;
  element.addEventListener('pointerdown', (event) => onDown(hand, event), { signal });
  addEventListener('pointermove', (event) => onMove(hand, event), { passive: true, signal });
  addEventListener('pointerup', (event) => onUp(hand, event), { signal });
  addEventListener('pointercancel', (event) => onCancel(hand, event), { signal });
  element.addEventListener('contextmenu', (event) => onMenu(hand, event), { signal });
  return () => {
    clearTimeout(hand.holdTimer);
    clearTimeout(hand.tapTimer);
    stop.abort();
  };
}
