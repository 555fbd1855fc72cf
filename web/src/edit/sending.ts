/** All files of a draft as one upload, for the card that shows how far it is. Pure. */
import { newDraft, type Draft as Sending, type SendingState } from '../upload/draft.ts';
import type { StudioDraft } from './draft.ts';

/** The worst first: what needs somebody stands before what goes on by itself. */
const WORST: readonly SendingState[] = ['refused', 'needsFile', 'waiting', 'sending', 'sent'];

/** The sum of the files that are sent from here; those of other devices are there already. */
export function sendingOf(draft: StudioDraft, files: readonly Sending[]): Sending {
  const state = WORST.find((worst) => files.some((file) => file.sending === worst)) ?? 'sent';
  const troubled = files.find((file) => file.sending === state && (state === 'refused' || state === 'needsFile'));
  const sum = (of: (file: Sending) => number): number => files.reduce((total, file) => total + of(file), 0);
  const areReady = files.length > 0 && files.every((file) => file.upload?.state === 'ready');
  return {
    ...newDraft(troubled?.key ?? draft.key, {
      name: troubled?.fileName ?? (draft.title !== '' ? draft.title : (files[0]?.fileName ?? '')),
      size: sum((file) => file.sizeBytes),
      lastModified: 0,
    }),
    sentBytes: sum((file) => (file.sending === 'sent' ? file.sizeBytes : file.sentBytes)),
    bytesPerSecond: sum((file) => file.bytesPerSecond),
    sending: state,
    problem: draft.problem ?? troubled?.problem,
    upload: areReady ? files[0]?.upload : undefined,
    choices: draft.choices,
    isWanted: draft.isWanted,
    postId: draft.postId,
  };
}
