/** Edits for tests. */
import type { Clip, EditText, VideoEdit } from '@vitrine/schema';
import { emptyEdit } from '../operations.ts';
import type { SourceFacts, SourceKey, Sources } from '../sources.ts';

/** A file with picture and sound, ten seconds, upright. */
export const FACTS: SourceFacts = { durationMs: 10_000, widthPx: 1080, heightPx: 1920, hasAudio: true };

/** An id that tells uploads of a test apart. */
export function uploadId(n: number): string {
  return `01980000-0000-7000-8000-${String(n).padStart(12, '0')}`;
}

/** Facts for uploads 0 to 9. */
export function sourcesOf(facts: Partial<SourceFacts> = {}): Sources {
  return new Map(
    Array.from({ length: 10 }, (_, n): [SourceKey, SourceFacts] => [`upload:${uploadId(n)}`, { ...FACTS, ...facts }]),
  );
}

/** A clip of upload `n`, from 0 to 2 s. */
export function clipOf(n: number, changes: Partial<Clip> = {}): Clip {
  return {
    id: `c${n}`,
    source: { uploadId: uploadId(n) },
    inMs: 0,
    outMs: 2000,
    speed: 1,
    crop: null,
    fit: 'cover',
    filter: 'none',
    gain: 1,
    ...changes,
  };
}

export function editOf(clips: Clip[], changes: Partial<VideoEdit> = {}): VideoEdit {
  return { ...emptyEdit(), clips, ...changes };
}

export function textOf(changes: Partial<EditText> = {}): EditText {
  return {
    id: 't',
    text: 'Hello',
    face: 'bold',
    size: 0.1,
    colour: '#ffffff',
    hasBox: true,
    align: 'center',
    x: 0.5,
    y: 0.5,
    rotationDegrees: 0,
    fromMs: 0,
    toMs: 1000,
    ...changes,
  };
}

/** Half an em a letter. */
export const measure = (text: string): number => Array.from(text).length * 0.5;
