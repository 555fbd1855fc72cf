/** The filters, named, over the camera's picture. */
import { FILTER_NAMES } from '@vitrine/edit';
import type { FilterName } from '@vitrine/schema';
import { useEffect, useRef } from 'react';
import { FILTER_WORDS } from '../edit/panels/ClipPanels.tsx';
import { filterId } from '../edit/paint.ts';
import { t } from '../words/words.ts';

function Small({ name, stream }: { name: FilterName; stream: MediaStream | undefined }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream ?? null;
  }, [stream]);
  return (
    <video
      ref={video}
      muted
      playsInline
      autoPlay
      style={{ filter: name === 'none' ? 'none' : `url(#${filterId(name)})` }}
    />
  );
}

/** The strip. */
export function FilterStrip({
  filter,
  onFilter,
  stream,
}: {
  filter: FilterName;
  onFilter: (filter: FilterName) => void;
  stream: MediaStream | undefined;
}) {
  return (
    <div className="camera-filters" role="radiogroup" aria-label={t('edit.filters')}>
      {FILTER_NAMES.map((name) => (
        <button key={name} type="button" role="radio" aria-checked={filter === name} onClick={() => onFilter(name)}>
          <Small name={name} stream={stream} />
          <span className="t-micro">{t(FILTER_WORDS[name])}</span>
        </button>
      ))}
    </div>
  );
}
