/** Whether the newest state is safe: on the server, here only, or overtaken by another device. */
import { CircleAlert, CloudCheck, CloudOff, LoaderCircle } from 'lucide-react';
import { t } from '../words/words.ts';
import { isKeptHereOnly, useStudioDrafts } from './drafts.ts';

/** The mark. */
export function SavedMark({ draftKey }: { draftKey: string }) {
  const draft = useStudioDrafts()?.find(({ key }) => key === draftKey);
  if (!draft) return null;
  if (draft.problem !== undefined)
    return (
      <span className="saved-mark saved-bad t-small" role="alert">
        <CircleAlert size={16} aria-hidden="true" />
        {draft.problem}
      </span>
    );
  if (draft.isSaved)
    return (
      <span className="saved-mark t-small" role="status">
        <CloudCheck size={16} className="saved-ok" aria-hidden="true" />
        {t('edit.draftSaved')}
      </span>
    );
  const isOffline = isKeptHereOnly(draft);
  return (
    <span className="saved-mark t-small" role="status">
      {isOffline ? <CloudOff size={16} aria-hidden="true" /> : <LoaderCircle size={16} aria-hidden="true" />}
      {isOffline ? t('edit.savedHere') : t('edit.saving')}
    </span>
  );
}
