/** The last page before posting a draft of the studio: its files, its words, its cover, its choices. */
import { ChevronLeft } from 'lucide-react';
import { useEffect, useState } from 'react';
import { clipKey, sourceKeys, timelineOf } from '@vitrine/edit';
import type { VideoEdit } from '@vitrine/schema';
import { useLocation, useSearch } from 'wouter';
import { useMe } from '../api/me.ts';
import { queryClient } from '../api/query.ts';
import { CoverPicker } from '../post/CoverPicker.tsx';
import type { Frame } from '../post/frames.ts';
import { Options } from '../post/Options.tsx';
import { UploadCard } from '../post/UploadCard.tsx';
import { WordsField } from '../post/WordsField.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { Dialog } from '../ui/Overlay.tsx';
import { ErrorState, SkeletonRows } from '../ui/State.tsx';
import { toast } from '../ui/Toast.tsx';
import type { Choices } from '../upload/draft.ts';
import { fullMoment } from '../words/figures.ts';
import { t } from '../words/words.ts';
import type { StudioDraft } from './draft.ts';
import { changeStudioDraft, discardStudioDraft, postStudioDraft } from './drafts.ts';
import { useOpenDraft } from './EditScreen.tsx';
import { EditPreview } from './EditPreview.tsx';
import { mediumOf, useMediaVersion } from './media.ts';
import { Overtaken } from './Overtaken.tsx';
import { SavedMark } from './SavedMark.tsx';
import { sendingOf } from './sending.ts';
import { spreadOver, stillsOf } from './stills.ts';
import '../post/post.css';
import './edit.css';
import './post-studio.css';

const COVERS = 7;

/** Frames of the edit to choose a cover from; made again when another medium is there. */
function useStills(edit: VideoEdit): readonly Frame[] {
  const [frames, setFrames] = useState<readonly Frame[]>([]);
  const playable = sourceKeys(edit)
    .filter((key) => mediumOf(key).url !== undefined)
    .join(' ');
  useEffect(() => {
    const leaving = new AbortController();
    let made: readonly Frame[] = [];
    void stillsOf(edit, spreadOver(timelineOf(edit).durationMs, COVERS), leaving.signal).then((stills) => {
      made = stills;
      if (!leaving.signal.aborted) setFrames(stills);
    });
    return () => {
      leaving.abort();
      for (const frame of made) URL.revokeObjectURL(frame.url);
    };
  }, [playable]);
  return frames;
}

function Acts({ draft, isTall }: { draft: StudioDraft; isTall: boolean }) {
  const me = useMe();
  const [, go] = useLocation();
  useMediaVersion();
  const home = me ? `/@${me.handle}` : '/';
  const isReady =
    draft.edit.kind === 'video' &&
    draft.edit.clips.every((clip) => mediumOf(clipKey(clip)).sending?.sending !== 'sending');
  const onPost = async (): Promise<void> => {
    const { publishAt } = draft.choices;
    const id = await postStudioDraft(draft.key);
    if (id === undefined) return toast(t('create.postsLater'));
    void queryClient.invalidateQueries({ queryKey: ['profile'] });
    toast(publishAt === undefined ? t('create.posted') : t('create.scheduled', { time: fullMoment(publishAt) }));
    go(home);
  };
  return (
    <>
      <Button
        size={isTall ? 'tall' : 'normal'}
        onClick={() => {
          toast(t('edit.draftKept'));
          go(home);
        }}
      >
        {t('edit.saveDraft')}
      </Button>
      <Button
        kind="main"
        size={isTall ? 'tall' : 'normal'}
        isWide={isTall}
        isBusy={draft.isWanted && draft.postId === undefined && navigator.onLine}
        disabledReason={draft.waiting.length > 0 ? t('edit.measuring', { n: draft.waiting.length }) : undefined}
        onClick={() => void onPost()}
      >
        {draft.choices.publishAt !== undefined
          ? t('create.schedule')
          : isReady
            ? t('create.post')
            : t('create.postWhenReady')}
      </Button>
    </>
  );
}

function Form({ draft, edit }: { draft: StudioDraft; edit: VideoEdit }) {
  const [, go] = useLocation();
  const [asksDiscard, setAsksDiscard] = useState(false);
  useMediaVersion();
  const files = [...new Set(sourceKeys(edit))].flatMap((key) => mediumOf(key).sending ?? []);
  const view = { ...sendingOf(draft, files), choices: { ...draft.choices, coverMs: edit.coverMs ?? undefined } };
  const frames = useStills(edit);
  const cover =
    edit.coverMs === null ? frames[Math.floor(frames.length / 2)] : frames.find(({ atMs }) => atMs === edit.coverMs);
  const set = (choices: Partial<Choices>): void => changeStudioDraft(draft.key, { choices });
  return (
    <div className="create">
      <div className="post-page">
        <header className="post-head">
          <IconButton className="post-back" label={t('ui.back')} onClick={() => go(`/create/edit?draft=${draft.key}`)}>
            <ChevronLeft size={24} className="turns-rtl" />
          </IconButton>
          <h1>{t('create.newPost')}</h1>
          <div className="post-acts-wide">
            <SavedMark draftKey={draft.key} />
            <Acts draft={draft} isTall={false} />
          </div>
        </header>
        <div className="post-columns">
          <div className="post-fields">
            <UploadCard draft={view} pictureUrl={cover?.url} onDiscard={() => setAsksDiscard(true)} />
            <WordsField text={draft.choices.text} onText={(text) => set({ text })} />
            <CoverPicker
              draft={view}
              frames={frames}
              onCover={(coverMs) =>
                changeStudioDraft(draft.key, { edit: { ...edit, coverMs: coverMs ?? null }, choices: { coverMs } })
              }
            />
            <Options choices={draft.choices} onChoices={set} hasOwnCaptions />
          </div>
          <EditPreview edit={edit} words={draft.choices.text} />
        </div>
        <div className="post-acts-phone post-acts-two">
          <Acts draft={draft} isTall />
        </div>
      </div>
      {asksDiscard && (
        <Dialog
          title={t('create.discardTitle')}
          keep={t('create.keep')}
          act={t('create.discard')}
          isDanger
          onAct={() => void discardStudioDraft(draft.key).then(() => go('/create'))}
          onClose={() => setAsksDiscard(false)}
        >
          {t('create.discardText')}
        </Dialog>
      )}
    </div>
  );
}

/** The page. */
export default function PostStudioScreen() {
  const id = new URLSearchParams(useSearch()).get('draft');
  const { draft, error } = useOpenDraft(id);
  if (error !== undefined) return <ErrorState error={error} onRetry={() => location.reload()} />;
  if (draft === undefined) return <SkeletonRows count={5} />;
  if (draft.isOvertaken) return <Overtaken draft={draft} />;
  return draft.edit.kind === 'video' ? <Form draft={draft} edit={draft.edit} /> : null;
}
