/** Bytes of files on this machine's disk, by pooled buffers and files kept open: small cost per range, no stream objects. */
import { open, type FileHandle } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import type { ByteRange } from '../platform/media-store.ts';
import { hotRanges } from './hot-ranges.ts';

/** One read and one write to the socket carry so much; players ask for about as much at a time. */
const CHUNK_BYTES = 256 * 1024;
const POOLED_CHUNKS = 32;
const OPEN_FILES = 200;
/** A removed file's disk space comes back when it is closed: none stays open longer than this. */
const OPEN_MS = 10_000;

interface OpenFile {
  handle: Promise<FileHandle>;
  readers: number;
  isDropped: boolean;
  timer: NodeJS.Timeout;
}

/** Files kept open for the next reader. */
interface OpenFiles {
  take(path: string): OpenFile;
  /** Ends a reading; after a failure the file is not used again. */
  giveBack(path: string, file: OpenFile, hasFailed: boolean): void;
  close(): Promise<void>;
}

function openFiles(onClosed: (path: string) => void): OpenFiles {
  const files = new Map<string, OpenFile>();

  function drop(path: string, file: OpenFile): void {
    if (file.isDropped) return;
    file.isDropped = true;
    clearTimeout(file.timer);
    if (files.get(path) === file) files.delete(path);
    onClosed(path);
    if (file.readers === 0) void closeFile(file);
  }
  return {
    take(path) {
      const known = files.get(path);
      if (known) {
        known.readers++;
        return known;
      }
      const [oldest] = files.size >= OPEN_FILES ? files : [];
      if (oldest) drop(...oldest);
      const timer = setTimeout(() => drop(path, file), OPEN_MS);
      timer.unref();
      const file: OpenFile = { handle: open(path, 'r'), readers: 1, isDropped: false, timer };
      files.set(path, file);
      return file;
    },
    giveBack(path, file, hasFailed) {
      file.readers--;
      if (hasFailed) drop(path, file);
      if (file.isDropped && file.readers === 0) void closeFile(file);
    },
    async close() {
      const known = [...files];
      for (const [path, file] of known) drop(path, file);
      await Promise.all(known.map(([, file]) => file.handle.catch(() => undefined)));
    },
  };
}

async function closeFile(file: OpenFile): Promise<void> {
  const handle = await file.handle.catch(() => undefined);
  await handle?.close();
}

/** Sends parts of files. */
export interface FileSender {
  /**
   * Writes the range to a response whose head is written, and ends it. Settles when all is handed to the network.
   * @throws when the file is gone or shorter than the range, or the connection breaks
   */
  send(path: string, range: ByteRange, to: ServerResponse): Promise<void>;
  close(): Promise<void>;
}

/** A sender with its own pool. */
export function fileSender(): FileSender {
  const hot = hotRanges();
  const files = openFiles((path) => hot.forget(`${path} `));
  const pool: Buffer[] = [];
  return {
    async send(path, range, to) {
      const key = `${path} ${range.start}-${range.end}`;
      const known = hot.get(key);
      if (known) return write(to, known, true);
      const file = files.take(path);
      const chunk = pool.pop() ?? Buffer.allocUnsafeSlow(CHUNK_BYTES);
      let isWritten = false;
      try {
        const handle = await file.handle;
        for (let at = range.start; at <= range.end; at += CHUNK_BYTES) {
          const part = chunk.subarray(0, Math.min(CHUNK_BYTES, range.end - at + 1));
          await readAll(handle, part, at);
          if (part.length === range.end - range.start + 1) hot.offer(key, part);
          await write(to, part, at + part.length > range.end);
        }
        isWritten = true;
      } finally {
        files.giveBack(path, file, !isWritten);
        // After a broken connection the socket may still hold the buffer: it is not used again.
        if (isWritten && pool.length < POOLED_CHUNKS) pool.push(chunk);
      }
    },
    close: () => files.close(),
  };
}

async function readAll(handle: FileHandle, into: Buffer, position: number): Promise<void> {
  let filled = 0;
  while (filled < into.length) {
    const { bytesRead } = await handle.read(into, filled, into.length - filled, position + filled);
    if (bytesRead === 0) throw new Error('a media file is shorter than its row says');
    filled += bytesRead;
  }
}

/** Settles when the bytes have left this process, or the connection is gone. */
function write(to: ServerResponse, bytes: Buffer, isLast: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const onClose = (): void => reject(new ConnectionGone());
    if (to.destroyed) return onClose();
    to.once('close', onClose);
    const onWritten = (cause?: Error | null): void => {
      to.off('close', onClose);
      if (cause) reject(new ConnectionGone());
      else resolve();
    };
    if (isLast) to.end(bytes, () => onWritten());
    else to.write(bytes, onWritten);
  });
}

/** The person went away while bytes were sent. */
export class ConnectionGone extends Error {
  override name = 'ConnectionGone';
}
