/** A list of videos, one per page: the ring of players, gestures, keys, sheets. Used by the feed and by a post's own page. */
import type { Card } from '@vitrine/schema';
import { lazy, Suspense, useRef, useState, type ReactNode, type RefObject } from 'react';
import { useLocation } from 'wouter';
import { useIsWide } from '../ui/wide.ts';
import { t } from '../words/words.ts';
import { doAct } from './acts.ts';
import { useKeys } from './keys.ts';
import { usePull } from './pull.ts';
import { Ambient } from './RingView.tsx';
import { Sheets, type Opened } from './Sheets.tsx';
import { Stage, type View } from './Stage.tsx';
import { useTouch } from './touch.ts';
import { useVideos, type Videos } from './use-videos.ts';
import { useWheel } from './wheel.ts';
import '../watch/watch.css';
import './feed.css';

const Beside = lazy(() => import('./Beside.tsx'));

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

/** What is open and how the picture is seen. */
function useView(commentId: string | undefined) {
  const [opened, setOpened] = useState<Opened>(commentId === undefined ? 'none' : 'comments');
  const [view, setView] = useState<View>({ isScrubbing: false, isClear: false, isHurried: false });
  return {
    opened,
    view,
    /** Opens, or shuts what is open already. */
    open: (what: Opened): void => setOpened((before) => (before === what ? 'none' : what)),
    close: (): void => setOpened('none'),
    see: (change: Partial<View>): void => setView((before) => ({ ...before, ...change })),
  };
}

interface Places {
  area: RefObject<HTMLElement | null>;
  scroller: RefObject<HTMLDivElement | null>;
  pullSign: RefObject<HTMLDivElement | null>;
}

/** Wheel, pull, keys and fingers. */
function useHands(
  places: Places,
  { player, id, card, go }: Videos,
  seen: ReturnType<typeof useView> & Pick<SnapFeedProps, 'onPull' | 'onBack'>,
): void {
  const [, navigate] = useLocation();
  const hasPhotos = (card?.photos.length ?? 0) > 1;
  useWheel(places.area, go);
  usePull(places.scroller, places.pullSign, () => seen.onPull?.());
  useKeys((act) => doAct(act, { player, card, go, open: seen.open, onSearch: () => navigate('/search') }));
  useTouch(places.scroller, player, {
    id: () => id,
    onMenu: () => seen.open('share'),
    onHurry: (isHurried) => seen.see({ isHurried }),
    onClear: () => seen.see({ isClear: !seen.view.isClear }),
    // Sideways lie the other photos.
    onForward: () => card !== undefined && !hasPhotos && navigate(`/@${card.account.handle}`),
    onBack: () => !hasPhotos && seen.onBack?.(),
  });
}

/** The whole feed. */
export function SnapFeed({ ids, startAt = 0, top, side, commentId, ...hears }: SnapFeedProps) {
  const isWide = useIsWide();
  const places: Places = { area: useRef(null), scroller: useRef(null), pullSign: useRef(null) };
  const { onNearEnd, onPlace, onPull, onBack } = hears;
  const videos = useVideos({ ids, startAt, scroller: places.scroller, onNearEnd, onPlace });
  const seen = useView(commentId);
  const { player, shown, card, go } = videos;
  const { opened, open } = seen;
  useHands(places, videos, { ...seen, ...(onPull && { onPull }), ...(onBack && { onBack }) });
  const hasSide = side !== undefined && isWide;
  const hasPanel = isWide && !hasSide && (opened === 'comments' || opened === 'why');
  const isShrunk = !isWide && opened === 'comments';
  const name = `feed ${isShrunk ? 'has-sheet' : ''} ${hasPanel ? 'has-panel' : ''} ${hasPanel && opened === 'why' ? 'has-why' : ''} ${hasSide ? 'has-side' : ''}`;
  const around = {
    player,
    isWide,
    onComments: () => open('comments'),
    onShare: () => open('share'),
    onWhy: () => open('why'),
    onScrub: (isScrubbing: boolean) => seen.see({ isScrubbing }),
  };
  const steps = { go, isFirst: shown === 0, isLast: shown >= ids.length - 1 };
  return (
    <section className={name} ref={places.area}>
      {card !== undefined && <Ambient url={card.poster.placeholder} />}
      <Stage
        ids={ids}
        videos={videos}
        around={around}
        view={seen.view}
        isShrunk={isShrunk}
        onSee={seen.see}
        places={places}
      />
      <Suspense fallback={null}>
        {isWide && card !== undefined && (
          <Beside card={card} around={around} steps={steps} onKeys={() => open('keys')} />
        )}
      </Suspense>
      {top}
      {hasSide && card !== undefined && side(card)}
      {opened !== 'none' && card !== undefined && (
        <Sheets
          opened={opened}
          card={card}
          around={around}
          hasSide={hasSide}
          commentId={commentId}
          onClose={seen.close}
          onClear={() => seen.see({ isClear: true })}
        />
      )}
      <div className="visually-hidden" role="status" aria-live="polite">
        {card?.viewer?.hasLiked === true ? t('watch.liked') : ''}
      </div>
    </section>
  );
}
