/** How much was reported on each day, of everybody together: the one figure of watching that a region tells. */
import type { ReportDay } from '@vitrine/schema';
import { useQuery } from '@tanstack/react-query';
import { request } from '../api/request.ts';
import { dayOf } from '../words/figures.ts';
import { t } from '../words/words.ts';

const HOUR_MS = 3_600_000;
const DAYS = 30;
const BAR_PX = 8;
const HEIGHT_PX = 56;

/** Bars of the days that are over; nothing where none is. */
export function ReportDays() {
  const { data } = useQuery({
    queryKey: ['shelves', 'days'],
    queryFn: () => request<{ days: ReportDay[] }>('/shelves/days'),
    staleTime: HOUR_MS,
  });
  const days = data?.days ?? [];
  if (days.length === 0) return null;
  const most = Math.max(1, ...days.map(({ singles }) => singles ?? 0));
  return (
    <section className="report-days" aria-labelledby="report-days">
      <h2 className="t-label" id="report-days">
        {t('shelves.reports')}
      </h2>
      <svg viewBox={`0 0 ${DAYS * BAR_PX} ${HEIGHT_PX}`} preserveAspectRatio="none" role="img">
        <title>{t('shelves.reports')}</title>
        {days.map(({ day, singles }, i) => {
          const height = Math.max(2, (HEIGHT_PX * (singles ?? 0)) / most);
          const words = singles === null ? t('shelves.few') : t('shelves.watches', { n: singles });
          const x = (DAYS - days.length + i) * BAR_PX;
          return (
            <rect key={day} x={x} y={HEIGHT_PX - height} width={BAR_PX - 2} height={height} rx={1}>
              <title>{`${dayOf(`${day}T00:00:00Z`)}: ${words}`}</title>
            </rect>
          );
        })}
      </svg>
      <p className="t-small ink3">{t('shelves.reportsText')}</p>
    </section>
  );
}
