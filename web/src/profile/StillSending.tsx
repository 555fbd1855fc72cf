/** Posted files of this browser whose bytes are still going out, or of which something was refused. */
import { CircleAlert } from 'lucide-react';
import type { Post } from '@vitrine/schema';
import { request } from '../api/request.ts';
import { Progress } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import type { Draft } from '../upload/draft.ts';
import { ChooseAgain } from '../upload/ChooseAgain.tsx';
import { choose, discard, retry, useDrafts } from '../upload/queue.ts';
import { sizeOf } from '../words/figures.ts';
import { t } from '../words/words.ts';
import { Waiting } from './Waiting.tsx';

function Sending({ draft }: { draft: Draft }) {
  return (
    <li className="card on-way">
      <Progress
        label={draft.sending === 'waiting' ? t('create.lineLost') : draft.fileName}
        words={t('create.sentOf', { sent: sizeOf(draft.sentBytes), size: sizeOf(draft.sizeBytes) })}
        share={draft.sizeBytes === 0 ? 0 : draft.sentBytes / draft.sizeBytes}
        isPaused={draft.sending !== 'sending'}
      />
    </li>
  );
}

function NotSent({ draft, onChanged }: { draft: Draft; onChanged: () => void }) {
  const remove = async (): Promise<void> => {
    if (draft.postId !== undefined)
      await request(`/posts/${draft.postId}`, { method: 'DELETE' }).catch(() => undefined);
    await discard(draft.key);
    onChanged();
  };
  const isLost = draft.sending === 'needsFile';
  return (
    <li className="card on-way on-way-bad" role="alert">
      <CircleAlert size={20} aria-hidden="true" />
      <p className="t-body">{isLost ? t('create.chooseAgain', { name: draft.fileName }) : draft.problem}</p>
      {isLost ? (
        <ChooseAgain />
      ) : (
        <Button size="small" onClick={() => retry(draft.key)}>
          {t('create.tryAgain')}
        </Button>
      )}
      <Button size="small" onClick={() => void remove()}>
        {t('create.remove')}
      </Button>
    </li>
  );
}

/** The post stands; its captions do not. */
function CaptionsRefused({ draft }: { draft: Draft }) {
  return (
    <li className="card on-way on-way-bad" role="alert">
      <CircleAlert size={20} aria-hidden="true" />
      <p className="t-body">
        {draft.choices.captions?.fileName}: {draft.captionsProblem}
      </p>
      <Button size="small" onClick={() => choose(draft.key, { captions: undefined })}>
        {t('create.remove')}
      </Button>
    </li>
  );
}

/** The chips, then those of posts that the server works on; drafts without a post are found under Create. */
export default function StillSending({ waiting, onChanged }: { waiting: readonly Post[]; onChanged: () => void }) {
  const posted = (useDrafts() ?? []).filter((draft) => draft.isWanted);
  const onTheWay = posted.filter((draft) => draft.sending !== 'sent');
  const told = new Set(onTheWay.map((draft) => draft.postId));
  return (
    <>
      {onTheWay.map((draft) =>
        draft.sending === 'sending' || draft.sending === 'waiting' ? (
          <Sending key={draft.key} draft={draft} />
        ) : (
          <NotSent key={draft.key} draft={draft} onChanged={onChanged} />
        ),
      )}
      {posted
        .filter((draft) => draft.captionsProblem !== undefined && draft.choices.captions !== undefined)
        .map((draft) => (
          <CaptionsRefused key={draft.key} draft={draft} />
        ))}
      {waiting
        .filter((post) => !told.has(post.id))
        .map((post) => (
          <Waiting key={post.id} post={post} />
        ))}
    </>
  );
}
