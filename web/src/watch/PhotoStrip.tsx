/** The photos of a post, side by side: swiped, stepped by keys and buttons, with a line that says which one it is. */
import type { Card, Photo } from '@vitrine/schema';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { fullNumber, t } from '../words/words.ts';
import { photoPlace, setPhotoPlace, stepPhoto, usePhotoPlace } from './photo-place.ts';
import './photo-strip.css';

/** Photos that are fetched around the one in view. */
const FETCHED_EACH_SIDE = 1;
const TALL = 1.5;

/** The copies of one type, for the browser to choose from. */
function srcSetOf(photo: Photo, type: string): string {
  return photo.files
    .filter((file) => file.type === type)
    .map((file) => `${file.url} ${file.widthPx}w`)
    .join(', ');
}

function Picture({ photo, alt, isFetched }: { photo: Photo; alt: string; isFetched: boolean }) {
  const isTall = photo.heightPx / photo.widthPx >= TALL;
  return (
    <div className={`photo ${isTall ? 'is-tall' : ''}`}>
      <img className="photo-ground" src={photo.placeholder} alt="" aria-hidden="true" />
      {isFetched && (
        <picture>
          {['image/avif', 'image/webp', 'image/jpeg'].map((type) => (
            <source key={type} type={type} srcSet={srcSetOf(photo, type)} sizes="(min-width: 1024px) 56vh, 100vw" />
          ))}
          <img className="photo-sharp" alt={alt} decoding="async" draggable={false} />
        </picture>
      )}
    </div>
  );
}

/** After this a movement of ours is over, one way or another. */
const LONGEST_MOVE_MS = 700;
/** How far from its place a photo may rest. */
const AT_REST_PX = 2;

function distancePx(element: HTMLElement, place: number): number {
  const photo = element.children[place];
  return photo instanceof HTMLElement ? photo.offsetLeft - element.scrollLeft : 0;
}

function moveTo(element: HTMLElement, place: number): void {
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  element.scrollBy({ left: distancePx(element, place), behavior: isCalm ? 'instant' : 'smooth' });
}

/** Scrolls to the photo that keys or buttons chose, and tells which one a finger left in view. */
function useStrip(card: Card, place: number) {
  const strip = useRef<HTMLDivElement>(null);
  /** Where a movement of ours must end: what it passes, and where a finger's last swing would rest, is no choice. */
  const aim = useRef<number | undefined>(undefined);
  /** Where a finger has brought the strip: it is on its way there already, and needs no help. */
  const seen = useRef<number | undefined>(undefined);
  useEffect(() => {
    const element = strip.current;
    if (seen.current === place) return undefined;
    seen.current = undefined;
    if (element === null || Math.abs(distancePx(element, place)) < AT_REST_PX) return undefined;
    aim.current = place;
    moveTo(element, place);
    // A finger's last swing can end our movement without a word.
    const late = setTimeout(() => {
      if (aim.current !== place) return;
      aim.current = undefined;
      element.scrollBy({ left: distancePx(element, place), behavior: 'instant' });
    }, LONGEST_MOVE_MS);
    return () => clearTimeout(late);
  }, [place]);
  const onScroll = (): void => {
    const element = strip.current;
    if (element === null || element.clientWidth === 0 || aim.current !== undefined) return;
    // Chosen a moment ago, and not drawn yet.
    if (photoPlace(card.id) !== place) return;
    const inView = Math.round(Math.abs(element.scrollLeft) / element.clientWidth);
    if (inView !== place) seen.current = inView;
    setPhotoPlace(card.id, inView);
  };
  const onScrollEnd = (): void => {
    const element = strip.current;
    const aimed = aim.current;
    if (element === null || aimed === undefined) return;
    if (Math.abs(distancePx(element, aimed)) < AT_REST_PX) aim.current = undefined;
    else moveTo(element, aimed);
  };
  const onPointerDown = (): void => {
    aim.current = undefined;
  };
  return { ref: strip, onScroll, onScrollEnd, onPointerDown };
}

/** The photos themselves; they lie where a video would. */
export function PhotoStrip({ card, isShown }: { card: Card; isShown: boolean }) {
  const place = usePhotoPlace(card.id);
  const strip = useStrip(card, place);
  const nearest = isShown ? FETCHED_EACH_SIDE : 0;
  return (
    <div className="photo-strip" {...strip} inert={!isShown}>
      {card.photos.map((photo, index) => (
        <Picture
          key={index}
          photo={photo}
          alt={photo.altText || (card.photos.length === 1 && card.altText) || nameOf(card, index)}
          isFetched={Math.abs(index - place) <= nearest}
        />
      ))}
    </div>
  );
}

function nameOf({ photos }: Card, index: number): string {
  return t('watch.photoOf', { n: fullNumber(index + 1), all: fullNumber(photos.length) });
}

/** Which of them is in view, and the way to the others without a finger. */
export function PhotoSteps({ card }: { card: Card }) {
  const place = usePhotoPlace(card.id);
  const { photos } = card;
  if (photos.length < 2) return null;
  return (
    <div className="photo-steps" role="group" aria-label={t('watch.photos')}>
      <p className="photo-count glass num" role="status" aria-label={nameOf(card, place)}>
        <span dir="ltr">{`${fullNumber(place + 1)}/${fullNumber(photos.length)}`}</span>
      </p>
      <button
        type="button"
        className="photo-step is-back glass"
        aria-label={t('watch.previousPhoto')}
        disabled={place === 0}
        onClick={() => stepPhoto(card, -1)}
      >
        <ChevronLeft size={24} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="photo-step is-on glass"
        aria-label={t('watch.nextPhoto')}
        disabled={place === photos.length - 1}
        onClick={() => stepPhoto(card, 1)}
      >
        <ChevronRight size={24} aria-hidden="true" />
      </button>
      <div className="photo-line" aria-hidden="true">
        {photos.map((_, index) => (
          <span key={index} className={index === place ? 'is-here' : ''} />
        ))}
      </div>
    </div>
  );
}
