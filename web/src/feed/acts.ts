/** What each key does to the video in view. */
import type { Card } from '@vitrine/schema';
import { setMark } from '../watch/marks.ts';
import { stepPhoto } from '../watch/photo-place.ts';
import type { Player } from '../watch/player.ts';
import { stepSpeed } from '../watch/speeds.ts';
import { toggleFullscreen } from '../watch/windowing.ts';
import type { KeyAct } from './keys.ts';
import type { Opened } from './Sheets.tsx';

const SEEK_S = 5;

/** Where the acts reach. */
export interface ActsReach {
  player: Player;
  card: Card | undefined;
  go: (direction: -1 | 1) => void;
  open: (what: Opened) => void;
  onSearch: () => void;
}

/** Does what a key stands for. */
export function doAct(act: KeyAct, { player, card, go, open, onSearch }: ActsReach): void {
  const toggle = (mark: 'like' | 'save', isOn: boolean | undefined): void => {
    if (card !== undefined) setMark(card.id, mark, isOn !== true);
  };
  const seek = (by: -1 | 1): void => {
    if (card?.kind === 'photos') stepPhoto(card, document.documentElement.dir === 'rtl' ? (-by as -1 | 1) : by);
    else player.video().currentTime += by * SEEK_S;
  };
  const acts: Record<KeyAct, () => void> = {
    next: () => go(1),
    previous: () => go(-1),
    pause: player.toggle,
    mute: () => player.setSound(player.state().isMuted),
    like: () => toggle('like', card?.viewer?.hasLiked),
    comments: () => open('comments'),
    share: () => open('share'),
    save: () => toggle('save', card?.viewer?.hasSaved),
    fullscreen: () => toggleFullscreen(player.video()),
    back: () => seek(-1),
    forward: () => seek(1),
    slower: () => stepSpeed(-1),
    faster: () => stepSpeed(1),
    why: () => open('why'),
    help: () => open('keys'),
    search: onSearch,
  };
  acts[act]();
}
