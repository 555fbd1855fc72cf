/** The whole sound of an edit, mixed by the browser. */
import { gainAt, soundPlan, type SoundPiece, type SourceKey, type Sources } from '@vitrine/edit';
import type { VideoEdit } from '@vitrine/schema';
import { levelled } from './loudness.ts';
import { SOUND_RATE_HZ, type Sound } from './work.ts';

/** @returns undefined where nothing is heard; throws where a sound cannot be decoded */
export async function mixdown(
  edit: VideoEdit,
  {
    sources,
    durationMs,
    bytesOf,
  }: { sources: Sources; durationMs: number; bytesOf: (key: SourceKey) => Promise<ArrayBuffer> },
): Promise<Sound | undefined> {
  const pieces = soundPlan(edit, sources);
  if (pieces.length === 0) return undefined;
  const context = new OfflineAudioContext(2, Math.round((durationMs * SOUND_RATE_HZ) / 1000), SOUND_RATE_HZ);
  const buffers = new Map<SourceKey, AudioBuffer | undefined>();
  let heard = 0;
  for (const piece of pieces) {
    // A clip may turn out to have no sound: only its maker's device could not tell before.
    if (!buffers.has(piece.key)) buffers.set(piece.key, await decode(context, await bytesOf(piece.key)));
    const buffer = buffers.get(piece.key);
    if (buffer === undefined) continue;
    lay(context, piece, buffer);
    heard += 1;
  }
  if (heard === 0) return undefined;
  const mixed = await context.startRendering();
  return levelled({ left: mixed.getChannelData(0), right: mixed.getChannelData(1) });
}

function decode(context: OfflineAudioContext, bytes: ArrayBuffer): Promise<AudioBuffer | undefined> {
  return context.decodeAudioData(bytes).catch(() => undefined);
}

function lay(context: OfflineAudioContext, piece: SoundPiece, buffer: AudioBuffer): void {
  const source = context.createBufferSource();
  source.buffer = buffer;
  const gain = context.createGain();
  source.connect(gain).connect(context.destination);
  const [from, to] = [piece.fromMs / 1000, piece.toMs / 1000];
  gain.gain.setValueAtTime(piece.fadeInMs > 0 ? 0 : gainAt(piece, piece.fromMs), from);
  if (piece.fadeInMs > 0) gain.gain.linearRampToValueAtTime(piece.gain, from + piece.fadeInMs / 1000);
  if (piece.fadeOutMs > 0) {
    gain.gain.setValueAtTime(piece.gain, Math.max(from + piece.fadeInMs / 1000, to - piece.fadeOutMs / 1000));
    gain.gain.linearRampToValueAtTime(0, to);
  }
  source.start(from, piece.sourceFromMs / 1000, to - from);
}
