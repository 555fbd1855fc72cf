/** What the editor does to texts, stickers and sounds of an edit. Pure. */
import type { EditSound, EditText, Sticker, VideoEdit } from '@vitrine/schema';
import type { Chosen } from './editor.ts';

/** A stretch of the finished video. */
export interface Span {
  fromMs: number;
  toMs: number;
}

const SHOWN_MS = 3000;

/** From a moment on for a few seconds, within the video. */
export function spanFrom(atMs: number, durationMs: number): Span {
  // Not a fraction later than what is shown: it must be seen at once.
  const fromMs = Math.floor(Math.max(0, Math.min(atMs, durationMs - 500)));
  return { fromMs, toMs: Math.round(Math.max(fromMs + 500, Math.min(durationMs, fromMs + SHOWN_MS))) };
}

/** A new text in the upper third. */
export function newText(id: string, words: string, span: Span): EditText {
  return {
    id,
    text: words,
    x: 0.5,
    y: 0.2,
    rotationDegrees: 0,
    ...span,
    face: 'bold',
    size: 0.07,
    colour: '#ffffff',
    hasBox: true,
    align: 'center',
  };
}

/** A new sticker in the middle. */
export function newSticker(id: string, emoji: string, span: Span): Sticker {
  return { id, emoji, x: 0.5, y: 0.45, rotationDegrees: 0, ...span, size: 0.24 };
}

/** Something else about one text. */
export function changeText(edit: VideoEdit, id: string, changes: Partial<EditText>): VideoEdit {
  return { ...edit, texts: edit.texts.map((text) => (text.id === id ? { ...text, ...changes } : text)) };
}

/** Something else about one sticker. */
export function changeSticker(edit: VideoEdit, id: string, changes: Partial<Sticker>): VideoEdit {
  return {
    ...edit,
    stickers: edit.stickers.map((sticker) => (sticker.id === id ? { ...sticker, ...changes } : sticker)),
  };
}

/** Another time for a text or sticker. */
export function retime(edit: VideoEdit, chosen: Chosen, span: Span): VideoEdit {
  if (chosen.kind === 'text') return changeText(edit, chosen.id, span);
  return chosen.kind === 'sticker' ? changeSticker(edit, chosen.id, span) : edit;
}

/** Takes a chosen piece away; the last clip's loss leaves an empty video. */
export function removePiece(edit: VideoEdit, { kind, id }: Chosen): VideoEdit {
  if (kind === 'clip') return { ...edit, clips: edit.clips.filter((clip) => clip.id !== id) };
  if (kind === 'text') return { ...edit, texts: edit.texts.filter((text) => text.id !== id) };
  if (kind === 'sticker') return { ...edit, stickers: edit.stickers.filter((sticker) => sticker.id !== id) };
  if (kind === 'voice') return { ...edit, voiceOvers: edit.voiceOvers.filter((voice) => voice.id !== id) };
  if (kind === 'sound') return { ...edit, sound: null };
  if (edit.captions === null) return edit;
  const cues = edit.captions.cues.filter((_, place) => String(place) !== id);
  return { ...edit, captions: cues.length === 0 ? null : { ...edit.captions, cues } };
}

/** A second one of a chosen piece, right after it. */
export function duplicatePiece(edit: VideoEdit, { kind, id }: Chosen, newId: string): VideoEdit {
  if (kind === 'clip') {
    const place = edit.clips.findIndex((clip) => clip.id === id);
    const clip = edit.clips[place];
    return clip === undefined ? edit : { ...edit, clips: edit.clips.toSpliced(place + 1, 0, { ...clip, id: newId }) };
  }
  const beside = <Piece extends { id: string; x: number; y: number }>(pieces: readonly Piece[]): Piece[] =>
    pieces.flatMap((piece) =>
      piece.id === id
        ? [piece, { ...piece, id: newId, x: Math.min(0.95, piece.x + 0.05), y: Math.min(0.95, piece.y + 0.05) }]
        : [piece],
    );
  if (kind === 'text') return { ...edit, texts: beside(edit.texts) };
  return kind === 'sticker' ? { ...edit, stickers: beside(edit.stickers) } : edit;
}

/** Where in the video an added sound is heard. */
export function soundSpan(sound: EditSound, soundMs: number | undefined, videoMs: number): Span {
  const lengthMs = Math.min(
    sound.lengthMs ?? Number.POSITIVE_INFINITY,
    (soundMs ?? Number.POSITIVE_INFINITY) - sound.offsetMs,
    videoMs - sound.startMs,
  );
  return { fromMs: sound.startMs, toMs: sound.startMs + Math.max(0, lengthMs) };
}

/** Heights, 0 to 1, of a stretch of a waveform in so many bars. */
export function barsOf(
  waveform: readonly number[],
  { totalMs, fromMs, lengthMs, count }: { totalMs: number; fromMs: number; lengthMs: number; count: number },
): number[] {
  if (waveform.length === 0) return [];
  return Array.from({ length: Math.max(0, count) }, (_, place) => {
    const share = (fromMs + (lengthMs * (place + 0.5)) / count) / totalMs;
    return (waveform[Math.min(waveform.length - 1, Math.floor(share * waveform.length))] ?? 0) / 255;
  });
}
