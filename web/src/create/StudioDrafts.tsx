/** The studio's drafts: those of this device and those that only the server has, newest first. */
import { useQuery } from '@tanstack/react-query';
import { Film, Trash2 } from 'lucide-react';
import { Link } from 'wouter';
import type { DraftPage } from '@vitrine/schema';
import { timelineOf } from '@vitrine/edit';
import { request } from '../api/request.ts';
import { discardStudioDraft, forgetServerDraft, useStudioDrafts } from '../edit/drafts.ts';
import { IconButton } from '../ui/Button.tsx';
import { EmptyState } from '../ui/State.tsx';
import { toast } from '../ui/Toast.tsx';
import { clock, sinceThen } from '../words/figures.ts';
import { t } from '../words/words.ts';

interface Row {
  id: string;
  draftId: string | undefined;
  name: string;
  posterUrl: string | null;
  durationMs: number;
  changedAt: string;
  isHereOnly: boolean;
  clips: number;
  isPhotos: boolean;
}

/** Both lists as one. */
function useRows(): { rows: Row[]; reload: () => void } {
  const here = useStudioDrafts() ?? [];
  const there = useQuery({ queryKey: ['drafts'], queryFn: () => request<DraftPage>('/drafts'), staleTime: 0 });
  const served = there.data?.drafts ?? [];
  const rows = here.map((draft): Row => {
    const saved = served.find(({ id }) => id === draft.draftId);
    return {
      id: draft.key,
      draftId: draft.draftId,
      name: draft.title,
      posterUrl: saved?.posterUrl ?? null,
      durationMs: draft.edit.kind === 'video' ? timelineOf(draft.edit).durationMs : 0,
      changedAt: draft.changedAt,
      isHereOnly: draft.draftId === undefined,
      isPhotos: draft.edit.kind === 'photos',
      clips: draft.edit.kind === 'video' ? draft.edit.clips.length + draft.waiting.length : draft.edit.photos.length,
    };
  });
  const others = served
    .filter(({ id }) => !here.some((draft) => draft.draftId === id))
    .map((draft): Row => ({
      id: draft.id,
      draftId: draft.id,
      name: draft.title,
      posterUrl: draft.posterUrl,
      durationMs: draft.durationMs,
      changedAt: draft.updatedAt,
      isHereOnly: false,
      isPhotos: draft.edit?.kind === 'photos',
      clips: draft.edit === null ? 0 : draft.edit.kind === 'video' ? draft.edit.clips.length : draft.edit.photos.length,
    }));
  const all = [...rows, ...others].filter(({ clips }) => clips > 0);
  return {
    rows: all.sort((one, other) => other.changedAt.localeCompare(one.changedAt)),
    reload: () => void there.refetch(),
  };
}

/** The list; while there are none nothing, on a page of its own the words for it. */
export default function StudioDrafts({ isPage = false }: { isPage?: boolean }) {
  const { rows, reload } = useRows();
  if (rows.length === 0)
    return isPage ? <EmptyState title={t('create.noDrafts')} text={t('create.noDraftsText')} /> : null;
  const remove = async (row: Row): Promise<void> => {
    if (row.draftId === row.id) await forgetServerDraft(row.id);
    else await discardStudioDraft(row.id);
    reload();
    const { draftId } = row;
    toast(
      t('create.draftDeleted'),
      draftId === undefined
        ? undefined
        : () => void request(`/drafts/${draftId}/undelete`, { method: 'POST' }).then(reload, () => undefined),
    );
  };
  return (
    <section className="studio-drafts" aria-label={t('create.yourDrafts')}>
      {!isPage && <h2 className="t-sub">{t('create.yourDrafts')}</h2>}
      <ul>
        {rows.map((row) => {
          const name = row.name === '' ? t('edit.untitled') : row.name;
          return (
            <li key={row.id} className="studio-draft">
              <Link href={`/create/edit?draft=${row.id}`} className="studio-draft-link">
                <span className="studio-draft-picture">
                  {row.posterUrl === null ? <Film size={20} aria-hidden="true" /> : <img src={row.posterUrl} alt="" />}
                </span>
                <span>
                  <span className="t-label" dir="auto">
                    {name}
                  </span>
                  <span className="t-small ink3 num">
                    {row.isPhotos ? t('create.photosIn', { n: row.clips }) : clock(row.durationMs)} ·{' '}
                    {sinceThen(row.changedAt)}
                    {row.isHereOnly && ` · ${t('create.onThisDevice')}`}
                  </span>
                </span>
              </Link>
              <IconButton label={t('create.deleteDraft', { name })} onClick={() => void remove(row)}>
                <Trash2 size={18} />
              </IconButton>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
