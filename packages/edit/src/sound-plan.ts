/** Which pieces of sound are heard when, how loud, and how they begin and end. */
import type { EditSound, VideoEdit } from '@vitrine/schema';
import { clipKey, type SourceKey, type Sources } from './sources.ts';
import { timelineOf } from './timeline.ts';

/** A piece of a source's sound: heard in [fromMs, toMs) of the finished video. */
export type SoundPiece = {
  of: 'clip' | 'parent' | 'sound' | 'voiceOver';
  /** The clip's or voice-over's id. */
  id: string | null;
  key: SourceKey;
  fromMs: number;
  toMs: number;
  /** Where in the source it begins. */
  sourceFromMs: number;
  /** 2 = twice as fast, at the same pitch. */
  speed: number;
  /** Factor of the amplitude. */
  gain: number;
  /** Straight ramps of the amplitude at both ends. */
  fadeInMs: number;
  fadeOutMs: number;
};

/** Hard cuts would crack: each clip's sound comes and goes within this time. */
const CUT_FADE_MS = 4;

/** All pieces, in the order clips, parent, sound, voice-overs. Silent ones and those without a source are left out. */
export function soundPlan(edit: VideoEdit, sources: Sources): SoundPiece[] {
  const { durationMs } = timelineOf(edit);
  const pieces = [
    ...clipPieces(edit, sources),
    ...parentPieces(edit, sources, durationMs),
    ...(edit.sound === null ? [] : soundPieces(edit.sound, sources, durationMs)),
    ...voicePieces(edit, sources, durationMs),
  ];
  return pieces.filter((piece) => piece.gain > 0 && piece.toMs > piece.fromMs);
}

const PLAIN = { speed: 1, fadeInMs: 0, fadeOutMs: 0 };

function clipPieces(edit: VideoEdit, sources: Sources): SoundPiece[] {
  return timelineOf(edit).clips.flatMap(({ clip, startMs, endMs }): SoundPiece[] => {
    const key = clipKey(clip);
    if (sources.get(key)?.hasAudio !== true) return [];
    const fades = { fadeInMs: startMs === 0 ? 0 : CUT_FADE_MS, fadeOutMs: CUT_FADE_MS };
    const gain = clip.gain * edit.originalGain;
    const { inMs: sourceFromMs, speed } = clip;
    return [{ of: 'clip', id: clip.id, key, fromMs: startMs, toMs: endMs, sourceFromMs, speed, gain, ...fades }];
  });
}

function parentPieces({ duet }: VideoEdit, sources: Sources, durationMs: number): SoundPiece[] {
  if (duet === null) return [];
  const key: SourceKey = `post:${duet.postId}`;
  const facts = sources.get(key);
  if (facts?.hasAudio !== true) return [];
  const toMs = Math.min(durationMs, facts.durationMs);
  return [{ of: 'parent', id: null, key, fromMs: 0, toMs, sourceFromMs: 0, ...PLAIN, gain: duet.gain }];
}

function soundPieces(sound: EditSound, sources: Sources, durationMs: number): SoundPiece[] {
  const key: SourceKey = `sound:${sound.soundId}`;
  const facts = sources.get(key);
  if (facts === undefined) return [];
  const lengthMs = Math.min(sound.lengthMs ?? Infinity, facts.durationMs - sound.offsetMs, durationMs - sound.startMs);
  const { startMs: fromMs, offsetMs: sourceFromMs, gain, fadeInMs, fadeOutMs } = sound;
  return [
    { of: 'sound', id: null, key, fromMs, toMs: fromMs + lengthMs, sourceFromMs, speed: 1, gain, fadeInMs, fadeOutMs },
  ];
}

function voicePieces(edit: VideoEdit, sources: Sources, durationMs: number): SoundPiece[] {
  return edit.voiceOvers.flatMap((voice): SoundPiece[] => {
    const key: SourceKey = `upload:${voice.uploadId}`;
    const facts = sources.get(key);
    if (facts === undefined) return [];
    const toMs = Math.min(durationMs, voice.startMs + facts.durationMs);
    const { id, startMs: fromMs, gain } = voice;
    return [{ of: 'voiceOver', id, key, fromMs, toMs, sourceFromMs: 0, ...PLAIN, gain }];
  });
}

/** Factor of a piece's amplitude at a moment of the finished video, fades included; 0 outside. */
export function gainAt(piece: SoundPiece, atMs: number): number {
  if (atMs < piece.fromMs || atMs >= piece.toMs) return 0;
  const rise = piece.fadeInMs === 0 ? 1 : (atMs - piece.fromMs) / piece.fadeInMs;
  const fall = piece.fadeOutMs === 0 ? 1 : (piece.toMs - atMs) / piece.fadeOutMs;
  return piece.gain * Math.min(1, rise, fall);
}
