/** What runs inside a page to see a swipe as a person does: pixels frame by frame, and the first frame that moves. */

/** The post that must come into view, and the colour of its ground. */
interface SwipeExpected {
  postId: string;
  hueDegrees: number;
  direction: -1 | 1;
}

/**
 * Watches one swipe of the feed. Runs in the page: it may name nothing from outside itself.
 * @returns animation frames from the first one that shows a part of the next page until its own picture stands there and stays: 1 is at once
 */
export async function watchSwipe({ postId, hueDegrees, direction }: SwipeExpected): Promise<number> {
  const GIVE_UP_MS = 5000;
  const HUE_TOLERANCE = 14;
  const scroller = document.querySelector('.snap');
  if (scroller === null) throw new Error('no feed in the page');
  const canvas = new OffscreenCanvas(4, 4).getContext('2d', { willReadFrequently: true });
  const pageHeight = scroller.clientHeight;
  const fromPx = scroller.scrollTop;
  const place = Math.round(fromPx / pageHeight) + direction;

  const lies = (source: Element): boolean =>
    Math.abs(source.getBoundingClientRect().top - (place * pageHeight - scroller.scrollTop)) <= 2;
  /** The ground's colour as a person sees it: the layers of the page one over the other, sharp poster first, then the video where it is shown. */
  const isRightPicture = (): boolean => {
    if (canvas === null) return false;
    canvas.clearRect(0, 0, 4, 4);
    const poster = document.querySelector<HTMLImageElement>(`.snap-page[data-place="${place}"] .poster-sharp`);
    if (poster !== null && poster.naturalHeight > 0 && lies(poster))
      canvas.drawImage(poster, poster.naturalWidth / 2, poster.naturalHeight - 8, 4, 4, 0, 0, 4, 4);
    // A place of the ring that stands for no page lies at the top, hidden.
    for (const shown of document.querySelectorAll<HTMLVideoElement>('.slot video'))
      if (
        shown.readyState >= 2 &&
        lies(shown) &&
        shown.checkVisibility({ visibilityProperty: true, opacityProperty: true })
      )
        canvas.drawImage(shown, shown.videoWidth / 2, shown.videoHeight - 8, 4, 4, 0, 0, 4, 4);
    const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(1, 1, 1, 1).data;
    const cb = -0.169 * red - 0.331 * green + 0.5 * blue;
    const cr = 0.5 * red - 0.419 * green - 0.081 * blue;
    const turn = Math.abs((((Math.atan2(cr, cb) * 180) / Math.PI + 360) % 360) - hueDegrees);
    return alpha === 255 && Math.min(turn, 360 - turn) <= HUE_TOLERANCE;
  };

  return new Promise<number>((resolve, reject) => {
    setTimeout(() => reject(new Error(`post ${postId} did not come into view within ${GIVE_UP_MS} ms`)), GIVE_UP_MS);
    let sightedFrames = 0;
    let wrongFrames = 0;
    const look = (): void => {
      if (Math.abs(scroller.scrollTop - fromPx) >= 1) {
        sightedFrames += 1;
        if (!isRightPicture()) wrongFrames = sightedFrames;
      }
      const isThere = Math.abs(scroller.scrollTop - place * pageHeight) < 1;
      if (isThere && wrongFrames < sightedFrames) resolve(wrongFrames + 1);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** Milliseconds from the finger's leaving to the presentation of the first new frame of a video. Runs in the page. `starts`: this function plays it, as a bare page must. */
export async function watchMotion({ selector, starts }: { selector: string; starts: boolean }): Promise<number> {
  return new Promise<number>((resolve, reject) => {
    setTimeout(() => reject(new Error(`${selector} did not move within 5 s`)), 5000);
    addEventListener(
      'touchend',
      (lifted) => {
        const video = document.querySelector<HTMLVideoElement>(selector);
        const look = (_nowMs: number, frame: { mediaTime: number; presentationTime: number }): void => {
          if (frame.mediaTime > 0) resolve(frame.presentationTime - lifted.timeStamp);
          else video?.requestVideoFrameCallback(look);
        };
        video?.requestVideoFrameCallback(look);
        if (starts) void video?.play();
      },
      { once: true, capture: true },
    );
  });
}
