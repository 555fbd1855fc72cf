/** The last page before posting a draft of the studio: its files, its words, its cover, its choices. */
import { ChevronLeft } from 'lucide-react';
import { useEffect, useState } from 'react';
import { sourceKeys, timelineOf } from '@vitrine/edit';
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
import type { Choices, Draft as Sending } from '../upload/draft.ts';
import { fullMoment } from '../words/figures.ts';
import { t } from '../words/words.ts';
import { mediaIdsOf, type StudioDraft } from './draft.ts';
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
function useStills(edit: VideoEdit | undefined): readonly Frame[] {
  const [frames, setFrames] = useState<readonly Frame[]>([]);
  const playable = (edit === undefined ? [] : sourceKeys(edit))
    .filter((key) => mediumOf(key).url !== undefined)
    .join(' ');
  useEffect(() => {
    if (edit === undefined) return undefined;
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
  const isReady = mediaIdsOf(draft.edit).every((id) => mediumOf(`upload:${id}`).sending?.sending !== 'sending');
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

/** The cover of a video: one of its frames. */
function Cover({
  draft,
  edit,
  view,
  frames,
}: {
  draft: StudioDraft;
  edit: VideoEdit;
  view: Sending;
  frames: readonly Frame[];
}) {
  return (
    <CoverPicker
      draft={view}
      frames={frames}
      onCover={(coverMs) =>
        changeStudioDraft(draft.key, { edit: { ...edit, coverMs: coverMs ?? null }, choices: { coverMs } })
      }
    />
  );
}

function Discard({ draft, onClose }: { draft: StudioDraft; onClose: () => void }) {
  const [, go] = useLocation();
  return (
    <Dialog
      title={t('create.discardTitle')}
      keep={t('create.keep')}
      act={t('create.discard')}
      isDanger
      onAct={() => void discardStudioDraft(draft.key).then(() => go('/create'))}
      onClose={onClose}
    >
      {t('create.discardText')}
    </Dialog>
  );
}

function Form({ draft }: { draft: StudioDraft }) {
  const [, go] = useLocation();
  const [asksDiscard, setAsksDiscard] = useState(false);
  useMediaVersion();
  const edit = draft.edit.kind === 'video' ? draft.edit : undefined;
  const ids = mediaIdsOf(draft.edit);
  const files = ids.flatMap((id) => mediumOf(`upload:${id}`).sending ?? []);
  const view = { ...sendingOf(draft, files), choices: { ...draft.choices, coverMs: edit?.coverMs ?? undefined } };
  const frames = useStills(edit);
  const cover = frames.find(({ atMs }) => atMs === edit?.coverMs) ?? frames[Math.floor(frames.length / 2)];
  const picture = edit ? cover?.url : mediumOf(`upload:${ids[0] ?? ''}`).url;
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
            <UploadCard draft={view} pictureUrl={picture} onDiscard={() => setAsksDiscard(true)} />
            <WordsField text={draft.choices.text} onText={(text) => set({ text })} />
            {edit && <Cover draft={draft} edit={edit} view={view} frames={frames} />}
            <Options choices={draft.choices} onChoices={set} hasOwnCaptions />
          </div>
          {edit && <EditPreview edit={edit} words={draft.choices.text} />}
        </div>
        <div className="post-acts-phone post-acts-two">
          <Acts draft={draft} isTall />
        </div>
      </div>
      {asksDiscard && <Discard draft={draft} onClose={() => setAsksDiscard(false)} />}
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
  return <Form draft={draft} />;
}
