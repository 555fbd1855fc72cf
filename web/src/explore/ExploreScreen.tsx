/** Explore: everything public as a wall of pictures, newest or most liked this week, and the tags that go round. */
import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { CardPage, Tag } from '@vitrine/schema';
import { Link } from 'wouter';
import { request } from '../api/request.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { SoundLine } from '../sound/SoundLine.tsx';
import { useEar } from '../sound/ear.ts';
import { useSounds } from '../sound/use-sounds.ts';
import { Chip } from '../ui/Choice.tsx';
import { PictureWall } from '../watch/PictureGrid.tsx';
import { EmptyState, ErrorState, SkeletonGrid } from '../ui/State.tsx';
import { usePages } from '../ui/use-pages.ts';
import { shortNumber } from '../words/figures.ts';
import { t } from '../words/words.ts';
import './explore.css';

type Sort = 'newest' | 'mostLiked';
const SOUNDS_SHOWN = 10;

/** How many columns the window has room for. */
function useColumns(): number {
  const count = (): number => Math.max(2, Math.min(6, Math.floor(Math.min(innerWidth, 1400) / 240)));
  const [columns, setColumns] = useState(count);
  useEffect(() => {
    const onResize = (): void => setColumns(count());
    addEventListener('resize', onResize);
    return () => removeEventListener('resize', onResize);
  }, []);
  return columns;
}

function PopularSounds() {
  const { sounds } = useSounds('trending', '', SOUNDS_SHOWN);
  const ear = useEar();
  if (sounds.length === 0) return null;
  return (
    <section aria-labelledby="sounds-going-round">
      <div className="explore-title explore-title-row">
        <h2 className="t-heading" id="sounds-going-round">
          {t('explore.sounds')}
        </h2>
        <Link href="/sounds" className="t-label ink2 explore-all" aria-label={t('explore.allSounds')}>
          {t('explore.all')}
        </Link>
      </div>
      <ul className="explore-sounds">
        {sounds.slice(0, SOUNDS_SHOWN).map((sound) => (
          <li key={sound.id}>
            <SoundLine sound={sound} ear={ear} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function PopularTags() {
  const tags =
    useQuery({ queryKey: ['tags', 'popular'], queryFn: () => request<{ tags: Tag[] }>('/tags/popular') }).data?.tags ??
    [];
  if (tags.length === 0) return null;
  return (
    <section aria-labelledby="tags-going-round">
      <h2 className="t-heading explore-title" id="tags-going-round">
        {t('explore.tags')}
      </h2>
      <ul className="explore-tags">
        {tags.map((tag) => (
          <li key={tag.name}>
            <Link href={`/tag/${encodeURIComponent(tag.name)}`} className="explore-tag">
              <span className="t-label" dir="auto">{`#${tag.name}`}</span>
              <span className="t-small ink2 num">{t('create.postsWithTag', { n: tag.posts })}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Wall({ sort }: { sort: Sort }) {
  const list = usePages<CardPage>(['explore', sort], '/explore', { sort, limit: 24 });
  const columns = useColumns();
  const cards = list.pages.flatMap((page) => page.posts);
  if (list.isLoading) return <SkeletonGrid count={8} />;
  if (list.error && cards.length === 0) return <ErrorState error={list.error} onRetry={list.reload} />;
  if (cards.length === 0) {
    return (
      <EmptyState title={t('explore.emptyTitle')} text={t('explore.emptyText')}>
        <ButtonLink href="/create" kind="main">
          {t('app.create')}
        </ButtonLink>
      </EmptyState>
    );
  }
  return (
    <>
      <PictureWall cards={cards} columns={columns} />
      <div ref={list.endRef} />
      {!list.hasMore && cards.length > 6 && (
        <p className="t-small ink3 explore-end">{t('explore.end', { total: shortNumber(cards.length) })}</p>
      )}
    </>
  );
}

/** The screen. */
export default function ExploreScreen() {
  const [sort, setSort] = useState<Sort>('newest');
  return (
    <div className="explore">
      <h1 className="visually-hidden">{t('app.explore')}</h1>
      <Link href="/search" className="explore-search">
        <Search size={20} aria-hidden="true" />
        {t('explore.search')}
      </Link>
      <PopularSounds />
      <PopularTags />
      <div className="explore-sorts" role="group" aria-label={t('explore.sort')}>
        <Chip isOn={sort === 'newest'} onPress={() => setSort('newest')}>
          {t('explore.newest')}
        </Chip>
        <Chip isOn={sort === 'mostLiked'} onPress={() => setSort('mostLiked')}>
          {t('explore.mostLiked')}
        </Chip>
      </div>
      <Wall sort={sort} />
    </div>
  );
}
