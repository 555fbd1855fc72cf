/** Checkpoints: the text of a note that says how large a tree is and what its root is (c2sp.org/tlog-checkpoint). */
import { base64Of, bytesOfBase64 } from './base64.ts';
import { HASH_LENGTH } from './merkle.ts';
import { NoteError } from './note.ts';

/** What a checkpoint says. */
interface Checkpoint {
  /** Whose tree it is: the key's name. */
  origin: string;
  /** Leaves. */
  size: number;
  root: Uint8Array;
  /** Further lines, none empty. */
  extension: readonly string[];
}

/** The text, ending with a newline. */
export function checkpointText({ origin, size, root, extension }: Checkpoint): string {
  return [origin, String(size), base64Of(root), ...extension].map((line) => `${line}\n`).join('');
}

/**
 * Reads the text.
 * @throws NoteError when it is no checkpoint
 */
export function readCheckpoint(text: string): Checkpoint {
  const [origin, size, encoded, ...rest] = text.split('\n');
  const root = bytesOfBase64(encoded ?? '');
  const extension = rest.slice(0, -1);
  const isWhole = rest.at(-1) === '' && extension.every((line) => line !== '');
  if (!origin || !/^(0|[1-9]\d{0,14})$/.test(size ?? '') || root?.length !== HASH_LENGTH || !isWhole) {
    throw new NoteError('this is no checkpoint');
  }
  return { origin, size: Number(size), root, extension };
}
