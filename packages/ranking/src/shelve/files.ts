/** Files of an epoch in the making, and as they stand. */
import type { ShelfEntry } from '../wire/shelf-entry.ts';

/** A file that was not there before. */
export interface NewFile {
  hash: string;
  bytes: Uint8Array<ArrayBuffer>;
  kind: 'shelf' | 'list' | 'block' | 'lists' | 'page' | 'blocks' | 'directory' | 'owed';
  /** Public numbers of the posts whose records it holds. */
  posts: readonly number[];
  /** Number of the block of the book. */
  block: number | undefined;
}

/** Where files go and how they are named. */
export interface FileSink {
  hash: (bytes: Uint8Array) => string;
  write: (file: NewFile) => Promise<void>;
}

/** A shelf's or list's file as it stands. */
export interface Standing {
  hash: string;
  /** Epoch in which it was written. */
  epoch: number;
  scale256: number;
  members: readonly number[];
  entry: ShelfEntry | undefined;
}
