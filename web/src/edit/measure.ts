/** What this browser can tell of a file before the server has looked at it. */
import type { SourceFacts } from '@vitrine/edit';

const LIMIT_MS = 8000;

/**
 * Length and size of a video or sound that this browser plays.
 * @returns undefined where it plays it not: the server's word is waited for then
 */
export function measure(file: Blob): Promise<SourceFacts | undefined> {
  const video = document.createElement('video');
  const address = URL.createObjectURL(file);
  video.muted = true;
  video.playsInline = true;
  video.preload = 'metadata';
  return new Promise<SourceFacts | undefined>((resolve) => {
    const timer = setTimeout(() => resolve(undefined), LIMIT_MS);
    const done = (): void => {
      clearTimeout(timer);
      resolve({
        durationMs: Math.round(video.duration * 1000),
        widthPx: video.videoWidth,
        heightPx: video.videoHeight,
        // Browsers say it only while it plays; the server corrects it.
        hasAudio: true,
      });
    };
    video.addEventListener('loadedmetadata', () => {
      if (Number.isFinite(video.duration)) return done();
      // A recording of this browser does not know its length before its end was reached.
      video.addEventListener('durationchange', () => Number.isFinite(video.duration) && done());
      video.currentTime = 1e7;
    });
    video.addEventListener('error', () => resolve(undefined), { once: true });
    video.src = address;
  }).finally(() => {
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(address);
  });
}
