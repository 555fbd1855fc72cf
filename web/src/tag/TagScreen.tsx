/** One tag: how many posts carry it, and their pictures. */
import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, Hash } from 'lucide-react';
import type { CardPage, Tag } from '@vitrine/schema';
import { request } from '../api/request.ts';
import { ButtonLink, IconButton } from '../ui/Button.tsx';
import { PictureGrid } from '../watch/PictureGrid.tsx';
import { EmptyState, ErrorState, SkeletonGrid } from '../ui/State.tsx';
import { usePages } from '../ui/use-pages.ts';
import { t } from '../words/words.ts';
import '../explore/explore.css';
import './tag.css';

/** The screen. */
export default function TagScreen({ params }: { params: Record<string, string | undefined> }) {
  const name = (params['name'] ?? '').toLowerCase();
  const path = `/tags/${encodeURIComponent(name)}`;
  const tag = useQuery({ queryKey: ['tag', name], queryFn: () => request<Tag>(path) }).data;
  const list = usePages<CardPage>(['tag', name, 'posts'], `${path}/posts`, { limit: 30 });
  const cards = list.pages.flatMap((page) => page.posts);
  return (
    <div className="tag-page">
      <header className="tag-head">
        <IconButton label={t('ui.back')} onClick={() => history.back()}>
          <ChevronLeft size={24} className="turns-rtl" />
        </IconButton>
        <span className="tag-sign" aria-hidden="true">
          <Hash size={26} />
        </span>
        <div>
          <h1 className="t-title" dir="auto">
            {name}
          </h1>
          <p className="t-small ink2 num">{tag ? t('create.postsWithTag', { n: tag.posts }) : '\u00A0'}</p>
        </div>
      </header>
      {list.isLoading && <SkeletonGrid />}
      {Boolean(list.error) && cards.length === 0 && <ErrorState error={list.error} onRetry={list.reload} />}
      {!list.isLoading && !list.error && cards.length === 0 && (
        <EmptyState title={t('tag.emptyTitle')} text={t('tag.emptyText', { name })}>
          <ButtonLink href="/create" kind="main">
            {t('app.create')}
          </ButtonLink>
        </EmptyState>
      )}
      <PictureGrid cards={cards} />
      <div ref={list.endRef} />
    </div>
  );
}
