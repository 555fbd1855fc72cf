/** Create on a phone: the camera, or in clear words why there is none, with the way by files. */
import { lazy, Suspense, useEffect, useState } from 'react';
import type { Sound } from '@vitrine/schema';
import { useLocation } from 'wouter';
import { request } from '../api/request.ts';
import { groundEdit, groundOf } from '../create/begin.ts';
import { rememberSound } from '../edit/media.ts';
import type { ChosenSound } from '../sound/AddSound.tsx';
import type { SoundRange } from '../sound/range.ts';
import { Camera } from './Camera.tsx';
import { draftOfPhotos, draftOfSegments } from './finish.ts';
import type { KeptSegment } from './keep.ts';
import { useCamera, type CameraProblem } from './use-camera.ts';

const AddSound = lazy(() => import('../sound/AddSound.tsx'));

interface GuideSound {
  sound: Sound;
  range?: SoundRange;
}

/** The sound of the address, or the one that was added here. */
function useSound(soundId: string | undefined) {
  const [chosen, setChosen] = useState<GuideSound | undefined>(undefined);
  useEffect(() => {
    if (soundId === undefined) return;
    void request<Sound>(`/sounds/${soundId}`).then(
      (sound) => setChosen({ sound }),
      () => undefined,
    );
  }, [soundId]);
  return { chosen, setChosen };
}

/** An upright page films upright: what is beside it is not seen and not meant. */
function filmedFor(): '9:16' | undefined {
  return innerHeight > innerWidth ? '9:16' : undefined;
}

/** What becomes of the stretches: a draft with the sound that they were filmed to. */
function useDone({ search, parentMs, chosen }: { search: string; parentMs: number; chosen: GuideSound | undefined }) {
  const [, go] = useLocation();
  const ground = groundOf(search);
  return async (segments: readonly KeptSegment[], clear: () => Promise<void>): Promise<void> => {
    const sound = chosen && {
      soundId: chosen.sound.id,
      offsetMs: chosen.range?.fromMs ?? 0,
      startMs: 0,
      lengthMs: null,
      gain: 1,
      fadeInMs: 0,
      fadeOutMs: 0,
    };
    const key =
      segments[0]?.type === 'image/jpeg'
        ? await draftOfPhotos(segments, sound ?? null)
        : await draftOfSegments(segments, {
            frame: filmedFor(),
            ground: async () => {
              const edit = await groundEdit({ ...ground, soundId: undefined }, parentMs);
              // What the microphone heard of the sound would be heard twice.
              return sound ? { ...edit, sound, originalGain: 0 } : edit;
            },
          });
    await clear();
    go(`/create/edit?draft=${key}`);
  };
}

/** The screen. `onUnable`: there is no camera; `onGallery`: files instead. */
export default function CameraScreen({
  search,
  note,
  parentMs,
  onUnable,
  onGallery,
}: {
  search: string;
  /** What one films for: a duet, a stitch. */
  note: string | undefined;
  /** Length of the post that is stitched. */
  parentMs: number;
  onUnable: (problem: CameraProblem) => void;
  onGallery: () => void;
}) {
  const [, go] = useLocation();
  const camera = useCamera();
  const { chosen, setChosen } = useSound(groundOf(search).soundId);
  const [isAdding, setIsAdding] = useState(false);
  useEffect(() => {
    if (camera.problem !== undefined) onUnable(camera.problem);
  }, [camera.problem]);
  const onDone = useDone({ search, parentMs, chosen });
  const use = ({ sound, range }: ChosenSound): void => {
    rememberSound(sound);
    setChosen({ sound, range });
    setIsAdding(false);
  };
  return (
    <>
      <Camera
        camera={camera}
        sound={chosen?.sound}
        acts={{
          onClose: () => (history.length > 1 ? history.back() : go('/')),
          onDone,
          onGallery,
          onAddSound: () => setIsAdding(true),
          onNoSound: () => setChosen(undefined),
        }}
      />
      {note !== undefined && <p className="camera-note glass t-small">{note}</p>}
      {isAdding && (
        <Suspense fallback={null}>
          <AddSound
            videoMs={0}
            originalGain={0}
            gain={1}
            hasOriginal={false}
            first={chosen}
            onUse={use}
            onClose={() => setIsAdding(false)}
          />
        </Suspense>
      )}
    </>
  );
}
