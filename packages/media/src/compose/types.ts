/** What a composition is made of and what comes out. Plain JSON but for the order's callbacks. */
import type { FontName, SourceFacts, SourceKey, TextLayer } from '@vitrine/edit';
import type { VideoEdit } from '@vitrine/schema';
import type { Refusal, RenditionFile, RungProgress, SoundProbe, SourceLimits, VideoProbe } from '../types.ts';
import type { FontExtent } from './measure.ts';

/** A file that the edit names, and what it was found to be. */
export type ComposeSource = { path: string; probe: VideoProbe | SoundProbe };

export type ComposeOrder = {
  edit: VideoEdit;
  /** Every key that the edit names. */
  sources: ReadonlyMap<SourceKey, ComposeSource>;
  /** An existing folder; only the finished file appears in it. */
  outDir: string;
  onProgress?: (progress: RungProgress) => void;
  signal?: AbortSignal;
};

/** `rendition` is published as it is, and the smaller ones are made from it. */
export type Composed = {
  kind: 'composed';
  rendition: RenditionFile;
  /** The clip's own pictures, not encoded again. */
  isPictureCopied: boolean;
};
export type ComposeOutcome = (Composed & { cpuMs: number }) | Refusal;

/** What the worker is given: texts are laid out already. */
export type ComposeWork = {
  edit: VideoEdit;
  sources: [SourceKey, ComposeSource][];
  texts: TextLayer[];
  extents: Record<FontName, FontExtent>;
  outDir: string;
  limits: SourceLimits;
};

/** What the edit package has to know of a file. */
export function factsOf(probe: VideoProbe | SoundProbe): SourceFacts {
  return probe.kind === 'video'
    ? { durationMs: probe.durationMs, widthPx: probe.widthPx, heightPx: probe.heightPx, hasAudio: probe.hasAudio }
    : { durationMs: probe.durationMs, widthPx: 0, heightPx: 0, hasAudio: true };
}
