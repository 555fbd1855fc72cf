/** Who, when, what: the text at the bottom of a video. Two lines, and all of it on demand. */
import type { Card } from '@vitrine/schema';
import { Columns2, Music2, Repeat2, Scissors, VolumeX } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { fullMoment, sinceThen } from '../words/figures.ts';
import { languageTag, t } from '../words/words.ts';
import { soundLine } from '../sound/sound-words.ts';
import { EditedMark } from './EditedMark.tsx';
import { PostText } from './PostText.tsx';

/** Who brought a post into Following that its author did not. */
function RepostLine({ card: { repostedBy } }: { card: Card }) {
  if (repostedBy === undefined) return null;
  return (
    <Link href={`/@${repostedBy.handle}`} className="caption-repost">
      <Repeat2 size={16} strokeWidth={1.9} aria-hidden="true" />
      <span>{t('watch.repostedBy', { name: repostedBy.name || repostedBy.handle })}</span>
    </Link>
  );
}

/** Name, time, text, labels and the sound line of a card. */
export function Caption({ card }: { card: Card }) {
  const [isOpen, setIsOpen] = useState(false);
  const [isLong, setIsLong] = useState(false);
  const text = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => {
    const element = text.current;
    if (element !== null) setIsLong(element.scrollHeight > element.clientHeight + 8);
  }, [card.text]);
  return (
    <div className="caption">
      <RepostLine card={card} />
      <p className="caption-who" id={`who-${card.id}`}>
        <Link href={`/@${card.account.handle}`} className="caption-name">
          {card.account.handle}
        </Link>
        <time dateTime={card.publishedAt} title={fullMoment(card.publishedAt)}>
          {sinceThen(card.publishedAt)}
        </time>
        <EditedMark card={card} />
      </p>
      {card.text !== '' && (
        <div className={`caption-words ${isOpen ? 'is-open' : ''}`}>
          <p
            ref={text}
            className={`caption-text ${isLong ? 'is-long' : ''}`}
            dir="auto"
            lang={card.language ?? undefined}
          >
            {isLong && (
              <button
                type="button"
                className="caption-more"
                aria-expanded={isOpen}
                lang={languageTag()}
                onClick={() => setIsOpen(!isOpen)}
              >
                {isOpen ? t('watch.less') : t('watch.more')}
              </button>
            )}
            <PostText text={card.text} />
          </p>
        </div>
      )}
      {card.labels.length > 0 && (
        <p className="caption-labels">
          {card.labels.map((label) => (
            <span key={label}>{t(`watch.label_${label}`)}</span>
          ))}
        </p>
      )}
      <ParentLine card={card} />
      <SoundLine card={card} />
    </div>
  );
}

/** The post that this one was made from, or that it is gone. */
function ParentLine({ card: { parent } }: { card: Card }) {
  if (parent === null) return null;
  const Icon = parent.kind === 'duet' ? Columns2 : Scissors;
  if (parent.post === null)
    return (
      <p className="caption-sound">
        <Icon size={16} strokeWidth={1.9} aria-hidden="true" />
        <span>{t(parent.kind === 'duet' ? 'watch.duetGone' : 'watch.stitchGone')}</span>
      </p>
    );
  const name = parent.post.account.handle;
  return (
    <Link href={parent.post.path} className="caption-sound">
      <Icon size={16} strokeWidth={1.9} aria-hidden="true" />
      <span>{t(parent.kind === 'duet' ? 'watch.duetWith' : 'watch.stitchWith', { name })}</span>
    </Link>
  );
}

/** Note, title, who: leads to the sound's page. */
function SoundLine({ card }: { card: Card }) {
  const { sound } = card;
  if (sound !== null) {
    const known = sound.over ?? sound;
    const Icon = sound.isMuted ? VolumeX : Music2;
    return (
      <Link href={known.path} className="caption-sound">
        <Icon size={16} strokeWidth={1.9} aria-hidden="true" />
        <span dir="auto">{sound.isMuted ? t('watch.soundMuted', { name: soundLine(known) }) : soundLine(known)}</span>
      </Link>
    );
  }
  if (!card.hasAudio) return null;
  return (
    <p className="caption-sound">
      <Music2 size={16} strokeWidth={1.9} aria-hidden="true" />
      <span>{t('watch.originalSound', { handle: card.account.handle })}</span>
    </p>
  );
}

/** The invitation to sound, when the browser made the video start silently. */
export function TapForSound({ onPress }: { onPress: () => void }) {
  return (
    <button type="button" className="tap-sound" onClick={onPress}>
      <VolumeX size={18} aria-hidden="true" />
      {t('watch.tapForSound')}
    </button>
  );
}
