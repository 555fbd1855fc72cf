/** Hearing a sound before it is used: its stretch, again and again. */
import { useEffect, useRef, useState } from 'react';
import type { Sound } from '@vitrine/schema';
import type { SoundRange } from './range.ts';

/** What is heard now. */
export interface Ear {
  soundId: string | undefined;
  atMs: number;
  play: (sound: Sound, range: SoundRange) => void;
  stop: () => void;
}

/** One player for the whole sheet. */
export function useEar(): Ear {
  const audio = useRef<HTMLAudioElement | undefined>(undefined);
  const range = useRef<SoundRange>({ fromMs: 0, toMs: 0 });
  const [soundId, setSoundId] = useState<string | undefined>(undefined);
  const [atMs, setAtMs] = useState(0);
  const stop = (): void => {
    audio.current?.pause();
    setSoundId(undefined);
  };
  const elementOf = (): HTMLAudioElement => {
    if (audio.current) return audio.current;
    const element = new Audio();
    element.addEventListener('timeupdate', () => {
      const nowMs = element.currentTime * 1000;
      if (nowMs >= range.current.toMs) element.currentTime = range.current.fromMs / 1000;
      setAtMs(nowMs);
    });
    element.addEventListener('error', stop);
    audio.current = element;
    return element;
  };
  useEffect(() => () => audio.current?.pause(), []);
  return {
    soundId,
    atMs,
    play: (sound, next) => {
      if (sound.audioUrl === null) return stop();
      const element = elementOf();
      const address = new URL(sound.audioUrl, location.href).href;
      if (element.src !== address) element.src = address;
      range.current = next;
      element.currentTime = next.fromMs / 1000;
      setSoundId(sound.id);
      void element.play().catch(stop);
    },
    stop,
  };
}
