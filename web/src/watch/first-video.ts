/**
 * The server's page of a post already holds its card and a playing video, so that the first frame needs no script:
 * `<script type="application/json" id="first-card">` and `<video id="first-video">` inside `#app`. The app goes on with both.
 */
import type { Card } from '@vitrine/schema';
import { holdCards } from './cards.ts';

let first: { card: Card; video: HTMLVideoElement | undefined } | undefined | null;

function read(): typeof first {
  const text = document.getElementById('first-card')?.textContent;
  if (text === undefined || text === null || text === '') return null;
  const card = JSON.parse(text) as Card;
  const video = document.getElementById('first-video');
  holdCards([card]);
  return { card, video: video instanceof HTMLVideoElement ? video : undefined };
}

/** The card that came with the page, once held for all screens. */
export function firstCard(): Card | undefined {
  if (first === undefined) first = read();
  return first?.card;
}

/** The video that came with the page, if it shows this post; given away once. */
export function takeFirstVideo(id: string | undefined): HTMLVideoElement | undefined {
  const card = firstCard();
  const video = first?.video;
  if (card === undefined || video === undefined || card.id !== id || !video.isConnected) return undefined;
  first = { card, video: undefined };
  video.removeAttribute('id');
  video.removeAttribute('controls');
  video.removeAttribute('poster');
  video.className = '';
  // Captions are drawn by watch/Captions.tsx, which brings its own.
  for (const track of video.querySelectorAll('track')) track.remove();
  video.dataset['post'] = card.id;
  video.dataset['first'] = '';
  return video;
}
