/** A video element that is fed by us, so that no more is fetched than was decided. */

/** What feeds one element. */
export interface Stream {
  /** Bytes that follow those given before, or after `jump` the beginning of a fragment. */
  append(bytes: Uint8Array<ArrayBuffer>): void;
  /** What comes next does not follow what came before. */
  jump(): void;
  /** The last byte of the video was given. */
  end(): void;
  /** Milliseconds that can be played without a gap from a moment on. */
  heldMs(fromMs: number): number;
  /** Something given has not been taken in yet. */
  isBusy(): boolean;
  close(): void;
}

/** A gap so short is played over. */
const GAP_S = 0.25;

/** Whether this browser can be fed such a copy. */
export function canStream(codec: string): boolean {
  return 'MediaSource' in globalThis && MediaSource.isTypeSupported(typeOf(codec));
}

function typeOf(codec: string): string {
  return `video/mp4; codecs="${codec}"`;
}

/** Opens one. `onTaken`: everything given was taken in; `onBroken`: the browser takes no more of it. */
export function openStream(
  element: HTMLVideoElement,
  codec: string,
  { onTaken, onBroken }: { onTaken: () => void; onBroken: () => void },
): Stream {
  const source = new MediaSource();
  const url = URL.createObjectURL(source);
  const queue: (Uint8Array<ArrayBuffer> | 'jump' | 'end')[] = [];
  let buffer: SourceBuffer | undefined;
  let isClosed = false;
  const take = (): void => {
    if (isClosed || buffer === undefined || buffer.updating) return;
    try {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        if (typeof next !== 'string') return buffer.appendBuffer(next);
        if (next === 'end' && source.readyState === 'open') source.endOfStream();
        if (next === 'jump' && source.readyState === 'open') buffer.abort();
      }
      onTaken();
    } catch {
      onBroken();
    }
  };
  const open = (): void => {
    URL.revokeObjectURL(url);
    if (isClosed) return;
    try {
      buffer = source.addSourceBuffer(typeOf(codec));
    } catch {
      return onBroken();
    }
    buffer.addEventListener('updateend', take);
    take();
  };
  source.addEventListener('sourceopen', open, { once: true });
  element.src = url;
  const give = (what: (typeof queue)[number]): void => {
    queue.push(what);
    take();
  };
  return {
    append: give,
    jump: () => give('jump'),
    end: () => give('end'),
    heldMs: (fromMs) => heldFrom(element.buffered, fromMs / 1000) * 1000,
    isBusy: () => queue.length > 0 || buffer?.updating !== false,
    close: () => {
      isClosed = true;
      queue.length = 0;
      URL.revokeObjectURL(url);
    },
  };
}

/** Seconds from a moment to the end of the stretch that it lies in. */
function heldFrom(buffered: TimeRanges, fromS: number): number {
  for (let place = 0; place < buffered.length; place += 1) {
    const endS = buffered.end(place);
    if (buffered.start(place) <= fromS + GAP_S && endS > fromS) return endS - fromS;
  }
  return 0;
}
