/** Frames of the chosen file, read in the browser, so that a cover can be picked before the upload has ended. */

/** One picture of the strip. */
export interface Frame {
  atMs: number;
  url: string;
}

const FRAMES = 7;
const FRAME_HEIGHT_PX = 192;
const SEEK_LIMIT_MS = 4000;

function once(video: HTMLVideoElement, name: 'loadeddata' | 'seeked', signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${name}`)), SEEK_LIMIT_MS);
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    video.addEventListener(name, done, { once: true, signal });
    video.addEventListener('error', () => reject(new Error('not playable here')), { once: true, signal });
  });
}

/**
 * Reads evenly spread frames of a video that this browser can play.
 * @returns [] where it cannot: the server's own strip is used then
 */
export async function readFrames(file: Blob, signal: AbortSignal): Promise<Frame[]> {
  const video = document.createElement('video');
  const address = URL.createObjectURL(file);
  video.muted = true;
  video.playsInline = true;
  video.preload = 'auto';
  video.src = address;
  const frames: Frame[] = [];
  try {
    await once(video, 'loadeddata', signal);
    if (!Number.isFinite(video.duration) || video.videoWidth === 0) return [];
    const canvas = document.createElement('canvas');
    canvas.height = FRAME_HEIGHT_PX;
    canvas.width = Math.max(1, Math.round((FRAME_HEIGHT_PX * video.videoWidth) / video.videoHeight));
    for (let place = 0; place < FRAMES && !signal.aborted; place += 1) {
      const atMs = (1000 * video.duration * (place + 0.5)) / FRAMES;
      const sought = once(video, 'seeked', signal);
      video.currentTime = atMs / 1000;
      await sought;
      canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise<Blob | null>((made) => canvas.toBlob(made, 'image/jpeg', 0.8));
      if (blob) frames.push({ atMs, url: URL.createObjectURL(blob) });
    }
  } catch {
    // Not a kind of file that this browser plays.
  } finally {
    video.removeAttribute('src');
    URL.revokeObjectURL(address);
  }
  return frames;
}
