/** Posted files of this browser whose bytes are still going out. */
import { Progress } from '../ui/Avatar.tsx';
import { useDrafts } from '../upload/queue.ts';
import { sizeOf } from '../words/figures.ts';
import { t } from '../words/words.ts';

/** The chips; drafts without a post are found under Create. */
export default function StillSending() {
  const drafts = useDrafts() ?? [];
  const sending = drafts.filter((draft) => draft.isWanted && draft.sending !== 'sent');
  return (
    <>
      {sending.map((draft) => (
        <li key={draft.key} className="card on-way">
          <Progress
            label={draft.sending === 'waiting' ? t('create.lineLost') : (draft.problem ?? draft.fileName)}
            words={t('create.sentOf', { sent: sizeOf(draft.sentBytes), size: sizeOf(draft.sizeBytes) })}
            share={draft.sizeBytes === 0 ? 0 : draft.sentBytes / draft.sizeBytes}
            isPaused={draft.sending !== 'sending'}
          />
        </li>
      ))}
    </>
  );
}
