/** The way to one's drafts, on one's own profile. */
import { useQuery } from '@tanstack/react-query';
import { ChevronRight, FilePen } from 'lucide-react';
import { Link } from 'wouter';
import type { DraftPage } from '@vitrine/schema';
import { request } from '../api/request.ts';
import { t } from '../words/words.ts';

/** The row; nothing while there are none. */
export function DraftsLink() {
  const answer = useQuery({ queryKey: ['drafts'], queryFn: () => request<DraftPage>('/drafts'), staleTime: 0 });
  const n = answer.data?.drafts.length ?? 0;
  const hasOwn = localStorage.getItem('studioDrafts') !== null;
  if (n === 0 && !hasOwn) return null;
  return (
    <Link href="/create/drafts" className="card on-way drafts-link">
      <FilePen size={20} aria-hidden="true" />
      <span className="t-label">{n === 0 ? t('create.yourDrafts') : t('create.draftsCount', { n })}</span>
      <ChevronRight size={18} className="turns-rtl" aria-hidden="true" />
    </Link>
  );
}
