/** A list of videos, one per page: the ring of players, gestures, keys, sheets. Used by the feed and by a post's own page. */
import type { Card } from '@vitrine/schema';
import { lazy, Suspense, useRef, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useIsWide } from '../ui/wide.ts';
import { t } from '../words/words.ts';
import { TapForSound } from '../watch/Caption.tsx';
import type { Player } from '../watch/player.ts';
import { usePlayerState } from '../watch/player-state.ts';
import { useWatchPrefs, wantsSound } from '../watch/prefs.ts';
import { doAct } from './acts.ts';
import { useKeys } from './keys.ts';
import { usePull } from './pull.ts';
import { Ambient, Slots } from './RingView.tsx';
import { Sheets, type Opened } from './Sheets.tsx';
import { useTouch } from './touch.ts';
import { useVideos } from './use-videos.ts';
import { VideoPage } from './VideoPage.tsx';
import { useWheel } from './wheel.ts';
import '../watch/watch.css';
import './feed.css';

const Corner = lazy(() => import('./Corner.tsx'));
const Beside = lazy(() => import('./Beside.tsx'));

const DRAWN_EACH_SIDE = 1;

interface SnapFeedProps {
  ids: readonly string[];
  startAt?: number;
  /** Fewer than a few videos are left. */
  onNearEnd?: () => void;
  onPlace?: (id: string, place: number) => void;
  onPull?: () => void;
  /** A finger moved backwards: the tab before. */
  onBack?: () => void;
  /** Over the first page: tabs and search. */
  top?: ReactNode;
  /** Stands beside the player on wide pages in place of the comment panel. */
  side?: (card: Card) => ReactNode;
  /** The comment to mark, from a deep link. */
  commentId?: string | undefined;
}

/** How the picture is seen just now. */
interface View {
  isScrubbing: boolean;
  isClear: boolean;
  isHurried: boolean;
}

/** Small things that come and go over the video, whichever it is. */
function StageSigns({
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
  return (
    <>
      {card?.hasAudio === true && state.isMuted && !state.isPaused && (state.blocked === 'sound' || isUnasked) && (
        <TapForSound onPress={() => player.setSound(true)} />
      )}
      {view.isHurried && <span className="hurry-pill glass num">2×</span>}
      {view.isClear && (
        <button type="button" className="clear-off glass" onClick={onShowAll}>
          {t('watch.showControls')}
        </button>
      )}
    </>
  );
}

/** The whole feed. */
export function SnapFeed({
  ids,
  startAt = 0,
  onNearEnd,
  onPlace,
  onPull,
  onBack,
  top,
  side,
  commentId,
}: SnapFeedProps) {
  const [, navigate] = useLocation();
  const isWide = useIsWide();
  const area = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const pullSign = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<Opened>(commentId === undefined ? 'none' : 'comments');
  const [view, setView] = useState<View>({ isScrubbing: false, isClear: false, isHurried: false });
  const { player, shown, id, card, go } = useVideos({ ids, startAt, scroller, onNearEnd, onPlace });
  const see = (change: Partial<View>): void => setView((before) => ({ ...before, ...change }));
  const open = (what: Opened): void => setOpened((before) => (before === what ? 'none' : what));
  const isWithin = side !== undefined && isWide;
  useWheel(area, go);
  usePull(scroller, pullSign, () => onPull?.());
  useKeys((act) => doAct(act, { player, card, go, open, onSearch: () => navigate('/search') }));
  useTouch(scroller, player, {
    id: () => id,
    onMenu: () => setOpened('share'),
    onHurry: (isHurried) => see({ isHurried }),
    onClear: () => see({ isClear: !view.isClear }),
    onForward: () => card !== undefined && navigate(`/@${card.account.handle}`),
    onBack: () => onBack?.(),
  });
  const around = {
    player,
    isWide,
    onComments: () => open('comments'),
    onShare: () => setOpened('share'),
    onScrub: (isScrubbing: boolean) => see({ isScrubbing }),
  };
  const steps = { go, isFirst: shown === 0, isLast: shown >= ids.length - 1 };
  const isShrunk = !isWide && opened === 'comments';
  const names = [
    isShrunk && 'has-sheet',
    isWide && !isWithin && opened === 'comments' && 'has-panel',
    isWithin && 'has-side',
  ];
  const stageNames = [isShrunk && 'is-shrunk', view.isScrubbing && 'is-scrubbing', view.isClear && 'is-clear'];
  return (
    <section className={`feed ${names.filter(Boolean).join(' ')}`} ref={area}>
      {card !== undefined && <Ambient url={card.poster.placeholder} />}
      <div className={`stage ${stageNames.filter(Boolean).join(' ')}`}>
        <div
          className="snap"
          ref={scroller}
          role="feed"
          aria-label={t('feed.videos')}
          aria-busy={ids.length === 0}
          tabIndex={-1}
        >
          <Slots player={player} shown={shown} ids={ids} />
          {ids.map((each, place) => (
            <div key={each} className="snap-page" data-place={place}>
              {Math.abs(place - shown) <= DRAWN_EACH_SIDE && (
                <VideoPage id={each} place={place} isShown={place === shown} around={around} />
              )}
            </div>
          ))}
        </div>
        <Suspense fallback={null}>{isWide && <Corner card={card} player={player} />}</Suspense>
        <StageSigns card={card} player={player} view={view} onShowAll={() => see({ isClear: false })} />
        <div className="pull-sign glass" ref={pullSign} aria-hidden="true" />
      </div>
      <Suspense fallback={null}>
        {isWide && card !== undefined && (
          <Beside
            card={card}
            player={player}
            steps={steps}
            onComments={around.onComments}
            onShare={around.onShare}
            onKeys={() => open('keys')}
          />
        )}
      </Suspense>
      {top}
      {isWithin && card !== undefined && side(card)}
      {opened !== 'none' && card !== undefined && (
        <Sheets
          opened={opened}
          card={card}
          player={player}
          isWide={isWide}
          hasSide={isWithin}
          commentId={commentId}
          onClose={() => setOpened('none')}
          onClear={() => see({ isClear: true })}
        />
      )}
      <div className="visually-hidden" role="status" aria-live="polite">
        {card?.viewer?.hasLiked === true ? t('watch.liked') : ''}
      </div>
    </section>
  );
}
