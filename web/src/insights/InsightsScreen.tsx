/** What an author learns of one of their posts: views, how far it was watched, the shelves it stood on, what held it back. */
import type { Insights, Post } from '@vitrine/schema';
import { useQuery } from '@tanstack/react-query';
import { UsersRound } from 'lucide-react';
import { useEffect } from 'react';
import { Link } from 'wouter';
import { request } from '../api/request.ts';
import { PageHead } from '../ui/PageHead.tsx';
import { ErrorState, SkeletonRows } from '../ui/State.tsx';
import { dayOf } from '../words/figures.ts';
import { fullNumber, languageTag, t } from '../words/words.ts';
import { BarChart } from './BarChart.tsx';
import { retentionBars, viewBars } from './bars.ts';
import { Restrictions } from './Restrictions.tsx';
import { Stands } from './Stands.tsx';
import './insights.css';

const shortDay = (day: string): string =>
  new Intl.DateTimeFormat(languageTag(), { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(day));

/** The two charts; what they will show while too few have watched. */
function Charts({ days, fewest }: Pick<Insights, 'days' | 'fewest'>) {
  const newest = days.at(-1);
  if (newest === undefined)
    return (
      <section className="insight-early card">
        <UsersRound size={24} strokeWidth={1.75} aria-hidden="true" />
        <div>
          <h2 className="t-sub">{t('insights.early', { n: fewest })}</h2>
          <p className="t-small ink2">{t('insights.earlyText', { n: fewest })}</p>
        </div>
      </section>
    );
  const views = viewBars(days);
  const retention = retentionBars(newest.retention);
  const told = (value: number | null | undefined): string =>
    value === null || value === undefined ? t('insights.under', { n: fewest }) : fullNumber(value);
  const toTheEnd = retention.at(-1)?.value;
  const end = toTheEnd === null || toTheEnd === undefined ? told(null) : `${fullNumber(toTheEnd)} %`;
  return (
    <div className="insight-charts">
      <BarChart
        title={t('insights.views')}
        total={told(newest.views)}
        words={t('insights.viewsWords', { n: told(newest.views) })}
        bars={views}
        full={newest.views ?? 0}
        from={shortDay(days[0]?.day ?? newest.day)}
        to={shortDay(newest.day)}
        isLit={() => true}
      />
      <BarChart
        title={t('insights.retention')}
        total={t('insights.toTheEnd', { share: end })}
        words={t('insights.retentionWords', { share: end })}
        bars={retention}
        full={100}
        from={t('insights.begin')}
        to={t('insights.end')}
        isLit={() => true}
        note={retention.some(({ value }) => value === null) ? t('insights.untold', { n: fewest }) : undefined}
      />
    </div>
  );
}

function Body({ insights, postId }: { insights: Insights; postId: string }) {
  const { days, fewest, step, stands, restrictions } = insights;
  return (
    <>
      <Charts days={days} fewest={fewest} />
      <p className="t-small ink3 insight-note">{t('insights.note', { fewest, step })}</p>
      <div className="insight-lists">
        <Stands stands={stands} postId={postId} />
        <Restrictions restrictions={restrictions} />
      </div>
    </>
  );
}

/** The page. */
export default function InsightsScreen({ params }: { params: Record<string, string | undefined> }) {
  const { id = '', handle = '' } = params;
  const post = useQuery<Post>({ queryKey: ['post', id], queryFn: () => request(`/posts/${id}`) });
  const insights = useQuery<Insights>({
    queryKey: ['insights', id],
    queryFn: () => request(`/posts/${id}/insights`),
  });
  useEffect(() => {
    document.title = `${t('insights.title')} · Vitrine`;
  }, []);
  return (
    <div className="page page-wide insight">
      <PageHead title={t('insights.title')} backTo={`/@${handle}/post/${id}`} />
      {insights.error ? (
        <ErrorState error={insights.error} onRetry={() => void insights.refetch()} />
      ) : (
        <>
          {post.data && (
            <div className="insight-post">
              <Link href={`/@${handle}/post/${id}`} aria-label={t('insights.watch')}>
                {post.data.posterUrl !== null && <img src={post.data.posterUrl} alt="" />}
              </Link>
              <div>
                <p className="t-label insight-text" dir="auto">
                  {post.data.card?.text}
                </p>
                <p className="t-small ink2 num">
                  {insights.data?.publishedAt && `${dayOf(insights.data.publishedAt)} · `}
                  {t('grid.likes', { n: post.data.counts.likes })}
                </p>
                <Link href={`/@${handle}`} className="page-link t-small">
                  {t('insights.profile')}
                </Link>
              </div>
            </div>
          )}
          {insights.data ? <Body insights={insights.data} postId={id} /> : <SkeletonRows count={4} />}
        </>
      )}
    </div>
  );
}
