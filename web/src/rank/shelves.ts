/** The region's public tables as this device holds them: fetched without a cookie, each file checked by its name. */
import {
  type BookBlock,
  decodeHeads,
  decodeShelf,
  type EpochTree,
  type HeadsFile,
  hexOf,
  postIdAt,
  readFiles,
  readTree,
  type Shelf,
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

/** The epoch as far as these files of it go, each fetched unless it is at hand. */
export async function treeWith({ heads }: Epoch, hashes: Iterable<string>): Promise<EpochTree> {
  const own = new Map(await Promise.all([...hashes].map(async (hash) => [hash, await fileOf(hash)] as const)));
  return readTree(heads, (hash) => own.get(hash));
}

/** Files decoded, and where each post stands in them. */
export async function tablesOf(
  tree: EpochTree,
  hashes: readonly string[],
): Promise<{ shelves: Shelf[]; lists: Shelf[]; book: Map<number, BookBlock>; places: Map<number, PostPlace> }> {
  const bytes = new Map(await Promise.all(hashes.map(async (hash) => [hash, await fileOf(hash)] as const)));
  const tables = readFiles(tree, bytes);
  const places = new Map<number, PostPlace>();
  for (const [hash, file] of bytes) {
    if (tree.named.get(hash) !== 'shelf') continue;
    const { shelf, ids } = decodeShelf(file);
    for (let row = 0; row < shelf.rows.count; row += 1) {
      places.set(shelf.rows.posts[row] ?? 0, { id: postIdAt(ids, row), shelf, row });
    }
  }
  return { ...tables, places };
}

/** Drops files that no newer epoch names, so that a long visit does not fill the memory. */
export function dropOld(kept: ReadonlySet<string>): void {
  for (const hash of files.keys()) if (!kept.has(hash)) files.delete(hash);
}
