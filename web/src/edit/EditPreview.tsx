/** The edit as people will see it, in a phone-shaped player beside the form. */
import { frameSize, sourceKeys } from '@vitrine/edit';
import type { VideoEdit } from '@vitrine/schema';
import { Eye } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { useMe } from '../api/me.ts';
import { t } from '../words/words.ts';
import { FilterDefinitions } from './FilterDefinitions.tsx';
import { sourcesOf, useMediaVersion } from './media.ts';
import { Player, previewSize } from './player.ts';

/** The player; a press plays and pauses it. */
export function EditPreview({ edit, words }: { edit: VideoEdit; words: string }) {
  const me = useMe();
  const version = useMediaVersion();
  const canvas = useRef<HTMLCanvasElement>(null);
  const player = useMemo(() => new Player(edit), []);
  const size = previewSize(frameSize(edit.frame));
  useEffect(() => {
    player.attach(canvas.current);
    return () => player.close();
  }, [player]);
  useEffect(() => player.setEdit(edit, sourcesOf(sourceKeys(edit))), [edit, version]);
  useEffect(() => {
    if (edit.coverMs !== null) player.seek(edit.coverMs);
  }, [edit.coverMs]);
  return (
    <figure className="preview">
      <FilterDefinitions />
      <button
        type="button"
        className="preview-screen over-video"
        aria-label={t('edit.play')}
        onClick={() => (player.isPlaying() ? player.pause() : player.play())}
      >
        <canvas ref={canvas} className="preview-canvas" width={size.widthPx} height={size.heightPx} />
        <span className="preview-words">
          <strong className="t-label">{me?.handle ?? ''}</strong>
          <span dir="auto">{words}</span>
        </span>
      </button>
      <figcaption className="t-small ink3">
        <Eye size={16} aria-hidden="true" />
        {t('create.asSeen')}
      </figcaption>
    </figure>
  );
}
