/** What the text of a post said before it was changed: anyone who sees the post may read it. */
import { useQuery } from '@tanstack/react-query';
import type { Card, TextHistory } from '@vitrine/schema';
import { request } from '../api/request.ts';
import { Sheet } from '../ui/Overlay.tsx';
import { SkeletonRows } from '../ui/State.tsx';
import { fullMoment } from '../words/figures.ts';
import { t } from '../words/words.ts';
import './text-sheets.css';

/** The sheet: now, and each version before. */
export default function TextHistorySheet({ card, onClose }: { card: Card; onClose: () => void }) {
  const answer = useQuery({
    queryKey: ['textHistory', card.id],
    queryFn: () => request<TextHistory>(`/posts/${card.id}/history`),
    staleTime: 0,
  });
  return (
    <Sheet title={t('watch.history')} onClose={onClose}>
      <ol className="text-versions">
        <li>
          <p className="t-small ink2">{t('watch.historyNow')}</p>
          <p dir="auto">{card.text || t('watch.historyEmpty')}</p>
        </li>
        {answer.isPending && <SkeletonRows />}
        {answer.data?.versions.map((version) => (
          <li key={version.at}>
            <p className="t-small ink2">
              <time dateTime={version.at}>{t('watch.historySince', { time: fullMoment(version.at) })}</time>
            </p>
            <p dir="auto">{version.text || t('watch.historyEmpty')}</p>
          </li>
        ))}
      </ol>
    </Sheet>
  );
}
