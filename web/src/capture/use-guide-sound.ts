/** Plays the chosen sound while the camera records, from where the video is, so that what is filmed lies in time with it. */
import { useEffect, useRef } from 'react';
import type { Sound } from '@vitrine/schema';
import type { Recording } from './use-recording.ts';

/** What is filmed fast is heard slowly: in the video both run alike. */
export function useGuideSound(sound: Sound | undefined, recording: Recording, speed: number): void {
  const audio = useRef<HTMLAudioElement | undefined>(undefined);
  const { isRecording } = recording;
  useEffect(() => {
    if (sound?.audioUrl == null || !isRecording) return undefined;
    audio.current ??= new Audio();
    const element = audio.current;
    const address = new URL(sound.audioUrl, location.href).href;
    if (element.src !== address) element.src = address;
    element.playbackRate = Math.min(4, 1 / speed);
    element.currentTime = recording.lengthMs / 1000;
    void element.play().catch(() => undefined);
    return () => element.pause();
  }, [isRecording, sound]);
}
