/** The question before one's own post is deleted; ten minutes long the answer can be taken back. */
import type { Card } from '@vitrine/schema';
import { useState } from 'react';
import { outOfDate } from '../api/me.ts';
import { request, sentenceOf } from '../api/request.ts';
import { Dialog } from '../ui/Overlay.tsx';
import { toast } from '../ui/Toast.tsx';
import { t } from '../words/words.ts';

/** Deletes `card` when confirmed. */
export function DeleteDialog({ card, onClose, onDeleted }: { card: Card; onClose: () => void; onDeleted: () => void }) {
  const [isBusy, setIsBusy] = useState(false);
  const undo = (): void => {
    request(`/posts/${card.id}/undelete`, { method: 'POST' }).then(
      () => outOfDate([]),
      (error: unknown) => toast(sentenceOf(error)),
    );
  };
  const remove = async (): Promise<void> => {
    setIsBusy(true);
    try {
      await request(`/posts/${card.id}`, { method: 'DELETE' });
      outOfDate([]);
      toast(t('share.deleted'), undo);
      onDeleted();
    } catch (error) {
      toast(sentenceOf(error));
      onClose();
    }
  };
  return (
    <Dialog
      title={t('share.deleteQuestion')}
      keep={t('share.keep')}
      act={t('share.delete')}
      isDanger
      isBusy={isBusy}
      onAct={() => void remove()}
      onClose={onClose}
    >
      {t('share.deleteText')}
    </Dialog>
  );
}
