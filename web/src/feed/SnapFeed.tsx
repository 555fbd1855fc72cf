/** A list of videos, one per page: the ring of players, gestures, keys, sheets. Used by the feed and by a post's own page. */
import type { Card } from '@vitrine/schema';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { lazy, Suspense, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { IconButton } from '../ui/Button.tsx';
import { t } from '../words/words.ts';
import { TapForSound } from '../watch/Caption.tsx';
import { heldCard, useCard } from '../watch/cards.ts';
import { refreshIfOld } from '../watch/refresh.ts';
import { takeFirstVideo } from '../watch/first-video.ts';
import { listenForGestures } from '../watch/gesture.ts';
import { burstHeart } from '../watch/hearts.ts';
import { setMark } from '../watch/marks.ts';
import { createPlayer, RING, type Player } from '../watch/player.ts';
import { setWatchPrefs, useWatchPrefs, wantsSound, watchPrefs } from '../watch/prefs.ts';
import { Rail } from '../watch/Rail.tsx';
import { toggleFullscreen } from '../watch/windowing.ts';
import { Corner, SPEEDS } from './Corner.tsx';
import { useKeys, type KeyAct } from './keys.ts';
import { usePull } from './pull.ts';
import { useSnap, useWheel } from './snap.ts';
import { useIsWide } from '../ui/wide.ts';
import { isTall, usePlayerState, VideoPage } from './VideoPage.tsx';
import '../watch/watch.css';
import './feed.css';

const CommentSheet = lazy(() => import('../comment/CommentSheet.tsx'));
const CommentPanel = lazy(() => import('../comment/CommentPanel.tsx'));
const ShareSheet = lazy(() => import('../share/ShareSheet.tsx'));
const KeysHelp = lazy(() => import('./KeysHelp.tsx'));

const NEAR_END = 4;
const DRAWN_EACH_SIDE = 1;
const SEEK_S = 5;

/** What is open over or beside the video. */
export type Opened = 'none' | 'comments' | 'share' | 'keys';

interface SnapFeedProps {
  ids: readonly string[];
  startAt?: number;
  /** Fewer than a few videos are left. */
  onNearEnd?: () => void;
  onPlace?: (id: string, place: number) => void;
  onPull?: () => void;
  /** A finger moved to the right: the tab before. */
  onBack?: () => void;
  /** Over the first page: tabs and search. */
  top?: ReactNode;
  /** Stands beside the player on wide pages in place of the comment panel. */
  side?: (card: Card) => ReactNode;
  /** The comment to mark, from a deep link. */
  commentId?: string | undefined;
}

/** Which number of the list a place of the ring shows, when `shown` is the one in view. */
function placeOf(slot: number, shown: number): number {
  for (const place of [shown, shown + 1, shown - 1]) if (((place % RING) + RING) % RING === slot) return place;
  return -1;
}

function Slots({ player, shown, ids }: { player: Player; shown: number; ids: readonly string[] }) {
  const hosts = useRef<(HTMLDivElement | null)[]>([]);
  useLayoutEffect(() => {
    player.videos.forEach((video, slot) => {
      const host = hosts.current[slot];
      if (host !== null && host !== undefined && video.parentNode !== host) moveInto(host, video);
    });
  }, [player]);
  return (
    <>
      {Array.from({ length: RING }, (_, slot) => {
        const place = placeOf(slot, shown);
        const card = heldCard(ids[place] ?? '');
        return (
          <div
            key={slot}
            className={`slot ${card !== undefined && isTall(card) ? 'is-tall' : ''}`}
            style={{ transform: `translateY(${Math.max(0, place) * 100}%)` }}
            hidden={place < 0}
            ref={(element) => {
              hosts.current[slot] = element;
            }}
          />
        );
      })}
    </>
  );
}

/** Moves a video without stopping it, where the browser can. */
function moveInto(host: HTMLElement & { moveBefore?: (node: Node, before: Node | null) => void }, video: HTMLVideoElement): void {
  if (video.isConnected && host.moveBefore !== undefined) host.moveBefore(video, null);
  else host.append(video);
}

/** The whole feed. */
export function SnapFeed({ ids, startAt = 0, onNearEnd, onPlace, onPull, onBack, top, side, commentId }: SnapFeedProps) {
  const [, navigate] = useLocation();
  const isWide = useIsWide();
  const scroller = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLElement>(null);
  const pullSign = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState(startAt);
  const [opened, setOpened] = useState<Opened>(commentId === undefined || side !== undefined ? 'none' : 'comments');
  const [isScrubbing, setIsScrubbing] = useState(false);
  const [isClear, setIsClear] = useState(false);
  const [isHurried, setIsHurried] = useState(false);
  const latest = useRef({ ids, go: (_direction: -1 | 1): void => undefined });
  const [player] = useState(() => createPlayer(() => latest.current.go(1), takeFirstVideo(ids[startAt])));
  const state = usePlayerState(player);
  const prefs = useWatchPrefs();
  latest.current.ids = ids;
  const id = ids[shown];
  const card = useCard(id);

  const cardAt = (place: number): Card | undefined => heldCard(latest.current.ids[place] ?? '');
  const commit = (place: number): void => {
    player.show(place, cardAt);
    setShown(place);
  };
  const snap = useSnap({ scroller, count: ids.length, startAt, onCommit: commit });
  latest.current.go = snap.go;
  useWheel(area, snap.go);
  usePull(scroller, pullSign, () => onPull?.());

  useLayoutEffect(() => player.show(startAt, cardAt), []);
  useEffect(() => () => player.close(), []);
  useEffect(() => player.show(player.state().place, cardAt), [ids]);
  useEffect(() => {
    if (id !== undefined) onPlace?.(id, shown);
    if (shown >= ids.length - NEAR_END) onNearEnd?.();
    void refreshIfOld([ids[shown + 1], ids[shown + 2]]);
  }, [id, shown, ids.length]);

  const like = (): void => {
    if (id !== undefined) setMark(id, 'like', true);
  };
  const around = { player, isWide, onComments: () => setOpened('comments'), onShare: () => setOpened('share'), onScrub: setIsScrubbing };
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    return listenForGestures(element, {
      onTap: () => player.toggle(),
      onDoubleTap: (spot) => {
        const now = latest.current.ids[player.state().place];
        if (now !== undefined && setMark(now, 'like', true)) burstHeart(element.parentElement ?? element, spot);
      },
      onHoldCentre: () => setOpened('share'),
      onHoldEdge: (isOn) => {
        player.hurry(isOn);
        setIsHurried(isOn);
      },
      onSwipeSide: (direction) => {
        const isForward = (direction === -1) === (document.documentElement.dir === 'ltr');
        const author = cardAt(player.state().place)?.account.handle;
        if (isForward && author !== undefined) navigate(`/@${author}`);
        else onBack?.();
      },
      onTwoFingerTap: () => setIsClear((was) => !was),
      onPinch: (zoom) => {
        const video = player.video();
        if (zoom !== undefined) video.style.transform = `translate(${zoom.dx}px, ${zoom.dy}px) scale(${zoom.scale})`;
        else {
          video.animate([{ transform: video.style.transform }, { transform: 'none' }], { duration: 220, easing: 'cubic-bezier(.2,.9,.2,1)' });
          video.style.transform = '';
        }
      },
    });
  }, [player, navigate, onBack]);

  const acts: Record<KeyAct, () => void> = {
    next: () => snap.go(1),
    previous: () => snap.go(-1),
    pause: player.toggle,
    mute: () => player.setSound(state.isMuted),
    like: () => (card?.viewer?.hasLiked === true ? setMark(card.id, 'like', false) : like()),
    comments: () => setOpened(opened === 'comments' ? 'none' : 'comments'),
    share: () => setOpened('share'),
    save: () => card !== undefined && setMark(card.id, 'save', card.viewer?.hasSaved !== true),
    fullscreen: () => toggleFullscreen(player.video()),
    back: () => (player.video().currentTime -= SEEK_S),
    forward: () => (player.video().currentTime += SEEK_S),
    slower: () => stepSpeed(-1),
    faster: () => stepSpeed(1),
    help: () => setOpened('keys'),
    search: () => navigate('/search'),
  };
  useKeys((act) => acts[act]());

  const hasPanel = isWide && side === undefined && opened === 'comments';
  const isShrunk = !isWide && opened === 'comments';
  const wantsPill = card?.hasAudio === true && state.isMuted && !state.isPaused && (state.blocked === 'sound' || (!wantsSound() && prefs.hasSound === null));
  const close = (): void => setOpened('none');
  return (
    <section className={`feed ${isShrunk ? 'has-sheet' : ''} ${hasPanel ? 'has-panel' : ''} ${side !== undefined ? 'has-side' : ''}`} ref={area}>
      {card !== undefined && <Ambient url={card.poster.placeholder} />}
      <div className={`stage ${isShrunk ? 'is-shrunk' : ''} ${isScrubbing ? 'is-scrubbing' : ''} ${isClear ? 'is-clear' : ''}`}>
        <div className="snap" ref={scroller} role="feed" aria-label={t('feed.videos')} aria-busy={ids.length === 0} tabIndex={-1}>
          <Slots player={player} shown={shown} ids={ids} />
          {ids.map((each, place) => (
            <div key={each} className="snap-page" data-place={place}>
              {Math.abs(place - shown) <= DRAWN_EACH_SIDE && <VideoPage id={each} place={place} isShown={place === shown} around={around} />}
            </div>
          ))}
        </div>
        {isWide && <Corner card={card} player={player} />}
        {wantsPill && <TapForSound onPress={() => player.setSound(true)} />}
        {isHurried && <span className="hurry-pill glass num">2×</span>}
        {isClear && (
          <button type="button" className="clear-off glass" onClick={() => setIsClear(false)}>
            {t('watch.showControls')}
          </button>
        )}
        <div className="pull-sign glass" ref={pullSign} aria-hidden="true" />
      </div>
      {isWide && card !== undefined && (
        <div className="rail-outside">
          <Rail card={card} player={player} isMuted={state.isMuted} isPlaying={!state.isPaused} onComments={acts.comments} onShare={around.onShare} />
        </div>
      )}
      {isWide && (
        <div className="chevrons">
          <IconButton label={t('feed.previous')} kind="glass" sizePx={52} disabled={shown === 0} onClick={() => snap.go(-1)}>
            <ChevronUp size={24} />
          </IconButton>
          <IconButton label={t('feed.next')} kind="glass" sizePx={52} disabled={shown >= ids.length - 1} onClick={() => snap.go(1)}>
            <ChevronDown size={24} />
          </IconButton>
        </div>
      )}
      {isWide && (
        <button type="button" className="keys-hint t-small" onClick={() => setOpened('keys')}>
          <kbd className="keycap">?</kbd> {t('feed.keysShort')}
        </button>
      )}
      {top}
      {side !== undefined && card !== undefined && side(card)}
      <Suspense fallback={null}>
        {hasPanel && card !== undefined && <CommentPanel key={card.id} card={card} commentId={commentId} onClose={close} onSeek={(seconds) => (player.video().currentTime = seconds)} />}
        {isShrunk && card !== undefined && <CommentSheet key={card.id} card={card} commentId={commentId} onClose={close} onSeek={(seconds) => (player.video().currentTime = seconds)} />}
        {opened === 'share' && card !== undefined && <ShareSheet card={card} player={player} onClose={close} onClear={() => setIsClear(true)} />}
        {opened === 'keys' && <KeysHelp onClose={close} />}
      </Suspense>
      <div className="visually-hidden" role="status" aria-live="polite">
        {card?.viewer?.hasLiked === true ? t('watch.liked') : ''}
      </div>
    </section>
  );
}

function stepSpeed(direction: -1 | 1): void {
  const at = SPEEDS.findIndex((speed) => speed >= watchPrefs().speed);
  const speed = SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, at + direction))];
  if (speed !== undefined) setWatchPrefs({ speed });
}

/** The video's own colours, blurred, behind everything: two layers that cross-fade. */
function Ambient({ url }: { url: string }) {
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
