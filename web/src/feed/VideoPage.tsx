/** One page of the feed: poster below the video (or the photos), text and rail over it. */
import type { Card } from '@vitrine/schema';
import { EyeOff, Play } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { withAnswers } from '../api/answers.tsx';
import { Button } from '../ui/Button.tsx';
import { t } from '../words/words.ts';
import { Caption } from '../watch/Caption.tsx';
import { Captions } from '../watch/Captions.tsx';
import { isGated, isTall, openGate, useCard } from '../watch/cards.ts';
import { PhotoSteps, PhotoStrip } from '../watch/PhotoStrip.tsx';
import type { Player } from '../watch/player.ts';
import { usePlayerState } from '../watch/player-state.ts';
import { PosterSources } from '../watch/PosterSources.tsx';
import { Rail } from '../watch/Rail.tsx';
import { WhyChip } from '../why/WhyChip.tsx';
import { Scrubber } from '../watch/Scrubber.tsx';

const FailedVideo = lazy(withAnswers(() => import('../watch/FailedVideo.tsx')));

/** What a page needs from the feed around it. */
export interface PageAround {
  player: Player;
  isWide: boolean;
  onComments: () => void;
  onShare: () => void;
  onWhy: () => void;
  onScrub: (isOn: boolean) => void;
}

function Poster({ card }: { card: Card }) {
  return (
    <div className={`poster ${isTall(card) ? 'is-tall' : ''}`} aria-hidden="true">
      <img className="poster-blur" src={card.poster.placeholder} alt="" />
      {!isGated(card) && card.kind === 'video' && (
        <picture>
          <PosterSources poster={card.poster} />
          <img className="poster-sharp" alt="" decoding="async" />
        </picture>
      )}
    </div>
  );
}

function Gate({ card, onOpen }: { card: Card; onOpen: () => void }) {
  return (
    <div className="gate glass">
      <EyeOff size={24} aria-hidden="true" />
      <h2 className="t-heading">{t('watch.sensitive')}</h2>
      <p className="t-body">{t('watch.sensitiveText')}</p>
      <Button
        kind="main"
        onClick={() => {
          openGate(card.id);
          onOpen();
        }}
      >
        {t('watch.showIt')}
      </Button>
    </div>
  );
}

function Signs({ player }: { player: Player }) {
  const state = usePlayerState(player);
  if (state.blocked === 'all' || (state.isStopped && state.isPaused)) {
    return (
      <button type="button" className="play-sign" aria-label={t('watch.play')} onClick={player.play}>
        <Play size={64} fill="currentColor" strokeWidth={0} />
      </button>
    );
  }
  return state.isWaiting ? <span className="wait-line" role="status" aria-label={t('ui.loading')} /> : null;
}

/** What stands over the picture. */
function Over({
  card,
  isShown,
  around,
  onOpened,
}: {
  card: Card;
  isShown: boolean;
  around: PageAround;
  onOpened: () => void;
}) {
  const { player, isWide } = around;
  const state = usePlayerState(player);
  const gated = isGated(card);
  const isPhotos = card.kind === 'photos';
  return (
    <>
      <div className="fall fall-top" />
      <div className="fall fall-bottom" />
      {card.poster.isBright && !isWide && <div className="fall fall-rail" />}
      {gated && <Gate card={card} onOpen={onOpened} />}
      {isShown && !gated && !state.hasFailed && <Signs player={player} />}
      <Suspense fallback={null}>{isShown && state.hasFailed && <FailedVideo card={card} player={player} />}</Suspense>
      <div className="over-foot">
        {isShown && !gated && <Captions card={card} player={player} isMuted={state.isMuted} />}
        <WhyChip id={card.id} onPress={around.onWhy} />
        <Caption card={card} />
      </div>
      {!isWide && (
        <Rail
          card={card}
          player={player}
          isMuted={state.isMuted}
          isPlaying={isShown && !state.isPaused}
          onComments={around.onComments}
          onShare={around.onShare}
        />
      )}
      {isPhotos && !gated && <PhotoSteps card={card} />}
      {!isPhotos && !gated && <Scrubber card={card} player={player} isShown={isShown} onScrub={around.onScrub} />}
    </>
  );
}

/** The page of number `place`. `isShown`: its video is the one that plays. */
export function VideoPage({
  id,
  place,
  isShown,
  around,
}: {
  id: string;
  place: number;
  isShown: boolean;
  around: PageAround;
}) {
  const card = useCard(id);
  const [, setOpened] = useState(0);
  if (card === undefined) return null;
  const onOpened = (): void => {
    setOpened((count) => count + 1);
    around.player.play();
  };
  return (
    <>
      <Poster card={card} />
      {card.kind === 'photos' && !isGated(card) && <PhotoStrip card={card} isShown={isShown} />}
      <article
        className={`over ${card.poster.isBright ? 'is-bright' : ''} ${card.kind === 'photos' ? 'has-photos' : ''}`}
        aria-posinset={place + 1}
        aria-setsize={-1}
        aria-labelledby={`who-${card.id}`}
        tabIndex={isShown ? 0 : -1}
        inert={!isShown}
      >
        <Over card={card} isShown={isShown} around={around} onOpened={onOpened} />
      </article>
    </>
  );
}
