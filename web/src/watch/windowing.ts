/** Full screen and picture in picture, where the browser has them. */

/** Fills the screen with the feed (so that swiping goes on), or leaves it. iPhones can only fill it with the video. */
export function toggleFullscreen(video: HTMLVideoElement): void {
  if (document.fullscreenElement !== null) void document.exitFullscreen();
  else if (document.fullscreenEnabled) void document.documentElement.requestFullscreen();
  else (video as { webkitEnterFullscreen?: () => void }).webkitEnterFullscreen?.();
}

/** A small window above others, or back. */
export function togglePip(video: HTMLVideoElement): void {
  if (document.pictureInPictureElement !== null) void document.exitPictureInPicture();
  else if (document.pictureInPictureEnabled) video.requestPictureInPicture().catch(() => undefined);
}
