/** The ring's elements in the page, and the ambient light behind them. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { heldCard, isTall } from '../watch/cards.ts';
import { RING, type Player } from '../watch/player.ts';

/** Which number of the list a place of the ring shows, when `shown` is the one in view; -1 for none. */
export function placeOf(slot: number, shown: number): number {
  return [shown, shown + 1, shown - 1].find((place) => place >= 0 && place % RING === slot) ?? -1;
}

/** Moves a video without stopping it, where the browser can. */
function moveInto(
  host: HTMLElement & { moveBefore?: (node: Node, before: Node | null) => void },
  video: HTMLVideoElement,
): void {
  if (video.isConnected && host.moveBefore !== undefined) host.moveBefore(video, null);
  else host.append(video);
}

/** Three places in a fixed order; a place travels to its page by transform, its video never moves in the tree. */
export function Slots({ player, shown, ids }: { player: Player; shown: number; ids: readonly string[] }) {
  const hosts = useRef<(HTMLDivElement | null)[]>([]);
  useLayoutEffect(() => {
    for (const [slot, video] of player.videos.entries()) {
      const host = hosts.current[slot];
      if (host !== null && host !== undefined && video.parentNode !== host) moveInto(host, video);
    }
  }, [player]);
  return (
    <>
      {player.videos.map((_, slot) => {
        const place = placeOf(slot, shown);
        const card = heldCard(ids[place] ?? '');
        return (
          <div
            key={slot}
            aria-hidden="true"
            className={`slot ${card !== undefined && isTall(card) ? 'is-tall' : ''}`}
            style={{
              transform: `translateY(${Math.max(0, place) * 100}%)`,
              visibility: place < 0 ? 'hidden' : 'visible',
            }}
            ref={(element) => {
              hosts.current[slot] = element;
            }}
          />
        );
      })}
    </>
  );
}

/** The video's own colours, blurred, behind everything: two layers that cross-fade. */
export function Ambient({ url }: { url: string }) {
  const [layers, setLayers] = useState<readonly string[]>([url]);
  useEffect(() => {
    setLayers((before) => (before.at(-1) === url ? before : [...before.slice(-1), url]));
  }, [url]);
  return (
    <div className="ambient" aria-hidden="true">
      {layers.map((layer) => (
        <img key={layer} src={layer} alt="" />
      ))}
    </div>
  );
}
