/** The frame of signing up and in: pictures of what is on show, the mark, then one short form. */
import type { CardPage } from '@vitrine/schema';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { request } from '../api/request.ts';
import { Mark } from '../ui/Logo.tsx';
import { t } from '../words/words.ts';
import './accounts.css';

const PANES = 4;
const FRESH_MS = 600_000;

/** Four panes of what people like here now; plain glass where there is nothing yet. */
function Panes() {
  const posters = useQuery({
    queryKey: ['entrance'],
    queryFn: () => request<CardPage>('/explore', { query: { sort: 'mostLiked', limit: PANES * 2 } }),
    staleTime: FRESH_MS,
  }).data?.posts.filter((card) => !card.labels.includes('sensitive'));
  return (
    <div className="entrance-panes" aria-hidden="true">
      {Array.from({ length: PANES }, (_, place) => {
        const card = posters?.[place];
        return <span key={place}>{card !== undefined && <img src={card.poster.url} alt="" />}</span>;
      })}
    </div>
  );
}

/** `foot` stands at the lower edge: the way to the other of the two pages. */
export function Entrance({ title, children, foot }: { title: string; children: ReactNode; foot?: ReactNode }) {
  return (
    <div className="entrance">
      <div className="entrance-show">
        <Panes />
        <Link href="/" className="entrance-mark" aria-label={t('app.home')}>
          <Mark sizePx={48} />
        </Link>
      </div>
      <div className="entrance-form">
        <h1 className="t-display">{title}</h1>
        {children}
        {foot !== undefined && <p className="entrance-foot t-small ink3">{foot}</p>}
      </div>
    </div>
  );
}
