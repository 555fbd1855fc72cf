/** Play and seek on the waveform. */
import { Pause, Play } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Sound } from '@vitrine/schema';
import { clock } from '../words/figures.ts';
import { t } from '../words/words.ts';
import { barsOf } from './bars.ts';

const BARS = 74;
const SEEK_STEP_MS = 100;

/** An audio element of its own, silent again when the page goes. */
function useAudio(url: string | null) {
  const audio = useRef<HTMLAudioElement | undefined>(undefined);
  const [atMs, setAtMs] = useState(0);
  const [isPlaying, setPlaying] = useState(false);
  useEffect(() => {
    if (url === null) return undefined;
    const element = new Audio();
    element.preload = 'none';
    element.src = url;
    audio.current = element;
    const onTime = (): void => setAtMs(element.currentTime * 1000);
    const onState = (): void => setPlaying(!element.paused && !element.ended);
    element.addEventListener('timeupdate', onTime);
    for (const name of ['play', 'pause', 'ended', 'error']) element.addEventListener(name, onState);
    return () => {
      element.pause();
      element.removeAttribute('src');
    };
  }, [url]);
  // Smoother than the four times a second that the browser tells.
  useEffect(() => {
    if (!isPlaying) return undefined;
    let next = requestAnimationFrame(function tell() {
      setAtMs((audio.current?.currentTime ?? 0) * 1000);
      next = requestAnimationFrame(tell);
    });
    return () => cancelAnimationFrame(next);
  }, [isPlaying]);
  return {
    atMs,
    isPlaying,
    turn: () => {
      const element = audio.current;
      if (!element) return;
      if (element.paused) void element.play().catch(() => setPlaying(false));
      else element.pause();
    },
    seek: (ms: number) => {
      if (audio.current) audio.current.currentTime = ms / 1000;
      setAtMs(ms);
    },
  };
}

/** The row. */
export function SoundPlayer({ sound }: { sound: Sound }) {
  const { atMs, isPlaying, turn, seek } = useAudio(sound.audioUrl);
  const part = sound.durationMs === 0 ? 0 : atMs / sound.durationMs;
  return (
    <div className="sound-player">
      <button
        type="button"
        className="sound-play-btn"
        aria-label={isPlaying ? t('soundPage.pause') : t('soundPage.play')}
        disabled={sound.audioUrl === null}
        onClick={turn}
      >
        {isPlaying ? <Pause size={22} fill="currentColor" /> : <Play size={22} fill="currentColor" />}
      </button>
      <div className="sound-wave" dir="ltr">
        <div className="sound-bars" aria-hidden="true">
          {barsOf(sound.waveform, BARS).map((height, place) => (
            <i
              key={place}
              className={place < part * BARS ? 'is-past' : ''}
              style={{ blockSize: `${Math.max(6, height ** 2 * 100)}%` }}
            />
          ))}
        </div>
        <input
          type="range"
          className="sound-seek"
          aria-label={t('soundPage.seek')}
          aria-valuetext={clock(atMs)}
          min={0}
          max={sound.durationMs}
          step={SEEK_STEP_MS}
          value={Math.min(atMs, sound.durationMs)}
          disabled={sound.audioUrl === null}
          onInput={(event) => seek(Number(event.currentTarget.value))}
        />
        <div className="sound-times t-small ink3 num">
          <span>{clock(atMs)}</span>
          <span>{clock(sound.durationMs)}</span>
        </div>
      </div>
    </div>
  );
}
