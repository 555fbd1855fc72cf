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
export interface Spot {
  x: number;
  y: number;
}
/** What is recognised. */
export interface Gestures {
  /** After the double-tap window has passed. */
  onTap: () => void;
  /** The second tap and each further one of a quick row. */
  onDoubleTap: (spot: Spot) => void;
  /** A hold in the middle half. */
  onHoldCentre: (spot: Spot) => void;
  /** A hold in an outer quarter began or ended. */
  onHoldEdge: (isOn: boolean) => void;
  /** -1 for a finger moving to the left, 1 to the right. */
  onSwipeSide: (direction: -1 | 1) => void;
  onTwoFingerTap: () => void;
  /** While two fingers spread: how much, and around where; `undefined` when they leave. */
  onPinch: (zoom: { scale: number; dx: number; dy: number } | undefined) => void;
}

interface Finger extends Spot {
  id: number;
  startX: number;
  startY: number;
  atMs: number;
}

/** Listens on the element; gives the way to stop. */
export function listenForGestures(element: HTMLElement, to: Gestures): () => void {
  const fingers = new Map<number, Finger>();
  let holdTimer: ReturnType<typeof setTimeout> | undefined;
  let tapTimer: ReturnType<typeof setTimeout> | undefined;
  let lastTap: (Spot & { atMs: number }) | undefined;
  let holding: 'no' | 'edge' | 'done' = 'no';
  let pinch: { gapPx: number; middle: Spot; hasMoved: boolean; atMs: number } | undefined;

  const stopHold = (): void => {
    clearTimeout(holdTimer);
    if (holding === 'edge') to.onHoldEdge(false);
  };
  const middleOf = (): Spot & { gapPx: number } => {
    const [one, other] = [...fingers.values()] as [Finger, Finger];
    return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2, gapPx: Math.hypot(one.x - other.x, one.y - other.y) };
  };
  const startHold = (spot: Spot): void => {
    clearTimeout(holdTimer);
    holdTimer = setTimeout(() => {
      const box = element.getBoundingClientRect();
      const share = (spot.x - box.left) / box.width;
      if (share < EDGE_SHARE || share > 1 - EDGE_SHARE) {
        holding = 'edge';
        to.onHoldEdge(true);
      } else {
        holding = 'done';
        to.onHoldCentre(spot);
      }
    }, HOLD_MS);
  };
  const isOurs = (event: PointerEvent): boolean => (event.target as Element).closest('button,a,input,[data-no-gesture]') === null;

  const onDown = (event: PointerEvent): void => {
    if (!isOurs(event) || (event.pointerType === 'mouse' && event.button !== 0)) return;
    fingers.set(event.pointerId, { id: event.pointerId, x: event.clientX, y: event.clientY, startX: event.clientX, startY: event.clientY, atMs: event.timeStamp });
    if (fingers.size === 1) {
      holding = 'no';
      startHold({ x: event.clientX, y: event.clientY });
    } else if (fingers.size === 2) {
      stopHold();
      holding = 'done';
      const { gapPx, x, y } = middleOf();
      pinch = { gapPx, middle: { x, y }, hasMoved: false, atMs: event.timeStamp };
    }
  };
  const onMove = (event: PointerEvent): void => {
    const finger = fingers.get(event.pointerId);
    if (finger === undefined) return;
    finger.x = event.clientX;
    finger.y = event.clientY;
    const isFar = Math.hypot(finger.x - finger.startX, finger.y - finger.startY) > MOVED_PX;
    if (isFar && holding === 'no') clearTimeout(holdTimer);
    if (pinch === undefined || fingers.size !== 2) return;
    const now = middleOf();
    if (Math.abs(now.gapPx - pinch.gapPx) > MOVED_PX) pinch.hasMoved = true;
    if (pinch.hasMoved) to.onPinch({ scale: Math.min(MAX_ZOOM, Math.max(1, now.gapPx / pinch.gapPx)), dx: now.x - pinch.middle.x, dy: now.y - pinch.middle.y });
  };
  const endPinch = (event: PointerEvent): void => {
    if (pinch === undefined) return;
    if (pinch.hasMoved) to.onPinch(undefined);
    else if (event.type === 'pointerup' && event.timeStamp - pinch.atMs < TAP_MS) to.onTwoFingerTap();
    pinch = undefined;
  };
  const tap = (spot: Spot, atMs: number): void => {
    const isRow = lastTap !== undefined && atMs - lastTap.atMs < DOUBLE_TAP_MS && Math.hypot(spot.x - lastTap.x, spot.y - lastTap.y) < DOUBLE_TAP_PX;
    lastTap = { ...spot, atMs };
    clearTimeout(tapTimer);
    if (isRow) to.onDoubleTap(spot);
    else tapTimer = setTimeout(to.onTap, DOUBLE_TAP_MS);
  };
  const onUp = (event: PointerEvent): void => {
    const finger = fingers.get(event.pointerId);
    fingers.delete(event.pointerId);
    if (finger === undefined) return;
    stopHold();
    endPinch(event);
    if (holding !== 'no') {
      if (fingers.size === 0) holding = 'no';
      return;
    }
    const dx = event.clientX - finger.startX;
    const dy = event.clientY - finger.startY;
    if (Math.hypot(dx, dy) < MOVED_PX && event.timeStamp - finger.atMs < TAP_MS) tap({ x: event.clientX, y: event.clientY }, event.timeStamp);
    else if (event.pointerType !== 'mouse' && Math.abs(dx) > SWIPE_PX && Math.abs(dx) > 1.5 * Math.abs(dy)) to.onSwipeSide(dx < 0 ? -1 : 1);
  };
  const onCancel = (event: PointerEvent): void => {
    fingers.delete(event.pointerId);
    stopHold();
    endPinch(event);
    if (fingers.size === 0) holding = 'no';
  };
  const onMenu = (event: MouseEvent): void => {
    if ((event.target as Element).closest('input,textarea,a') !== null) return;
    event.preventDefault();
    if ((event as PointerEvent).pointerType === 'mouse') to.onHoldCentre({ x: event.clientX, y: event.clientY });
  };

  element.addEventListener('pointerdown', onDown);
  addEventListener('pointermove', onMove, { passive: true });
  addEventListener('pointerup', onUp);
  addEventListener('pointercancel', onCancel);
  element.addEventListener('contextmenu', onMenu);
  return () => {
    clearTimeout(holdTimer);
    clearTimeout(tapTimer);
    element.removeEventListener('pointerdown', onDown);
    removeEventListener('pointermove', onMove);
    removeEventListener('pointerup', onUp);
    removeEventListener('pointercancel', onCancel);
    element.removeEventListener('contextmenu', onMenu);
  };
}
