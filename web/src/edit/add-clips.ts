/** Files become clips: sent at once, cut as soon as their length is known. */
import { addClip, type Size, type SourceFacts } from '@vitrine/edit';
import { FRAMES, type Clip, type FrameShape, type VideoEdit } from '@vitrine/schema';
import { useEffect } from 'react';
import { useRegion } from '../api/me.ts';
import { toast } from '../ui/Toast.tsx';
import { addFile } from '../upload/queue.ts';
import { sizeOf } from '../words/figures.ts';
import { t } from '../words/words.ts';
import type { WaitingClip } from './draft.ts';
import { awaitClips, useStudioDrafts } from './drafts.ts';
import { newPieceId, useEditor, type Editor } from './editor.ts';
import { mediumOf, onMedia } from './media.ts';

/** A clip that differs from the frame by less than this factor fills it; others are shown whole. */
const FILLS_WITHIN = 1.15;

/** The shape of frame that suits a picture best. */
function frameFor({ widthPx, heightPx }: Size): FrameShape {
  const away = (shape: FrameShape): number =>
    Math.abs(Math.log((FRAMES[shape].widthPx / FRAMES[shape].heightPx) * (heightPx / widthPx)));
  const shapes = Object.keys(FRAMES) as FrameShape[];
  return shapes.reduce((best, shape) => (away(shape) < away(best) ? shape : best));
}

/** A file as the next clip; the first one of a video gives it its shape. */
function withFile(
  edit: VideoEdit,
  { key, speed = 1, filter = 'none', frame: filmedFor }: WaitingClip,
  facts: SourceFacts,
): VideoEdit {
  const isFirst = edit.clips.length === 0 && edit.duet === null && facts.heightPx > 0;
  const frame = isFirst ? (filmedFor ?? frameFor(facts)) : edit.frame;
  const { widthPx, heightPx } = FRAMES[frame];
  const differs = (facts.widthPx / facts.heightPx) * (heightPx / widthPx);
  const fills = filmedFor !== undefined || Math.max(differs, 1 / differs) < FILLS_WITHIN || edit.duet !== null;
  const clip = wholeClip(newPieceId(), key, facts.durationMs);
  return addClip({ ...edit, frame }, { ...clip, speed, filter, fit: fills ? 'cover' : 'contain' });
}

/** A clip of a whole source. */
export function wholeClip(id: string, uploadId: string, durationMs: number): Clip {
  return {
    id,
    source: { uploadId },
    inMs: 0,
    outMs: durationMs,
    speed: 1,
    crop: null,
    fit: 'cover',
    filter: 'none',
    gain: 1,
  };
}

/** Starts to send files for the studio; what is too large is told before a byte goes. @returns the keys */
export function sendForStudio(files: Iterable<File>, maxBytes: number | undefined): string[] {
  return [...files].flatMap((file) => {
    if (maxBytes === undefined || file.size <= maxBytes) return [addFile(file, 'studio')];
    toast(t('create.tooLarge', { name: file.name, size: sizeOf(maxBytes) }));
    return [];
  });
}

/** What a medium is once it is known; undefined where it was refused. */
function whenMeasured(key: string): Promise<SourceFacts | undefined> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const { facts, problem } = mediumOf(`upload:${key}`);
      if (facts === undefined && problem === undefined) return false;
      resolve(facts);
      return true;
    };
    if (look()) return;
    const stop = onMedia(() => look() && stop());
  });
}

/** Adds files to the open edit, in the order in which they were chosen. */
export function useAddClips(): (files: Iterable<File>) => void {
  const { draftKey } = useEditor();
  const region = useRegion();
  return (files) => {
    const keys = sendForStudio(files, region?.upload.maxBytes);
    awaitClips(draftKey, (before) => [...before, ...keys.map((key) => ({ key }))]);
  };
}

/** Cuts the files that wait into the edit, one after the other. Once in an editor. */
export function useWaitingClips({ draftKey, change }: Editor): readonly WaitingClip[] {
  const waiting = useStudioDrafts()?.find(({ key }) => key === draftKey)?.waiting ?? [];
  const [next] = waiting;
  useEffect(() => {
    if (next === undefined) return undefined;
    let isOpen = true;
    void whenMeasured(next.key).then((facts) => {
      if (!isOpen) return;
      if (facts === undefined || facts.widthPx === 0)
        toast(mediumOf(`upload:${next.key}`).problem ?? t('edit.cannotEdit'));
      else change((edit) => withFile(edit, next, facts));
      awaitClips(draftKey, (before) => before.filter(({ key }) => key !== next.key));
    });
    return () => {
      isOpen = false;
    };
  }, [next?.key]);
  return waiting;
}
