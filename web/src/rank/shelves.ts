/** The region's public tables as this device holds them: fetched without a cookie, each file checked by its name. */
import {
  type BookBlock,
  decodeHeads,
  type HeadsFile,
  hexOf,
  NO_FILE,
  postIdAt,
  readFiles,
  type Shelf,
  decodeShelf,
} from '@vitrine/ranking';
import { sha256 } from '@noble/hashes/sha2.js';

const BASE = '/api/v1/shelves';
/** Heads are asked for again after this; trending and fresh change at most every ten seconds. */
const HEADS_MS = 10_000;

/** An epoch at hand. */
export interface Epoch {
  headsBytes: Uint8Array;
  heads: HeadsFile;
  note: string;
}

/** Where the posts of shelves are to be found. */
export interface PostPlace {
  id: string;
  shelf: Shelf;
  row: number;
}

const files = new Map<string, Uint8Array>();
let epoch: { epoch: Epoch; atMs: number } | undefined;
let verifier: string | undefined;

async function askBytes(path: string): Promise<Uint8Array> {
  const response = await ask(path);
  return new Uint8Array(await response.arrayBuffer());
}

async function ask(path: string): Promise<Response> {
  const response = await fetch(BASE + path, { credentials: 'omit', referrerPolicy: 'no-referrer' });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response;
}

/** The newest epoch, at most ten seconds old. */
export async function newestEpoch(nowMs: number): Promise<Epoch> {
  if (epoch && nowMs - epoch.atMs < HEADS_MS) return epoch.epoch;
  const headsBytes = await askBytes('/heads');
  const heads = decodeHeads(headsBytes);
  if (epoch?.epoch.heads.epoch === heads.epoch) {
    epoch.atMs = nowMs;
    return epoch.epoch;
  }
  const note = await (await ask(`/note?epoch=${heads.epoch}`)).text();
  epoch = { epoch: { headsBytes, heads, note }, atMs: nowMs };
  return epoch.epoch;
}

/** The region's key by which notes are signed. */
export async function verifierKey(): Promise<string> {
  verifier ??= (await (await ask('/key')).text()).trim();
  return verifier;
}

/** A file by its name. */
export async function fileOf(hash: string): Promise<Uint8Array> {
  const known = files.get(hash);
  if (known) return known;
  const bytes = await askBytes(`/${hash}`);
  if (hexOf(sha256(bytes)) !== hash) throw new Error(`file ${hash} is not what its name says`);
  files.set(hash, bytes);
  return bytes;
}

/** Which files a page needs: on a first visit only what everybody reads, else the near shelves and the blocks of what was watched. */
export function filesFor({ heads }: Epoch, wanted: { near: readonly string[]; posts: Iterable<number> }): string[] {
  const shelves = heads.shelves.filter(({ kind, name }) => kind !== 'near' || wanted.near.includes(name));
  const blocks = new Set([...wanted.posts].map((post) => post >>> 8));
  const book = heads.book.filter((hash, block) => blocks.has(block) && hash !== NO_FILE);
  return [...new Set([...shelves.map(({ hash }) => hash), ...book])];
}

/** Files decoded, and where each post stands in them. */
export function tablesOf(
  { heads }: Epoch,
  bytes: readonly Uint8Array[],
): { shelves: Shelf[]; lists: Shelf[]; book: Map<number, BookBlock>; places: Map<number, PostPlace> } {
  const tables = readFiles(bytes, heads);
  const places = new Map<number, PostPlace>();
  for (const file of bytes) {
    if (file[1] !== SHELF_MARK) continue;
    const { shelf, ids } = decodeShelf(file);
    for (let row = 0; row < shelf.rows.count; row += 1) {
      places.set(shelf.rows.posts[row] ?? 0, { id: postIdAt(ids, row), shelf, row });
    }
  }
  return { ...tables, places };
}

/** Second letter of a shelf's magic, `VSH1`. */
const SHELF_MARK = 0x53;

/** Drops files that no newer epoch names, so that a long visit does not fill the memory. */
export function dropOld(kept: ReadonlySet<string>): void {
  for (const hash of files.keys()) if (!kept.has(hash)) files.delete(hash);
}
