/** One sound of a list: cover, title, who, how long, a picture of its loudness, and whether it is saved. */
import { Bookmark, Music2, Pause, Play } from 'lucide-react';
import { useState } from 'react';
import type { Sound } from '@vitrine/schema';
import { request, sentenceOf } from '../api/request.ts';
import { IconButton } from '../ui/Button.tsx';
import { toast } from '../ui/Toast.tsx';
import { clock } from '../words/figures.ts';
import { t } from '../words/words.ts';

const SMALL_BARS = 12;

function smallBars(waveform: readonly number[]): number[] {
  if (waveform.length === 0) return [];
  return Array.from(
    { length: SMALL_BARS },
    (_, place) => (waveform[Math.floor(((place + 0.5) * waveform.length) / SMALL_BARS)] ?? 0) / 255,
  );
}

function SaveButton({ sound }: { sound: Sound }) {
  const [isSaved, setIsSaved] = useState(sound.viewer?.hasSaved ?? false);
  const turn = async (): Promise<void> => {
    setIsSaved(!isSaved);
    await request(`/sounds/${sound.id}/save`, { method: isSaved ? 'DELETE' : 'PUT' }).catch((error: unknown) => {
      setIsSaved(isSaved);
      toast(sentenceOf(error));
    });
  };
  return (
    <IconButton label={t('addSound.save', { title: sound.title })} aria-pressed={isSaved} onClick={() => void turn()}>
      <Bookmark size={20} fill={isSaved ? 'currentColor' : 'none'} className={isSaved ? 'is-lit' : ''} />
    </IconButton>
  );
}

/** The row. */
export function SoundRow({
  sound,
  isChosen,
  isPlaying,
  onPick,
}: {
  sound: Sound;
  isChosen: boolean;
  isPlaying: boolean;
  onPick: () => void;
}) {
  const isReady = sound.audioUrl !== null;
  const note = sound.muted ? t('addSound.muted') : sound.state === 'processing' ? t('addSound.processing') : undefined;
  return (
    <li className={`sound-row ${isChosen ? 'is-chosen' : ''}`}>
      <button type="button" className="sound-pick" aria-pressed={isChosen} disabled={!isReady} onClick={onPick}>
        <span className="sound-cover">
          {sound.coverUrl === null ? <Music2 size={20} aria-hidden="true" /> : <img src={sound.coverUrl} alt="" />}
          <span className="sound-play" aria-hidden="true">
            {isPlaying ? <Pause size={20} fill="currentColor" /> : <Play size={20} fill="currentColor" />}
          </span>
        </span>
        <span className="sound-words">
          <span className="t-label" dir="auto">
            {sound.title}
          </span>
          <span className="t-small ink3">
            <bdi>{sound.artist}</bdi> · <span className="num">{clock(sound.durationMs)}</span>
            {note !== undefined && ` · ${note}`}
          </span>
        </span>
        {!isChosen && (
          <span className="sound-small-bars" aria-hidden="true">
            {smallBars(sound.waveform).map((height, place) => (
              <i key={place} style={{ blockSize: `${Math.max(12, height * 100)}%` }} />
            ))}
          </span>
        )}
      </button>
      <SaveButton sound={sound} />
    </li>
  );
}
