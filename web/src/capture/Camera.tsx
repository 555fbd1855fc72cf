/** The camera: stretch by stretch up to a length, or pictures; with a sound that plays while it records. */
import { Check, Delete, FilePen, ImagePlus, Music2, X, Zap, ZapOff } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { FilterName, Sound } from '@vitrine/schema';
import { Link } from 'wouter';
import { IconButton } from '../ui/Button.tsx';
import { t } from '../words/words.ts';
import { FilterDefinitions } from '../edit/FilterDefinitions.tsx';
import { filterId } from '../edit/paint.ts';
import { fineClock, speedWords } from '../edit/words.ts';
import { clock } from '../words/figures.ts';
import { FilterStrip } from './FilterStrip.tsx';
import type { KeptSegment } from './keep.ts';
import { RecordButton } from './RecordButton.tsx';
import { arcsOf, MOST_PHOTOS, SPEEDS, type LengthMs } from './segments.ts';
import { SideTools, type SideState } from './SideTools.tsx';
import type { Camera as OpenCamera } from './use-camera.ts';
import { useCountdown } from './use-countdown.ts';
import { useGuideSound } from './use-guide-sound.ts';
import { useRecording, type Recording } from './use-recording.ts';
import './camera.css';

/** What the screen around the camera does. */
interface CameraActs {
  onClose: () => void;
  /** Everything is recorded. */
  onDone: (segments: readonly KeptSegment[], clear: () => Promise<void>) => Promise<void>;
  onGallery: () => void;
  onAddSound: () => void;
  onNoSound: () => void;
}

type Mode = 'photo' | LengthMs;

const NO_TOOLS: SideState = { speed: 1, timerSeconds: 0, hasGrid: false, hasFilters: false, hasSpeeds: false };

function Top({ camera, sound, acts }: { camera: OpenCamera; sound: Sound | undefined; acts: CameraActs }) {
  return (
    <header className="camera-top">
      <IconButton label={t('ui.close')} onClick={acts.onClose}>
        <X size={26} />
      </IconButton>
      <span className="camera-sound glass">
        <button type="button" onClick={acts.onAddSound}>
          <Music2 size={18} aria-hidden="true" />
          <span dir="auto">{sound?.title ?? t('edit.addSound')}</span>
        </button>
        {sound && (
          <button type="button" aria-label={t('camera.noSound')} onClick={acts.onNoSound}>
            <X size={16} />
          </button>
        )}
      </span>
      {camera.hasTorch ? (
        <IconButton label={t('camera.flash')} aria-pressed={camera.isTorchOn} onClick={camera.turnTorch}>
          {camera.isTorchOn ? <Zap size={24} /> : <ZapOff size={24} />}
        </IconButton>
      ) : (
        <span className="camera-spacer" />
      )}
    </header>
  );
}

function Modes({ mode, onMode, limitMs }: { mode: Mode; onMode: (mode: Mode) => void; limitMs: number | undefined }) {
  const modes: { mode: Mode; label: string }[] = [
    { mode: 'photo', label: t('camera.photo') },
    { mode: 15_000, label: t('camera.seconds', { n: 15 }) },
    { mode: 60_000, label: t('camera.seconds', { n: 60 }) },
    { mode: 180_000, label: t('camera.minutes', { n: 3 }) },
  ];
  return (
    <div className="camera-modes" role="radiogroup" aria-label={t('camera.length')}>
      {modes.map(({ mode: value, label }) => (
        <button key={value} type="button" role="radio" aria-checked={mode === value} onClick={() => onMode(value)}>
          {label}
        </button>
      ))}
      {limitMs !== undefined && (
        <span className="t-micro camera-limit">{t('camera.bySound', { time: clock(limitMs) })}</span>
      )}
    </div>
  );
}

/** Takes the picture that is shown now. */
function photoOf(video: HTMLVideoElement | null): Promise<Blob | null> {
  if (video === null || video.videoWidth === 0) return Promise.resolve(null);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.92));
}

/** Stretches or pictures: one post is of one kind. */
function shownOf(recording: Recording, isPhoto: boolean): readonly KeptSegment[] {
  return (recording.segments ?? []).filter(({ type }) => (type === 'image/jpeg') === isPhoto);
}

function Speeds({ speed, onSpeed }: { speed: number; onSpeed: (speed: number) => void }) {
  return (
    <div className="camera-speeds" role="radiogroup" aria-label={t('camera.speed')}>
      {SPEEDS.map((value) => (
        <button
          key={value}
          type="button"
          role="radio"
          aria-checked={speed === value}
          className="num"
          onClick={() => onSpeed(value)}
        >
          {speedWords(value)}
        </button>
      ))}
    </div>
  );
}

interface CameraProps {
  camera: OpenCamera;
  sound: Sound | undefined;
  acts: CameraActs;
}

/** All that the camera's parts share. */
function useFilming({ camera, sound, acts }: CameraProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [mode, setMode] = useState<Mode>(15_000);
  const [side, setSide] = useState<SideState>(NO_TOOLS);
  const [filter, setFilter] = useState<FilterName>('none');
  const [isBusy, setIsBusy] = useState(false);
  const isPhoto = mode === 'photo';
  const bySound = sound && !isPhoto ? Math.min(sound.durationMs, mode) : undefined;
  const limitMs = bySound ?? (isPhoto ? 15_000 : mode);
  const recording = useRecording({ stream: camera.stream, limitMs, speed: side.speed, filter });
  const countdown = useCountdown(side.timerSeconds);
  useGuideSound(sound, recording, side.speed);
  useEffect(() => {
    if (video.current) video.current.srcObject = camera.stream ?? null;
  }, [camera.stream]);
  const press = (): void => {
    if (!isPhoto) return countdown.run(recording.start);
    if (shownOf(recording, true).length >= MOST_PHOTOS) return;
    countdown.run(() => void photoOf(video.current).then((photo) => photo && recording.addPhoto(photo)));
  };
  const stop = (): void => {
    if (countdown.left === 0) recording.stop();
  };
  const done = (): void => {
    setIsBusy(true);
    void acts.onDone(shownOf(recording, isPhoto), recording.clear).finally(() => setIsBusy(false));
  };
  return {
    video,
    mode,
    setMode,
    side,
    setSide,
    filter,
    setFilter,
    isBusy,
    isPhoto,
    bySound,
    limitMs,
    recording,
    countdown,
    press,
    stop,
    done,
  };
}

type Filming = ReturnType<typeof useFilming>;

function Foot({ filming, camera, acts }: { filming: Filming } & Pick<CameraProps, 'camera' | 'acts'>) {
  const { recording, isPhoto, limitMs } = filming;
  const shown = shownOf(recording, isPhoto);
  const isIdle = !recording.isRecording;
  return (
    <div className="camera-foot">
      {shown.length > 0 && isIdle ? (
        <IconButton
          label={isPhoto ? t('camera.deletePhoto') : t('camera.deleteLast')}
          sizePx={52}
          onClick={recording.removeLast}
        >
          <Delete size={26} className="turns-rtl" />
        </IconButton>
      ) : (
        recording.isRecording || (
          <Link
            href="/create/drafts"
            className="icon-btn icon-btn-52"
            aria-label={t('create.yourDrafts')}
            title={t('create.yourDrafts')}
          >
            <FilePen size={24} />
          </Link>
        )
      )}
      <RecordButton
        isRecording={recording.isRecording}
        isPhoto={isPhoto}
        isReady={camera.stream !== undefined && recording.segments !== undefined}
        arcs={isPhoto ? [] : arcsOf(shown, limitMs)}
        share={isPhoto ? shown.length / MOST_PHOTOS : recording.lengthMs / limitMs}
        onStart={filming.press}
        onStop={filming.stop}
        onZoom={camera.zoom}
      />
      {shown.length > 0 && isIdle ? (
        <IconButton
          label={t('camera.done')}
          sizePx={52}
          className="camera-done"
          aria-busy={filming.isBusy}
          onClick={filming.done}
        >
          <Check size={26} />
        </IconButton>
      ) : (
        isIdle && (
          <IconButton label={t('camera.gallery')} sizePx={52} onClick={acts.onGallery}>
            <ImagePlus size={26} />
          </IconButton>
        )
      )}
    </div>
  );
}

function Bottom({ filming, camera, acts }: { filming: Filming } & Pick<CameraProps, 'camera' | 'acts'>) {
  const { recording, isPhoto, limitMs, side, setSide, filter, setFilter, mode, setMode } = filming;
  const isIdle = !recording.isRecording;
  return (
    <div className={`camera-bottom ${isIdle ? '' : 'is-filming'}`}>
      {!isPhoto && recording.lengthMs > 0 && (
        <p className="camera-time glass num" role="timer" dir="ltr">
          <strong>{fineClock(recording.lengthMs)}</strong> / {clock(limitMs)}
        </p>
      )}
      {isPhoto && (
        <p className="camera-time glass num">
          {t('camera.photosOf', { n: shownOf(recording, true).length, most: MOST_PHOTOS })}
        </p>
      )}
      {side.hasFilters && isIdle && <FilterStrip filter={filter} onFilter={setFilter} stream={camera.stream} />}
      {side.hasSpeeds && !isPhoto && isIdle && (
        <Speeds speed={side.speed} onSpeed={(speed) => setSide({ ...side, speed })} />
      )}
      <Foot filming={filming} camera={camera} acts={acts} />
      <Modes mode={mode} onMode={setMode} limitMs={filming.bySound} />
    </div>
  );
}

/** The camera with a picture. */
export function Camera(props: CameraProps) {
  const { camera, sound, acts } = props;
  const filming = useFilming(props);
  const { side, setSide, filter, countdown, recording } = filming;
  return (
    <div className={`camera over-video ${side.hasGrid ? 'has-camera-grid' : ''}`}>
      <FilterDefinitions />
      <video
        ref={filming.video}
        className={`camera-picture ${camera.isMirrored ? 'is-mirrored' : ''}`}
        style={{ filter: filter === 'none' ? 'none' : `url(#${filterId(filter)})` }}
        muted
        playsInline
        autoPlay
      />
      <Top camera={camera} sound={sound} acts={acts} />
      {!recording.isRecording && (
        <SideTools
          state={side}
          onState={(changes) => setSide({ ...side, ...changes })}
          canFlip={camera.canFlip}
          onFlip={camera.flip}
        />
      )}
      {countdown.left > 0 && (
        <button
          type="button"
          className="camera-countdown num"
          aria-label={t('camera.cancelTimer')}
          onClick={countdown.cancel}
        >
          {countdown.left}
        </button>
      )}
      <Bottom filming={filming} camera={camera} acts={acts} />
    </div>
  );
}
