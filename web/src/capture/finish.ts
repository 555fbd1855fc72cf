/** What the camera recorded becomes a draft: files are sent, clips wait in it; only then the camera lets go of them. */
import { emptyEdit } from '@vitrine/edit';
import type { FrameShape, VideoEdit } from '@vitrine/schema';
import { awaitClips, beginStudioDraft, changeStudioDraft } from '../edit/drafts.ts';
import { addFile, whenKept } from '../upload/queue.ts';
import { segmentFile, type KeptSegment } from './keep.ts';

/** Sends files for the studio and waits until this browser has them safe. @returns their keys */
async function handOver(segments: readonly KeptSegment[]): Promise<{ segment: KeptSegment; key: string }[]> {
  const handed: { segment: KeptSegment; key: string }[] = [];
  for (const segment of segments) {
    const file = await segmentFile(segment);
    if (file) handed.push({ segment, key: addFile(file, 'studio') });
  }
  await Promise.all(handed.map(({ key }) => whenKept(key)));
  return handed;
}

/** A draft of recorded stretches. @returns its key */
export async function draftOfSegments(
  segments: readonly KeptSegment[],
  { ground, frame }: { ground: () => Promise<VideoEdit>; frame: FrameShape | undefined },
): Promise<string> {
  const draft = beginStudioDraft(emptyEdit());
  const handed = await handOver(segments);
  awaitClips(draft.key, () =>
    handed.map(({ segment, key }) => ({ key, speed: segment.speed, filter: segment.filter, ...(frame && { frame }) })),
  );
  changeStudioDraft(draft.key, { edit: await ground() });
  return draft.key;
}

/** A draft of pictures. @returns its key */
export async function draftOfPhotos(segments: readonly KeptSegment[], sound: VideoEdit['sound']): Promise<string> {
  const handed = await handOver(segments);
  const photos = handed.map(({ key }) => ({ uploadId: key, altText: '' }));
  return beginStudioDraft({ version: 1, kind: 'photos', photos, sound }).key;
}
