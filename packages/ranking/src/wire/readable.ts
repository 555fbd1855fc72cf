/** The JSON twins of the files: the same numbers with their names, for people and for programs without this package. */
import { DIMENSIONS, FLAG, TAGS_READ } from '../shelf/rows.ts';
import { type BlockFile } from './book-file.ts';
import type { Directory, HeadsPage } from './directory-file.ts';
import { type HeadsFile } from './heads-file.ts';
import { type ListPage } from './lists-file.ts';
import { postIdAt, type ShelfFile } from './shelf-file.ts';
import { BLOCK_POSTS, CODE_SPAN, PARTNERS } from '../shelf/book.ts';
import { floorDiv } from '../integer/whole.ts';

/** A shelf row by row. Trends and rates are in 2^-8, keys in hexadecimal. */
export function readableShelf({ shelf, scale256, ids }: ShelfFile) {
  const { rows, name, kind, epoch } = shelf;
  const records = Array.from({ length: rows.count }, (_, row) => ({
    post: rows.posts[row] ?? 0,
    id: postIdAt(ids, row),
    trends256: {
      h2: rows.trends2h[row] ?? 0,
      h6: rows.trends6h[row] ?? 0,
      d1: rows.trends1d[row] ?? 0,
      d2: rows.trends2d[row] ?? 0,
      d7: rows.trends7d[row] ?? 0,
    },
    rate256: rows.rates[row] ?? 0,
    creator: readableKey(rows.creators[row] ?? 0),
    sound: readableKey(rows.sounds[row] ?? 0),
    tags: [...rows.tags.subarray(row * TAGS_READ, (row + 1) * TAGS_READ)].filter((tag) => tag !== 0).map(readableKey),
    durationMs: rows.durationsMs[row] ?? 0,
    publishedMinute: rows.publishedMinutes[row] ?? 0,
    language: rows.languages[row] ?? 0,
    flags: flagNames(rows.flags[row] ?? 0),
    ledgerIndex: indexOf(rows.restrictions[row] ?? 0),
    vector: [...rows.vectors.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS)],
  }));
  return { name, kind, epoch, scale256, records };
}

/** The heads. */
export function readableHeads(heads: HeadsFile) {
  return { ...heads, shelves: heads.shelves.map(readableEntry) };
}

/** The directory, vectors and tables as lists. */
export function readableDirectory({ shares, headsPages, ...pages }: Directory) {
  return {
    shares: {
      durations: shares.durations,
      tags: [...shares.tags].map(([tag, share65536]) => ({ tag: readableKey(tag), share65536 })),
    },
    headsPages: headsPages.map(readableEntry),
    ...pages,
  };
}

/** A page of heads. */
export function readableHeadsPage({ page, shelves }: HeadsPage) {
  return { page, shelves: shelves.map(readableEntry) };
}

function readableEntry<Entry extends { vector: Int8Array }>(entry: Entry) {
  return { ...entry, vector: [...entry.vector] };
}

/** A block: only posts of which it says something. */
export function readableBlock({ number, scale256, block }: BlockFile) {
  const posts = Array.from({ length: BLOCK_POSTS }, (_, place) => ({
    post: number * BLOCK_POSTS + place,
    vector: [...block.vectors.subarray(place * DIMENSIONS, (place + 1) * DIMENSIONS)],
    partners: [...block.partners.subarray(place * PARTNERS, (place + 1) * PARTNERS)]
      .filter((partner) => partner !== 0)
      .map((partner) => ({ post: floorDiv(partner, CODE_SPAN), code: partner % CODE_SPAN })),
  }));
  return {
    number,
    scale256,
    posts: posts.filter(({ vector, partners }) => partners.length > 0 || vector.some((part) => part !== 0)),
  };
}

/** A page of the index of lists. */
export function readableListPage({ page, entries }: ListPage) {
  return { page, entries: entries.map((entry) => ({ ...entry, key: readableKey(entry.key) })) };
}

/** Keys are names' numbers, not amounts: eight hexadecimal digits. */
function readableKey(key: number): string {
  return key.toString(16).padStart(8, '0');
}

/** Rows hold the ledger's index plus 1; 0 = no restriction. */
function indexOf(restriction: number): number | null {
  return restriction === 0 ? null : restriction - 1;
}

function flagNames(flags: number): string[] {
  return Object.entries(FLAG)
    .filter(([, flag]) => (flags & flag) !== 0)
    .map(([name]) => name);
}
