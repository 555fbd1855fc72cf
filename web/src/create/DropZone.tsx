/** Where clips are dropped or chosen: for the studio, or one to be posted as it is. */
import { Camera, Clapperboard, Upload as UploadIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useRegion } from '../api/me.ts';
import { useIsWide } from '../ui/wide.ts';
import { Button } from '../ui/Button.tsx';
import { clock, sizeOf } from '../words/figures.ts';
import { t } from '../words/words.ts';

/** Kinds of file that may be clips. */
const CLIP_KINDS = 'video/*,.mkv,.avi,.mov,.3gp,.ts,.webm';

/** The zone. `children` stand above its words. */
export function DropZone({
  onFiles,
  onPlain,
  onCamera,
  children,
}: {
  onFiles: (files: Iterable<File>) => void;
  onPlain: (files: Iterable<File>) => void;
  onCamera: () => void;
  children?: ReactNode;
}) {
  const region = useRegion();
  const isWide = useIsWide();
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
      {children}
      <span className="drop-icon" aria-hidden="true">
        <Clapperboard size={34} strokeWidth={1.5} />
      </span>
      <h1 className="t-title">{t('create.studioTitle')}</h1>
      <p className="t-long ink2 drop-text">{t(isWide ? 'create.studioText' : 'create.studioChoose')}</p>
      <label className="btn btn-main btn-tall drop-button">
        <span className="btn-face">
          <UploadIcon size={20} aria-hidden="true" />
          {t('create.chooseClips')}
        </span>
        <input
          type="file"
          accept={`${CLIP_KINDS},image/*`}
          multiple
          onChange={(event) => onFiles(event.currentTarget.files ?? [])}
        />
      </label>
      <Button icon={<Camera size={20} />} onClick={onCamera}>
        {t('camera.useCamera')}
      </Button>
      <label className="btn btn-plain drop-button">
        <span className="btn-face">{t('create.asItIs')}</span>
        <input type="file" accept={CLIP_KINDS} onChange={(event) => onPlain(event.currentTarget.files ?? [])} />
      </label>
      {region && (
        <p className="t-small ink3 num">
          {t('create.limits', { size: sizeOf(region.upload.maxBytes), time: clock(region.upload.maxDurationMs) })}
        </p>
      )}
    </section>
  );
}
