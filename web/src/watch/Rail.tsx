/** The rail: author, heart, comments, saved, share, sound. On a phone over the video, on wide pages beside it. */
import type { Card } from '@vitrine/schema';
import { Bookmark, Check, Heart, MessageCircle, Plus, Reply, VolumeX } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { Avatar } from '../ui/Avatar.tsx';
import { shortNumber } from '../words/figures.ts';
import { t } from '../words/words.ts';
import { soundLine } from '../sound/sound-words.ts';
import { setFollow, setMark } from './marks.ts';
import type { Player } from './player.ts';
import { PosterSources } from './PosterSources.tsx';

/** What the rail can open. */
interface RailOpens {
  onComments: () => void;
  onShare: () => void;
}

function RailButton({
  label,
  count,
  isOn,
  onPress,
  children,
}: {
  label: string;
  count?: number | string;
  isOn?: boolean;
  onPress: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      className={`rail-btn ${isOn ? 'is-on' : ''}`}
      aria-label={label}
      aria-pressed={isOn}
      onClick={onPress}
    >
      {children}
      {count !== undefined && (
        <span className="rail-count num">{typeof count === 'number' ? shortNumber(count) : count}</span>
      )}
    </button>
  );
}

function RailAuthor({ card }: { card: Card }) {
  const [isTicked, setIsTicked] = useState(false);
  const { account, viewer } = card;
  const canFollow = viewer?.isMine !== true && viewer?.isFollowingAuthor !== true;
  return (
    <div className="rail-author">
      <Link href={`/@${account.handle}`} aria-label={t('watch.profileOf', { handle: account.handle })}>
        <Avatar person={account} sizePx={46} />
      </Link>
      {(canFollow || isTicked) && (
        <button
          type="button"
          className={`rail-follow ${isTicked ? 'is-ticked' : ''}`}
          aria-label={t('watch.follow', { handle: account.handle })}
          onClick={() => {
            if (isTicked) return;
            void setFollow(account.handle, true);
            if (viewer === undefined) return;
            setIsTicked(true);
            setTimeout(() => setIsTicked(false), 1200);
          }}
        >
          {isTicked ? <Check size={14} strokeWidth={2.6} /> : <Plus size={14} strokeWidth={2.6} />}
        </button>
      )}
    </div>
  );
}

/** The turning disc leads to the sound's page; while the sound has none, it turns the sound on and off. */
function Disc({
  card,
  player,
  isMuted,
  isPlaying,
}: {
  card: Card;
  player: Player;
  isMuted: boolean;
  isPlaying: boolean;
}) {
  const { sound } = card;
  const name = `rail-disc ${isPlaying && !isMuted ? 'is-turning' : ''}`;
  const face = (
    <>
      {sound?.coverUrl ? (
        <img src={sound.coverUrl} alt="" loading="lazy" />
      ) : (
        <picture>
          <PosterSources poster={card.poster} />
          <img alt="" loading="lazy" />
        </picture>
      )}
      {(isMuted || sound?.isMuted === true) && <VolumeX size={17} className="rail-muted" />}
    </>
  );
  if (sound !== null)
    return (
      <Link href={sound.path} className={name} aria-label={t('watch.soundPage', { name: soundLine(sound) })}>
        {face}
      </Link>
    );
  if (!card.hasAudio) return null;
  return (
    <button
      type="button"
      className={name}
      aria-label={isMuted ? t('watch.soundOn') : t('watch.soundOff')}
      onClick={() => player.setSound(isMuted)}
    >
      {face}
    </button>
  );
}

/** All rail buttons of a card. */
export function Rail({
  card,
  player,
  isMuted,
  isPlaying,
  onComments,
  onShare,
}: { card: Card; player: Player; isMuted: boolean; isPlaying: boolean } & RailOpens) {
  const hasLiked = card.viewer?.hasLiked === true;
  const hasSaved = card.viewer?.hasSaved === true;
  const { counts } = card;
  return (
    <div className="rail" role="group" aria-label={t('watch.rail')}>
      <RailAuthor card={card} />
      <RailButton
        label={t('watch.like', { n: counts.likes })}
        count={counts.likes}
        isOn={hasLiked}
        onPress={() => setMark(card.id, 'like', !hasLiked)}
      >
        <Heart size={31} strokeWidth={1.9} />
      </RailButton>
      <RailButton
        label={t('watch.comments', { n: counts.comments })}
        count={card.allow.comments ? counts.comments : t('watch.off')}
        onPress={onComments}
      >
        <MessageCircle size={31} strokeWidth={1.9} />
      </RailButton>
      <RailButton
        label={t('watch.save', { n: counts.saves })}
        count={counts.saves}
        isOn={hasSaved}
        onPress={() => setMark(card.id, 'save', !hasSaved)}
      >
        <Bookmark size={30} strokeWidth={1.9} />
      </RailButton>
      <RailButton label={t('watch.share', { n: counts.reposts })} count={counts.reposts} onPress={onShare}>
        <Reply className="rail-share" size={31} strokeWidth={1.9} />
      </RailButton>
      <Disc card={card} player={player} isMuted={isMuted} isPlaying={isPlaying} />
    </div>
  );
}
