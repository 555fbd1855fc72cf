/** Beside a post on a wide page: its author, text, comments, more of the same author, and what is known about it. */
import { useQuery } from '@tanstack/react-query';
import type { Card, CardPage, Comment } from '@vitrine/schema';
import { Captions, Music2 } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { request } from '../api/request.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { Chip, Tabs } from '../ui/Choice.tsx';
import { SkeletonGrid } from '../ui/State.tsx';
import { clock, fullMoment, languageName, shortNumber, sinceThen } from '../words/figures.ts';
import { fullNumber, t } from '../words/words.ts';
import { CommentList, SortButton } from '../comment/CommentList.tsx';
import { Composer } from '../comment/Composer.tsx';
import type { CommentSort } from '../comment/threads.ts';
import { soundLine } from '../sound/sound-words.ts';
import { holdCards } from './cards.ts';
import { EditedMark } from './EditedMark.tsx';
import { setFollow } from './marks.ts';
import { openFrom } from './neighbours.ts';
import { PostText } from './PostText.tsx';

type Part = 'comments' | 'more' | 'about';

function Head({ card }: { card: Card }) {
  const { account, viewer } = card;
  const isFollowing = viewer?.isFollowingAuthor === true;
  return (
    <header className="side-head">
      <Link href={`/@${account.handle}`} tabIndex={-1} aria-hidden="true">
        <Avatar person={account} sizePx={48} />
      </Link>
      <div className="side-names">
        <Link href={`/@${account.handle}`} className="t-sub">
          {account.handle}
        </Link>
        <p className="t-small ink2">
          {account.name !== '' && `${account.name} · `}
          <time dateTime={card.publishedAt} title={fullMoment(card.publishedAt)}>
            {sinceThen(card.publishedAt)}
          </time>
          {card.isEdited && ' · '}
          <EditedMark card={card} />
        </p>
      </div>
      {viewer?.isMine !== true && (
        <Button kind={isFollowing ? 'second' : 'main'} onClick={() => void setFollow(account.handle, !isFollowing)}>
          {isFollowing ? t('app.following') : t('watch.followShort')}
        </Button>
      )}
    </header>
  );
}

function MoreOf({ card }: { card: Card }) {
  const { handle } = card.account;
  const more = useQuery({
    queryKey: ['postsOf', handle, 'beside'],
    queryFn: async () => {
      const page = await request<CardPage>(`/accounts/${encodeURIComponent(handle)}/posts`, { query: { limit: 30 } });
      holdCards(page.posts);
      return page.posts;
    },
  });
  if (more.isPending) return <SkeletonGrid />;
  return (
    <div className="side-grid">
      {(more.data ?? []).map((post) => (
        <Link
          key={post.id}
          href={post.path}
          className={post.id === card.id ? 'is-current' : ''}
          onClick={() => openFrom((more.data ?? []).map((each) => each.id))}
        >
          <img src={post.poster.url} alt={post.altText || post.text} loading="lazy" />
          <span className="num">{shortNumber(post.counts.likes)}</span>
        </Link>
      ))}
    </div>
  );
}

function About({ card }: { card: Card }) {
  const rows: [string, string][] = [
    [t('watch.published'), fullMoment(card.publishedAt)],
    [t('watch.length'), clock(card.durationMs)],
    [t('watch.picture'), `${fullNumber(card.widthPx)} × ${fullNumber(card.heightPx)}`],
    ...(card.language === null ? [] : ([[t('watch.language'), languageName(card.language)]] as [string, string][])),
    ...(card.labels.length === 0
      ? []
      : ([[t('watch.labels'), card.labels.map((label) => t(`watch.label_${label}`)).join(', ')]] as [
          string,
          string,
        ][])),
    ...(card.altText === '' ? [] : ([[t('watch.altText'), card.altText]] as [string, string][])),
  ];
  return (
    <>
      <dl className="side-facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {card.viewer?.isMine !== true && (
        <Link href={`/complaint?kind=post&id=${card.id}`} className="t-label side-report">
          {t('watch.reportPost')}
        </Link>
      )}
    </>
  );
}

function Chips({ card }: { card: Card }) {
  return (
    <div className="side-chips">
      {card.labels.map((label) => (
        <Chip key={label}>{t(`watch.label_${label}`)}</Chip>
      ))}
      {card.sound ? (
        <Link href={card.sound.path} className="chip">
          <Music2 size={16} aria-hidden="true" />
          {soundLine(card.sound)}
        </Link>
      ) : (
        card.hasAudio && (
          <Chip icon={<Music2 size={16} />}>{t('watch.originalSound', { handle: card.account.handle })}</Chip>
        )
      )}
      {card.captions.map((track) => (
        <Chip key={track.language} icon={<Captions size={16} />}>
          {track.label || languageName(track.language)}
        </Chip>
      ))}
    </div>
  );
}

/** The panel of a post's page. */
export default function PostSide({ card, commentId }: { card: Card; commentId: string | undefined }) {
  const [part, setPart] = useState<Part>('comments');
  const [sort, setSort] = useState<CommentSort>('top');
  const [replyTo, setReplyTo] = useState<Comment | undefined>(undefined);
  const seek = (seconds: number): void => {
    const video = document.querySelector<HTMLVideoElement>(`video[data-post="${card.id}"]`);
    if (video !== null) video.currentTime = seconds;
  };
  return (
    <aside className="panel post-side" data-scrolls>
      <div className="side-top">
        <Head card={card} />
        {card.text !== '' && (
          <p className="t-long side-text" dir="auto" lang={card.language ?? undefined}>
            <PostText text={card.text} />
          </p>
        )}
        <Chips card={card} />
        <div className="side-tabs">
          <Tabs
            label={t('watch.parts')}
            value={part}
            onChange={setPart}
            options={[
              { value: 'comments', label: `${t('comment.title')} ${shortNumber(card.counts.comments)}` },
              { value: 'more', label: t('watch.moreFrom', { handle: card.account.handle }) },
              { value: 'about', label: t('watch.about') },
            ]}
          />
        </div>
      </div>
      <div className="panel-content">
        {part === 'comments' && card.counts.comments > 1 && (
          <div className="side-sort">
            <SortButton sort={sort} onSort={setSort} />
          </div>
        )}
        {part === 'comments' && (
          <CommentList card={card} sort={sort} commentId={commentId} onReply={setReplyTo} onSeek={seek} />
        )}
        {part === 'more' && <MoreOf card={card} />}
        {part === 'about' && <About card={card} />}
      </div>
      {part === 'comments' && card.allow.comments && (
        <footer className="panel-foot side-foot">
          <Composer postId={card.id} replyTo={replyTo} onReplyEnd={() => setReplyTo(undefined)} />
        </footer>
      )}
    </aside>
  );
}
