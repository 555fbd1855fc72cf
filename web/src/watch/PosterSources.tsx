/** The two copies of a poster, inside a `<picture>`. */
import type { Card } from '@vitrine/schema';

/**
 * The smaller copy where the browser reads it, else the JPEG. The picture's `<img>` must have no `src` of its own:
 * it is given before the element stands inside its picture, and Chromium would then fetch both copies.
 */
export function PosterSources({ poster }: { poster: Card['poster'] }) {
  return (
    <>
      <source type="image/avif" srcSet={poster.avifUrl} />
      <source type="image/jpeg" srcSet={poster.url} />
    </>
  );
}
