/** The picture: the scroller with its pages, and the small signs over it. */
import type { Card } from '@vitrine/schema';
import { lazy, Suspense, type RefObject } from 'react';
import { t } from '../words/words.ts';
import { TapForSound } from '../watch/Caption.tsx';
import type { Player } from '../watch/player.ts';
import { usePlayerState } from '../watch/player-state.ts';
import { useWatchPrefs, wantsSound } from '../watch/prefs.ts';
import { Slots } from './RingView.tsx';
import type { Videos } from './use-videos.ts';
import { VideoPage, type PageAround } from './VideoPage.tsx';

const Corner = lazy(() => import('./Corner.tsx'));

const DRAWN_EACH_SIDE = 1;

/** How the picture is seen just now. */
export interface View {
  isScrubbing: boolean;
  isClear: boolean;
  isHurried: boolean;
}

/** Small things that come and go over the video, whichever it is. */
function Signs({
  card,
  player,
  view,
  onShowAll,
}: {
  card: Card | undefined;
  player: Player;
  view: View;
  onShowAll: () => void;
}) {
  const state = usePlayerState(player);
  const prefs = useWatchPrefs();
  const isUnasked = !wantsSound() && prefs.hasSound === null;
  const isSilent = card?.hasAudio === true && state.isMuted && !state.isPaused;
  return (
    <>
      {isSilent && (state.blocked === 'sound' || isUnasked) && <TapForSound onPress={() => player.setSound(true)} />}
      {view.isHurried && <span className="hurry-pill glass num">2×</span>}
      {view.isClear && (
        <button type="button" className="clear-off glass" onClick={onShowAll}>
          {t('watch.showControls')}
        </button>
      )}
    </>
  );
}

interface StageProps {
  ids: readonly string[];
  videos: Videos;
  around: PageAround;
  view: View;
  /** Small, above the comment sheet. */
  isShrunk: boolean;
  onSee: (change: Partial<View>) => void;
  places: { scroller: RefObject<HTMLDivElement | null>; pullSign: RefObject<HTMLDivElement | null> };
}

/** The stage. */
export function Stage({ ids, videos, around, view, isShrunk, onSee, places }: StageProps) {
  const { player, shown, card } = videos;
  const name = `stage ${isShrunk ? 'is-shrunk' : ''} ${view.isScrubbing ? 'is-scrubbing' : ''} ${view.isClear ? 'is-clear' : ''}`;
  return (
    <div className={name}>
      <div className="snap" ref={places.scroller} tabIndex={-1}>
        <Slots player={player} shown={shown} ids={ids} />
        <div className="pages" role="feed" aria-label={t('feed.videos')}>
          {ids.map((id, place) => (
            <div key={id} className="snap-page" data-place={place}>
              {Math.abs(place - shown) <= DRAWN_EACH_SIDE && (
                <VideoPage id={id} place={place} isShown={place === shown} around={around} />
              )}
            </div>
          ))}
        </div>
      </div>
      <Suspense fallback={null}>{around.isWide && <Corner card={card} player={player} />}</Suspense>
      <Signs card={card} player={player} view={view} onShowAll={() => onSee({ isClear: false })} />
      <div className="pull-sign glass" ref={places.pullSign} aria-hidden="true" />
    </div>
  );
}
