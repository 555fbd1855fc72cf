/** Brings an epoch into the world: its files' bytes first, then one transaction that names them, under the region's signature. */
import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeHeads, type HeadsFile, type NewFile } from '@vitrine/ranking';
import type { MediaStore } from '../platform/media-store.ts';
import type { RegionKey } from '../platform/region-key.ts';
import type { World } from '../platform/world.ts';
import { noteSigned } from './chain.ts';
import { signedRow } from './signed.ts';
import type { Seeds } from './seeds.ts';
import { type EpochRow, fileKey, type FileRow, type ShelfStore } from './store.ts';

/** What publishing needs. */
export interface PublisherGrounds {
  shelves: ShelfStore;
  media: MediaStore;
  world: World;
  workDir: string;
  key: RegionKey;
}

/** Files at a time: each waits for the disk twice. */
const WRITERS = 8;

/** SHA-256 in hexadecimal: the name of a file. */
export function nameOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Stores the files of an epoch in the making. */
export interface FileWriter {
  write(file: NewFile): Promise<void>;
  /** Ends when all bytes are stored. */
  done(): Promise<FileRow[]>;
}

/** Opens a writer; `write` returns while few enough files are under way. */
export function openFileWriter(grounds: PublisherGrounds): FileWriter {
  const underWay = new Set<Promise<void>>();
  const rows: FileRow[] = [];
  return {
    async write({ hash, bytes, kind, posts, block }) {
      rows.push({ hash, kind, posts, block, sizeBytes: bytes.length });
      while (underWay.size >= WRITERS) await Promise.race(underWay);
      const writing = storeBytes(grounds, hash, bytes).finally(() => underWay.delete(writing));
      underWay.add(writing);
    },
    async done() {
      await Promise.all(underWay);
      return rows;
    },
  };
}

async function storeBytes({ media, workDir }: PublisherGrounds, hash: string, bytes: Uint8Array): Promise<void> {
  await mkdir(workDir, { recursive: true, mode: 0o700 });
  const path = join(workDir, `shelf-${hash}`);
  await writeFile(path, bytes);
  await media.put(fileKey(hash), path);
  await rm(path, { force: true });
}

/** Publishes an epoch whose other files are written; answers with its row. */
export async function publishEpoch(
  grounds: PublisherGrounds,
  made: { heads: HeadsFile; left: readonly string[] | undefined; files: readonly FileRow[]; seeds: Seeds },
): Promise<EpochRow> {
  const { shelves, world, key } = grounds;
  const { heads, left } = made;
  const bytes = encodeHeads(heads);
  const headsHash = nameOf(bytes);
  await storeBytes(grounds, headsHash, bytes);
  const row = signedRow(key, heads, { headsHash, madeAt: world.now() });
  await noteSigned(grounds, row);
  const own: FileRow = { hash: headsHash, kind: 'heads', posts: [], block: undefined, sizeBytes: bytes.length };
  await shelves.commit({ ...row, files: [...made.files, own], left, seeds: made.seeds.rows });
  return row;
}
