/** Where the playhead is, play and pause, and whether the draft is saved. */
import { Pause, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../ui/Button.tsx';
import { t } from '../words/words.ts';
import { useEditor, useIsPlaying, useMoment } from './editor.ts';
import { fineClock } from './words.ts';

/** The moment and the length. */
function Moment() {
  const { player, timeline } = useEditor();
  const atMs = useMoment(player);
  return (
    <span className="transport-time num" dir="ltr">
      <strong>{fineClock(atMs)}</strong> / {fineClock(timeline.durationMs)}
    </span>
  );
}

/** The bar under the picture. `children`: what stands at its end. */
export function Transport({ children }: { children?: ReactNode }) {
  const { player } = useEditor();
  const isPlaying = useIsPlaying(player);
  return (
    <div className="transport">
      <Moment />
      <IconButton
        label={isPlaying ? t('edit.pause') : t('edit.play')}
        className="transport-play"
        onClick={() => (isPlaying ? player.pause() : player.play())}
      >
        {isPlaying ? <Pause size={24} fill="currentColor" /> : <Play size={24} fill="currentColor" />}
      </IconButton>
      <span className="transport-end">{children}</span>
    </div>
  );
}
