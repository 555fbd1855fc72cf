/** Pictures to be swiped through, with a sound: their order, their descriptions, what is heard. */
import { ArrowLeft, ArrowRight, ChevronLeft, ImagePlus, Music2, Redo2, Trash2, Undo2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { PhotoEdit } from '@vitrine/schema';
import { useLocation } from 'wouter';
import { useMe, useRegion } from '../api/me.ts';
import type { ChosenSound } from '../sound/AddSound.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { toast } from '../ui/Toast.tsx';
import { t } from '../words/words.ts';
import { sendForStudio } from './add-clips.ts';
import type { StudioDraft } from './draft.ts';
import { changeStudioDraft } from './drafts.ts';
import { beginHistory, redo, settle, step, undo, type History } from './history.ts';
import { mediumOf, rememberSound, useMediaVersion } from './media.ts';
import { addPhotos, describePhoto, movePhoto, removePhoto, soundUnderPhotos } from './photos.ts';
import { SavedMark } from './SavedMark.tsx';
import './photo.css';

const AddSound = lazy(() => import('../sound/AddSound.tsx'));

/** The pictures with their history; every step is kept at once. */
function usePhotos(draftKey: string, first: PhotoEdit) {
  const [history, setHistory] = useState<History<PhotoEdit>>(() => beginHistory(first));
  const turn = (next: History<PhotoEdit>): void => {
    if (next.now !== history.now) changeStudioDraft(draftKey, { edit: next.now });
    setHistory(next);
  };
  return {
    edit: history.now,
    change: (change: (edit: PhotoEdit) => PhotoEdit, gesture?: string) =>
      turn(step(history, change(history.now), gesture)),
    settle: () => turn(settle(history)),
    undo: history.past.length > 0 ? () => turn(undo(history)) : undefined,
    redo: history.future.length > 0 ? () => turn(redo(history)) : undefined,
  };
}
type Photos = ReturnType<typeof usePhotos>;

function Picture({ id, alt }: { id: string; alt: string }) {
  const { url, posterUrl } = mediumOf(`upload:${id}`);
  const shown = url ?? posterUrl;
  return shown === undefined ? <span className="edit-photo-wait" /> : <img src={shown} alt={alt} />;
}

/** What can be done with the picture that is shown. */
function PhotoActs({ photos, place, onPlace }: { photos: Photos; place: number; onPlace: (place: number) => void }) {
  const { edit, change, settle: end } = photos;
  const photo = edit.photos[place];
  if (photo === undefined) return null;
  const move = (by: number): void => {
    change((now) => movePhoto(now, place, place + by));
    onPlace(place + by);
  };
  return (
    <div className="edit-photo-acts">
      <IconButton label={t('edit.moveBack')} disabled={place === 0} onClick={() => move(-1)}>
        <ArrowLeft size={20} className="turns-rtl" />
      </IconButton>
      <IconButton label={t('edit.moveOn')} disabled={place === edit.photos.length - 1} onClick={() => move(1)}>
        <ArrowRight size={20} className="turns-rtl" />
      </IconButton>
      <IconButton
        label={t('edit.delete')}
        onClick={() => {
          change((now) => removePhoto(now, place));
          onPlace(Math.max(0, place - 1));
        }}
      >
        <Trash2 size={20} />
      </IconButton>
      <Field
        label={t('create.altText')}
        isLabelHidden
        placeholder={t('create.altText')}
        maxLength={1000}
        dir="auto"
        value={photo.altText}
        onInput={(event) => change((now) => describePhoto(now, place, event.currentTarget.value), `alt ${place}`)}
        onBlur={end}
      />
    </div>
  );
}

function SoundLine({ photos }: { photos: Photos }) {
  const [isAdding, setIsAdding] = useState(false);
  const { edit, change } = photos;
  const medium = edit.sound && mediumOf(`sound:${edit.sound.soundId}`);
  const use = ({ sound, range, gain }: ChosenSound): void => {
    rememberSound(sound);
    change((now) => soundUnderPhotos(now, { soundId: sound.id, range, gain }));
    setIsAdding(false);
  };
  return (
    <div className="edit-photo-sound">
      <Button icon={<Music2 size={18} />} onClick={() => setIsAdding(true)}>
        {medium ? medium.name : t('edit.addSound')}
      </Button>
      {edit.sound && (
        <IconButton label={t('edit.deleteSound')} onClick={() => change((now) => ({ ...now, sound: null }))}>
          <Trash2 size={18} />
        </IconButton>
      )}
      {isAdding && (
        <Suspense fallback={null}>
          <AddSound
            videoMs={0}
            originalGain={1}
            gain={edit.sound?.gain ?? 1}
            hasOriginal={false}
            first={medium?.sound && { sound: medium.sound }}
            onUse={use}
            onClose={() => setIsAdding(false)}
          />
        </Suspense>
      )}
    </div>
  );
}

function Strip({ photos, place, onPlace }: { photos: Photos; place: number; onPlace: (place: number) => void }) {
  const region = useRegion();
  const add = (files: Iterable<File>): void => {
    const keys = sendForStudio(files, region?.upload.maxBytes);
    photos.change((now) => addPhotos(now, keys));
  };
  return (
    <ul className="edit-photo-strip" aria-label={t('edit.photos')}>
      {photos.edit.photos.map((photo, at) => (
        <li key={photo.uploadId}>
          <button
            type="button"
            aria-pressed={at === place}
            aria-label={t('edit.photoOf', { n: at + 1 })}
            onClick={() => onPlace(at)}
          >
            <Picture id={photo.uploadId} alt="" />
          </button>
        </li>
      ))}
      <li>
        <label className="edit-photo-add file-button" title={t('edit.addPhotos')}>
          <ImagePlus size={22} aria-hidden="true" />
          <input
            type="file"
            accept="image/*"
            multiple
            aria-label={t('edit.addPhotos')}
            onChange={(event) => add(event.currentTarget.files ?? [])}
          />
        </label>
      </li>
    </ul>
  );
}

/** The editor of pictures. */
export function PhotoEditor({ draft, first }: { draft: StudioDraft; first: PhotoEdit }) {
  const photos = usePhotos(draft.key, first);
  const [place, setPlace] = useState(0);
  const [, go] = useLocation();
  const me = useMe();
  useMediaVersion();
  const shown = photos.edit.photos[place];
  return (
    <div className="edit edit-photo-edit">
      <header className="edit-head">
        <IconButton
          label={t('ui.back')}
          onClick={() => {
            toast(t('edit.draftKept'));
            go(me ? `/@${me.handle}` : '/');
          }}
        >
          <ChevronLeft size={24} className="turns-rtl" />
        </IconButton>
        <div className="edit-history">
          <IconButton label={t('edit.undo')} disabled={!photos.undo} onClick={photos.undo}>
            <Undo2 size={20} className="turns-rtl" />
          </IconButton>
          <IconButton label={t('edit.redo')} disabled={!photos.redo} onClick={photos.redo}>
            <Redo2 size={20} className="turns-rtl" />
          </IconButton>
        </div>
        <Button
          kind="main"
          disabledReason={photos.edit.photos.length === 0 ? t('edit.noPhotos') : undefined}
          onClick={() => go(`/create/post?draft=${draft.key}`)}
        >
          {t('edit.next')}
        </Button>
      </header>
      <div className="edit-photo-stage">{shown && <Picture id={shown.uploadId} alt={shown.altText} />}</div>
      <div className="edit-photo-mark">
        <SavedMark draftKey={draft.key} />
      </div>
      <PhotoActs photos={photos} place={place} onPlace={setPlace} />
      <Strip photos={photos} place={place} onPlace={setPlace} />
      <SoundLine photos={photos} />
    </div>
  );
}
