/** Files of shelves as they are served: bytes from the media store, kept while asked for, gone at once when withdrawn. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { MediaStore } from '../platform/media-store.ts';
import { later, type World } from '../platform/world.ts';
import { fileKey, type EpochRow, type ShelfStore } from './store.ts';

/** A file ready to be sent. */
export interface ServedFile {
  kind: string;
  bytes: Buffer;
  /** Absent where it would save next to nothing. */
  brotli: Buffer | undefined;
  loadedAtMs: number;
}

/** Answers of the cache. */
export interface FileCache {
  /** The newest epoch, at most a second old. */
  newest(): Promise<EpochRow | undefined>;
  /** What is at hand without waiting; undefined says nothing. */
  peek(hash: string): ServedFile | undefined;
  /** The file, or why there is none. */
  get(hash: string): Promise<ServedFile | 'withdrawn' | 'unknown'>;
}

const MOST_BYTES = 64 * 1024 * 1024;
/** What nobody keeps any more is served no longer than that. */
const KEEP_MS = 10 * 60_000;
const LOOK_EVERY_MS = 1000;
/** A transaction may become visible so much after the time that it wrote. */
const OVERLAP_MS = 60_000;
const BROTLI_QUALITY = 4;
const compress = promisify(brotliCompress);

/** Opens a cache of one process. */
export function openFileCache(grounds: { shelves: ShelfStore; media: MediaStore; world: World }): FileCache {
  const { shelves, world } = grounds;
  const files = new Map<string, ServedFile>();
  let heldBytes = 0;
  let newest: EpochRow | undefined;
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;

  function forget(hash: string): void {
    const file = files.get(hash);
    if (file === undefined) return;
    heldBytes -= sizeOf(file);
    files.delete(hash);
  }

  async function look(): Promise<void> {
    newest = await shelves.newestEpoch();
    const before = performance.now() - KEEP_MS;
    for (const [hash, { loadedAtMs }] of files) if (loadedAtMs < before) forget(hash);
    for (const hash of await shelves.withdrawnSince(later(world.now(), -OVERLAP_MS))) forget(hash);
    lookedAtMs = performance.now();
  }

  /** At most once a second, and never twice at a time. */
  async function refresh(): Promise<void> {
    if (performance.now() - lookedAtMs < LOOK_EVERY_MS) return;
    looking ??= look().finally(() => {
      looking = undefined;
    });
    await looking;
  }

  function keep(hash: string, file: ServedFile): void {
    forget(hash);
    files.set(hash, file);
    heldBytes += sizeOf(file);
    for (const oldest of files.keys()) {
      if (heldBytes <= MOST_BYTES) break;
      forget(oldest);
    }
  }

  return {
    newest: async () => {
      await refresh();
      return newest;
    },
    peek: (hash) => (performance.now() - lookedAtMs < LOOK_EVERY_MS ? files.get(hash) : undefined),
    get: async (hash) => {
      await refresh();
      const found = files.get(hash) ?? (await load(grounds, hash));
      if (typeof found !== 'string' && files.get(hash) !== found) keep(hash, found);
      return found;
    },
  };
}

async function load(
  { shelves, media }: { shelves: ShelfStore; media: MediaStore },
  hash: string,
): Promise<ServedFile | 'withdrawn' | 'unknown'> {
  const row = await shelves.file(hash);
  if (row === undefined) return 'unknown';
  if (row.isWithdrawn) return 'withdrawn';
  const bytes = await readBytes(media, hash).catch((cause: unknown) => cause);
  if (!Buffer.isBuffer(bytes)) {
    // Swept or withdrawn between row and bytes.
    if (await media.stat(fileKey(hash))) throw bytes;
    return (await shelves.file(hash))?.isWithdrawn ? 'withdrawn' : 'unknown';
  }
  const brotli = await compress(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } });
  const isWorth = brotli.length < 0.9 * bytes.length;
  return { kind: row.kind, bytes, brotli: isWorth ? brotli : undefined, loadedAtMs: performance.now() };
}

function sizeOf({ bytes, brotli }: ServedFile): number {
  return bytes.length + (brotli?.length ?? 0);
}

/** All bytes of a file. */
export async function readBytes(media: MediaStore, hash: string): Promise<Buffer> {
  return readAll(media, fileKey(hash));
}

/** The bytes of a file if it is kept, and is what its name says. */
export async function bytesIfKept(media: MediaStore, hash: string): Promise<Buffer | undefined> {
  if ((await media.stat(fileKey(hash))) === undefined) return undefined;
  const bytes = await readBytes(media, hash);
  return createHash('sha256').update(bytes).digest('hex') === hash ? bytes : undefined;
}

/** All bytes under a key. */
export async function readAll(media: MediaStore, key: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of await media.open(key)) pieces.push(Buffer.from(piece as Uint8Array));
  return Buffer.concat(pieces);
}
