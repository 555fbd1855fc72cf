/** One draft: its upload, its words, its choices, and Post. */
import { ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useMe } from '../api/me.ts';
import { queryClient } from '../api/query.ts';
import { choose, discard, post } from '../upload/queue.ts';
import type { Draft } from '../upload/draft.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Dialog } from '../ui/Overlay.tsx';
import { toast } from '../ui/Toast.tsx';
import { t } from '../words/words.ts';
import { CoverPicker, useFrames } from './CoverPicker.tsx';
import { Options } from './Options.tsx';
import { Preview } from './Preview.tsx';
import { UploadCard } from './UploadCard.tsx';
import { WordsField } from './WordsField.tsx';
import './post.css';

const CREATE_PATH = '/create';

function PostButton({ draft, isTall }: { draft: Draft; isTall: boolean }) {
  const me = useMe();
  const [, go] = useLocation();
  const isDown = draft.sending === 'refused';
  const onPost = async (): Promise<void> => {
    if (!navigator.onLine) toast(t('create.postsLater'));
    const id = await post(draft.key);
    if (id === undefined) return;
    void queryClient.invalidateQueries({ queryKey: ['profile'] });
    toast(t('create.posted'));
    // Who has gone elsewhere meanwhile stays there.
    if (location.pathname === CREATE_PATH) go(me ? `/@${me.handle}` : '/');
  };
  return (
    <Button
      kind="main"
      size={isTall ? 'tall' : 'normal'}
      isWide={isTall}
      isBusy={draft.isWanted && draft.postId === undefined && draft.sending !== 'waiting'}
      disabledReason={isDown ? t('create.refusedFile') : undefined}
      onClick={() => void onPost()}
    >
      {draft.sending === 'sent' ? t('create.post') : t('create.postWhenReady')}
    </Button>
  );
}

/** The whole form, phone and desktop. */
export function PostForm({ draft }: { draft: Draft }) {
  const [asksDiscard, setAsksDiscard] = useState(false);
  const frames = useFrames(draft);
  const { choices } = draft;
  const near =
    choices.coverMs === undefined
      ? frames[Math.floor(frames.length / 2)]
      : frames.find((frame) => Math.abs(frame.atMs - (choices.coverMs ?? 0)) < 1);
  const pictureUrl = near?.url ?? draft.upload?.posterUrl ?? undefined;
  return (
    <div className="post-page">
      <header className="post-head">
        <IconButton className="post-back" label={t('ui.back')} onClick={() => history.back()}>
          <ChevronLeft size={24} className="turns-rtl" />
        </IconButton>
        <h1>{t('create.newPost')}</h1>
        <div className="post-acts-wide">
          <PostButton draft={draft} isTall={false} />
        </div>
      </header>
      <div className="post-columns">
        <div className="post-fields">
          <UploadCard draft={draft} pictureUrl={pictureUrl} onDiscard={() => setAsksDiscard(true)} />
          <WordsField text={choices.text} onText={(text) => choose(draft.key, { text })} />
          <CoverPicker draft={draft} frames={frames} onCover={(coverMs) => choose(draft.key, { coverMs })} />
          <Options choices={choices} onChoices={(changed) => choose(draft.key, changed)} />
        </div>
        <Preview draft={draft} pictureUrl={pictureUrl} />
      </div>
      <div className="post-acts-phone">
        <PostButton draft={draft} isTall />
      </div>
      {asksDiscard && (
        <Dialog
          title={t('create.discardTitle')}
          keep={t('create.keep')}
          act={t('create.discard')}
          isDanger
          onAct={() => void discard(draft.key)}
          onClose={() => setAsksDiscard(false)}
        >
          {t('create.discardText')}
        </Dialog>
      )}
    </div>
  );
}
