/** Create: choose clips for the studio, or one to be posted as it is and write while it is being sent. */
import { Film } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { takeSharedClip } from '../app/shared-clip.ts';
import { useMe, useRegion } from '../api/me.ts';
import { PostForm } from '../post/PostForm.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Chip } from '../ui/Choice.tsx';
import { EmptyState, SkeletonRows } from '../ui/State.tsx';
import { toast } from '../ui/Toast.tsx';
import type { Draft } from '../upload/draft.ts';
import { addFile, choose, useDrafts } from '../upload/queue.ts';
import { sizeOf } from '../words/figures.ts';
import { t } from '../words/words.ts';
import { DropZone } from './DropZone.tsx';
import StudioDrafts from './StudioDrafts.tsx';
import { CameraTrouble } from '../capture/CameraTrouble.tsx';
import type { CameraProblem } from '../capture/use-camera.ts';
import { useIsWide } from '../ui/wide.ts';
import { useStudio, type Studio } from './use-studio.ts';
import './create.css';

const CameraScreen = lazy(() => import('../capture/CameraScreen.tsx'));

/** Takes what can be a clip; tells of what is too large before a byte is sent. */
function useAddFiles(onAdded: (key: string) => void): (files: Iterable<File>) => void {
  const region = useRegion();
  return (files) => {
    for (const file of files) {
      if (region && file.size > region.upload.maxBytes)
        toast(t('create.tooLarge', { name: file.name, size: sizeOf(region.upload.maxBytes) }));
      else onAdded(addFile(file));
    }
  };
}

/** Which of several drafts is open. */
function DraftTabs({
  drafts,
  openKey,
  onOpen,
}: {
  drafts: readonly Draft[];
  openKey: string;
  onOpen: (key: string) => void;
}) {
  if (drafts.length < 2) return null;
  return (
    <div className="draft-tabs" role="group" aria-label={t('create.drafts')}>
      {drafts.map((draft) => (
        <Chip
          key={draft.key}
          isOn={draft.key === openKey}
          icon={<Film size={16} aria-hidden="true" />}
          onPress={() => onOpen(draft.key)}
        >
          {/* A name keeps its own direction: its end is what gives way, in whatever language the page is. */}
          <bdi className="draft-name">{draft.fileName}</bdi>
        </Chip>
      ))}
    </div>
  );
}

/** The start of something new: the camera on phones, the drop zone on wide pages and wherever there is no camera. */
function Begin({
  studio,
  search,
  onPlain,
}: {
  studio: Studio;
  search: string;
  onPlain: (files: Iterable<File>) => void;
}) {
  const isWide = useIsWide();
  const [trouble, setTrouble] = useState<CameraProblem | undefined>(undefined);
  const [wish, setWish] = useState<'camera' | 'files' | undefined>(undefined);
  const isFilming = trouble === undefined && (wish ?? (isWide ? 'files' : 'camera')) === 'camera';
  if (isFilming)
    return (
      <Suspense fallback={null}>
        <CameraScreen
          search={search}
          note={studio.parentName === '' ? undefined : studio.words}
          parentMs={studio.parentMs}
          onUnable={setTrouble}
          onGallery={() => setWish('files')}
        />
      </Suspense>
    );
  const film = (): void => {
    setTrouble(undefined);
    setWish('camera');
  };
  return (
    <>
      <DropZone onFiles={studio.begin} onPlain={onPlain} onCamera={film}>
        {trouble !== undefined && <CameraTrouble problem={trouble} />}
        {studio.words !== undefined && <Chip isLit>{studio.words}</Chip>}
      </DropZone>
      <StudioDrafts />
    </>
  );
}

function SignInFirst() {
  return (
    <EmptyState title={t('create.signInTitle')} text={t('create.signInText')}>
      <ButtonLink href="/signup" kind="main">
        {t('app.signUp')}
      </ButtonLink>
      <ButtonLink href="/login">{t('app.logIn')}</ButtonLink>
    </EmptyState>
  );
}

/** A clip that another app shared into this one becomes a draft at once. */
function useSharedClip(onAdded: (key: string) => void): void {
  useEffect(() => {
    void takeSharedClip().then(
      (clip) => {
        if (!clip) return;
        const key = addFile(clip.file);
        choose(key, { text: clip.text });
        onAdded(key);
      },
      () => undefined,
    );
  }, []);
}

/** The screen. */
export default function CreateScreen() {
  const me = useMe();
  const all = useDrafts();
  const search = useSearch();
  const [, go] = useLocation();
  const [openKey, setOpenKey] = useState<string | undefined>(undefined);
  const addFiles = useAddFiles(setOpenKey);
  const studio = useStudio(search);
  const draftId = new URLSearchParams(search).get('draft');
  useSharedClip(setOpenKey);
  useEffect(() => {
    if (draftId !== null) go(`/create/edit?draft=${encodeURIComponent(draftId)}`, { replace: true });
  }, [draftId]);
  if (me === null) return <SignInFirst />;
  if (all === undefined || me === undefined) return <SkeletonRows count={4} />;
  const drafts = all.filter((draft) => draft.postId === undefined && draft.purpose !== 'studio');
  const open = drafts.find((draft) => draft.key === openKey) ?? drafts.at(-1);
  return (
    <div
      className="create"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        if (open) addFiles(event.dataTransfer?.files ?? []);
        else studio.begin(event.dataTransfer?.files ?? []);
      }}
    >
      {open && <DraftTabs drafts={drafts} openKey={open.key} onOpen={setOpenKey} />}
      {open ? <PostForm key={open.key} draft={open} /> : <Begin studio={studio} search={search} onPlain={addFiles} />}
    </div>
  );
}
