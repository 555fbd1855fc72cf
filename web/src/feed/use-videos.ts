/** The list in motion: which video is in view, its player, and how one gets to the next. */
import type { Card } from '@vitrine/schema';
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { heldCard, useCard } from '../watch/cards.ts';
import { takeFirstVideo } from '../watch/first-video.ts';
import { createPlayer, type Player } from '../watch/player.ts';
import { refreshIfOld } from '../watch/refresh.ts';
import { useSnap } from './snap.ts';

const NEAR_END = 4;

/** The list and what hears of its movement. */
interface VideosOptions {
  ids: readonly string[];
  startAt: number;
  scroller: RefObject<HTMLElement | null>;
  onNearEnd?: (() => void) | undefined;
  onPlace?: ((id: string, place: number) => void) | undefined;
}
/** What the feed shows and steers. */
export interface Videos {
  player: Player;
  shown: number;
  id: string | undefined;
  card: Card | undefined;
  go: (direction: -1 | 1) => void;
}

/** Makes the player once and keeps it at the place in view. */
export function useVideos({ ids, startAt, scroller, onNearEnd, onPlace }: VideosOptions): Videos {
  const [shown, setShown] = useState(startAt);
  const latest = useRef({ ids, go: (_direction: -1 | 1): void => undefined });
  const [player] = useState(() => {
    const first = takeFirstVideo(ids[startAt]);
    return createPlayer(() => latest.current.go(1), first && { video: first, place: startAt });
  });
  latest.current.ids = ids;
  const cardAt = (place: number): Card | undefined => heldCard(latest.current.ids[place] ?? '');
  const { go } = useSnap({
    scroller,
    count: ids.length,
    startAt,
    onCommit: (place) => {
      player.show(place, cardAt);
      setShown(place);
    },
  });
  latest.current.go = go;
  useLayoutEffect(() => player.show(startAt, cardAt), []);
  useEffect(() => player.close, []);
  useEffect(() => player.show(player.state().place, cardAt), [ids]);
  const id = ids[shown];
  useEffect(() => {
    if (id !== undefined) onPlace?.(id, shown);
    if (shown >= ids.length - NEAR_END) onNearEnd?.();
    void refreshIfOld([ids[shown + 1], ids[shown + 2]]);
  }, [id, shown, ids.length]);
  return { player, shown, id, card: useCard(id), go };
}
