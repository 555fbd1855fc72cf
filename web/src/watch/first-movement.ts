/** The moment at which a started video moves: until then it has network and processor for itself. */

/** A video that does not start keeps others waiting no longer than this. */
const LONGEST_WAIT_MS = 400;

/** Calls `act` once when the first new picture is shown, or after 0.4 s; never after `stop` was aborted, and aborts it. */
export function onFirstMovement(element: HTMLVideoElement, act: () => void, stop: AbortController): void {
  const { signal } = stop;
  const actOnce = (): void => {
    if (signal.aborted) return;
    stop.abort();
    act();
  };
  const look = (_nowMs: number, { mediaTime }: { mediaTime: number }): void => {
    if (mediaTime > 0) actOnce();
    else if (!signal.aborted) element.requestVideoFrameCallback(look);
  };
  if ('requestVideoFrameCallback' in element) element.requestVideoFrameCallback(look);
  else (element as HTMLVideoElement).addEventListener('timeupdate', actOnce, { signal });
  const timer = setTimeout(actOnce, LONGEST_WAIT_MS);
  signal.addEventListener('abort', () => clearTimeout(timer));
}
