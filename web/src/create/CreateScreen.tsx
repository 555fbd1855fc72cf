/** Create: choose a clip, and write while it is being sent. */
import { Clapperboard, Film, Upload as UploadIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { takeSharedClip } from '../app/shared-clip.ts';
import { useMe, useRegion } from '../api/me.ts';
import { PostForm } from '../post/PostForm.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Chip } from '../ui/Choice.tsx';
import { EmptyState, SkeletonRows } from '../ui/State.tsx';
import { toast } from '../ui/Toast.tsx';
import type { Draft } from '../upload/draft.ts';
import { addFile, choose, useDrafts } from '../upload/queue.ts';
import { clock, sizeOf } from '../words/figures.ts';
import { t } from '../words/words.ts';
import './create.css';

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

/** Where a clip is dropped or chosen. */
function DropZone({ onFiles }: { onFiles: (files: Iterable<File>) => void }) {
  const region = useRegion();
  const [isOver, setIsOver] = useState(false);
  return (
    <section
      className={`drop ${isOver ? 'drop-over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      // The screen takes the files, wherever on it they are dropped.
      onDrop={() => setIsOver(false)}
    >
      <span className="drop-icon" aria-hidden="true">
        <Clapperboard size={34} strokeWidth={1.5} />
      </span>
      <h1 className="t-title">{t('create.dropTitle')}</h1>
      <p className="t-long ink2 drop-text">{t('create.dropText')}</p>
      <label className="btn btn-main btn-tall drop-button">
        <span className="btn-face">
          <UploadIcon size={20} aria-hidden="true" />
          {t('create.chooseClip')}
        </span>
        <input
          type="file"
          accept="video/*,.mkv,.avi,.mov,.3gp,.ts,.webm"
          multiple
          onChange={(event) => onFiles(event.currentTarget.files ?? [])}
        />
      </label>
      {region && (
        <p className="t-small ink3 num">
          {t('create.limits', { size: sizeOf(region.upload.maxBytes), time: clock(region.upload.maxDurationMs) })}
        </p>
      )}
    </section>
  );
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
          {draft.fileName}
        </Chip>
      ))}
    </div>
  );
}

/** The screen. */
export default function CreateScreen() {
  const me = useMe();
  const all = useDrafts();
  const [openKey, setOpenKey] = useState<string | undefined>(undefined);
  const addFiles = useAddFiles(setOpenKey);
  useEffect(() => {
    void takeSharedClip().then(
      (clip) => {
        if (!clip) return;
        const key = addFile(clip.file);
        choose(key, { text: clip.text });
        setOpenKey(key);
      },
      () => undefined,
    );
  }, []);
  if (me === null) {
    return (
      <EmptyState title={t('create.signInTitle')} text={t('create.signInText')}>
        <ButtonLink href="/signup" kind="main">
          {t('app.signUp')}
        </ButtonLink>
        <ButtonLink href="/login">{t('app.logIn')}</ButtonLink>
      </EmptyState>
    );
  }
  if (all === undefined || me === undefined) return <SkeletonRows count={4} />;
  const drafts = all.filter((draft) => draft.postId === undefined);
  const open = drafts.find((draft) => draft.key === openKey) ?? drafts.at(-1);
  return (
    <div
      className="create"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        addFiles(event.dataTransfer?.files ?? []);
      }}
    >
      {open && <DraftTabs drafts={drafts} openKey={open.key} onOpen={setOpenKey} />}
      {open ? <PostForm key={open.key} draft={open} /> : <DropZone onFiles={addFiles} />}
    </div>
  );
}
