/** Pictures of a clip side by side, each of the moment that stands there. */
import type { SourceKey } from '@vitrine/edit';
import type { Clip } from '@vitrine/schema';
import { useState } from 'react';
import { stripPicture, stripStyle, useStrip } from '../strip.ts';

const TILE_PX = 46;
const MOST_TILES = 120;

/** The tiles. */
export function ClipPictures({ sourceKey, clip, widthPx }: { sourceKey: SourceKey; clip: Clip; widthPx: number }) {
  const [, setRead] = useState(0);
  useStrip(sourceKey, () => setRead((count) => count + 1));
  const count = Math.min(MOST_TILES, Math.max(1, Math.ceil(widthPx / TILE_PX)));
  return (
    <span className="clip-tiles" aria-hidden="true">
      {Array.from({ length: count }, (_, place) => {
        const share = Math.min(1, ((place + 0.5) * TILE_PX) / widthPx);
        const picture = stripPicture(sourceKey, clip.inMs + share * (clip.outMs - clip.inMs));
        return <span key={place} className="clip-tile" style={stripStyle(picture)} />;
      })}
    </span>
  );
}
