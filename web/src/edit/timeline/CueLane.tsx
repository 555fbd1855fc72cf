/** The captions along their time; a press opens their list. */
import { Captions } from 'lucide-react';
import { t } from '../../words/words.ts';
import { useEditor } from '../editor.ts';
import { Lane } from './Lane.tsx';
import type { LaneProps } from './lane.ts';

/** The lane; absent while there are none. */
export function CueLane({ pxPerSecond }: LaneProps) {
  const { edit, open, choose, player } = useEditor();
  const cues = edit.captions?.cues ?? [];
  const scale = pxPerSecond / 1000;
  if (cues.length === 0) return null;
  return (
    <Lane name="cues" icon={<Captions size={18} aria-hidden="true" />} label={t('edit.laneCaptions')}>
      {cues.map((cue, place) => (
        <div
          key={place}
          role="listitem"
          className="cue"
          style={{
            insetInlineStart: `${cue.startMs * scale}px`,
            inlineSize: `${Math.max(10, (cue.endMs - cue.startMs) * scale - 3)}px`,
          }}
        >
          <button
            type="button"
            className="cue-face"
            onClick={() => {
              choose({ kind: 'cue', id: String(place) });
              open('captions');
              player.seek(cue.startMs);
            }}
          >
            <span dir="auto">{cue.text}</span>
          </button>
        </div>
      ))}
    </Lane>
  );
}
