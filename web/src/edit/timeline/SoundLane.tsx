/** The added sound with its waveform, and the voices over the video. */
import { Mic, Music2 } from 'lucide-react';
import { t } from '../../words/words.ts';
import { useEditor } from '../editor.ts';
import { mediumOf, useMediaVersion } from '../media.ts';
import { barsOf, soundSpan } from '../pieces.ts';
import { Lane } from './Lane.tsx';
import type { LaneProps } from './lane.ts';

const BAR_PX = 4;
const MOST_BARS = 400;

function SoundPiece({ pxPerSecond }: LaneProps) {
  const { edit, timeline, chosen, choose, open } = useEditor();
  const { sound } = edit;
  if (sound === null) return null;
  const medium = mediumOf(`sound:${sound.soundId}`);
  const { fromMs, toMs } = soundSpan(sound, medium.facts?.durationMs, timeline.durationMs);
  const scale = pxPerSecond / 1000;
  const widthPx = Math.max(8, (toMs - fromMs) * scale);
  const bars = barsOf(medium.sound?.waveform ?? [], {
    totalMs: medium.facts?.durationMs ?? 1,
    fromMs: sound.offsetMs,
    lengthMs: toMs - fromMs,
    count: Math.min(MOST_BARS, Math.floor(widthPx / BAR_PX)),
  });
  return (
    <div
      role="listitem"
      className="sound-piece"
      style={{ insetInlineStart: `${fromMs * scale}px`, inlineSize: `${widthPx}px` }}
    >
      <button
        type="button"
        className={`sound-face ${chosen?.kind === 'sound' ? 'is-chosen' : ''}`}
        onClick={() => {
          choose({ kind: 'sound', id: sound.soundId });
          open('sound');
        }}
      >
        <span className="sound-name t-micro">
          <Music2 size={14} aria-hidden="true" />
          {medium.name}
        </span>
        <span className="sound-bars" aria-hidden="true">
          {bars.map((height, place) => (
            <i key={place} style={{ blockSize: `${Math.max(6, height * 100)}%` }} />
          ))}
        </span>
      </button>
    </div>
  );
}

/** The lane. */
export function SoundLane({ pxPerSecond }: LaneProps) {
  const { edit, chosen, choose, open, timeline } = useEditor();
  useMediaVersion();
  const scale = pxPerSecond / 1000;
  const hasVoices = edit.voiceOvers.length > 0;
  return (
    <>
      <Lane name="sound" icon={<Music2 size={18} aria-hidden="true" />} label={t('edit.laneSound')}>
        <SoundPiece pxPerSecond={pxPerSecond} />
        {edit.sound === null && (
          <button type="button" className="lane-add t-small" onClick={() => open('sound')}>
            <Music2 size={14} aria-hidden="true" />
            {t('edit.addSound')}
          </button>
        )}
      </Lane>
      {hasVoices && (
        <Lane name="voice" icon={<Mic size={18} aria-hidden="true" />} label={t('edit.laneVoice')}>
          {edit.voiceOvers.map((voice) => {
            const lengthMs = mediumOf(`upload:${voice.uploadId}`).facts?.durationMs ?? 1000;
            const widthPx = Math.min(lengthMs, timeline.durationMs - voice.startMs) * scale;
            return (
              <div
                key={voice.id}
                role="listitem"
                className="piece"
                style={{ insetInlineStart: `${voice.startMs * scale}px`, inlineSize: `${Math.max(24, widthPx)}px` }}
              >
                <button
                  type="button"
                  className={`piece-face ${chosen?.id === voice.id ? 'is-chosen' : ''}`}
                  onClick={() => {
                    choose({ kind: 'voice', id: voice.id });
                    open('voice');
                  }}
                >
                  <Mic size={14} aria-hidden="true" />
                  <span>{t('edit.voice')}</span>
                </button>
              </div>
            );
          })}
        </Lane>
      )}
    </>
  );
}
