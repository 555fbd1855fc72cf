/** Shelf rows by columns: everything that the kernel reads of a post, and nothing else. */

/** Entries of a post's vector. */
export const DIMENSIONS = 64;
/** Tags of a post that the kernel reads; more are ignored. */
export const TAGS_READ = 5;
/** Flags of a row, added up. */
export const FLAG = { sensitive: 1, adult: 2, optedOut: 4, madeByAi: 8 } as const;

/** The rows of one shelf, one entry of each column a post. Keys are public 32-bit numbers of names; 0 = none. */
export interface ShelfRows {
  count: number;
  /** Public post numbers, dense, given at publication. */
  posts: Int32Array;
  /** int8[64] a post. */
  vectors: Int8Array;
  /** round(256 ln(A + 0.3)) of the decayed positives, by half-life. */
  trends2h: Int16Array;
  trends6h: Int16Array;
  trends1d: Int16Array;
  trends2d: Int16Array;
  trends7d: Int16Array;
  /** 256 ln of the completion rate over the region's, smoothed. */
  rates: Int16Array;
  creators: Uint32Array;
  sounds: Uint32Array;
  /** `TAGS_READ` a post. */
  tags: Uint32Array;
  durationsMs: Int32Array;
  /** Minutes since 1970 in UTC: never an age, which would need a clock. */
  publishedMinutes: Int32Array;
  languages: Uint16Array;
  flags: Uint8Array;
  /** Ledger index of the restriction that withholds the post here, plus 1; 0 = none. */
  restrictions: Int32Array;
}

/** What a shelf is there for; a quota and a name in the reasons hang on it. */
export type ShelfKind = 'near' | 'fresh' | 'trending' | 'list';

/** A shelf as the kernel reads it. */
export interface Shelf {
  name: string;
  kind: ShelfKind;
  /** Epoch in which the rows were written: of two rows of a post the newer counts. */
  epoch: number;
  rows: ShelfRows;
}

/** Rows with every column empty, to be filled by the reader of a file or by the learner. */
export function emptyRows(count: number): ShelfRows {
  return {
    count,
    posts: new Int32Array(count),
    vectors: new Int8Array(count * DIMENSIONS),
    trends2h: new Int16Array(count),
    trends6h: new Int16Array(count),
    trends1d: new Int16Array(count),
    trends2d: new Int16Array(count),
    trends7d: new Int16Array(count),
    rates: new Int16Array(count),
    creators: new Uint32Array(count),
    sounds: new Uint32Array(count),
    tags: new Uint32Array(count * TAGS_READ),
    durationsMs: new Int32Array(count),
    publishedMinutes: new Int32Array(count),
    languages: new Uint16Array(count),
    flags: new Uint8Array(count),
    restrictions: new Int32Array(count),
  };
}

/** Copies row `from` of `source` to row `to` of `target`. */
export function copyRow(source: ShelfRows, from: number, place: { target: ShelfRows; to: number }): void {
  const { target, to } = place;
  for (const name of COLUMNS) target[name][to] = source[name][from] ?? 0;
  target.vectors.set(source.vectors.subarray(from * DIMENSIONS, (from + 1) * DIMENSIONS), to * DIMENSIONS);
  target.tags.set(source.tags.subarray(from * TAGS_READ, (from + 1) * TAGS_READ), to * TAGS_READ);
}

/** Whether two rows say the same. */
export function isSameRow(rows: ShelfRows, row: number, other: { rows: ShelfRows; row: number }): boolean {
  const isSame = (name: (typeof COLUMNS)[number] | 'vectors' | 'tags', width: number): boolean => {
    for (let i = 0; i < width; i += 1) {
      if (rows[name][row * width + i] !== other.rows[name][other.row * width + i]) return false;
    }
    return true;
  };
  return COLUMNS.every((name) => isSame(name, 1)) && isSame('vectors', DIMENSIONS) && isSame('tags', TAGS_READ);
}

/** Columns of one entry a post. */
const COLUMNS = [
  'posts',
  'trends2h',
  'trends6h',
  'trends1d',
  'trends2d',
  'trends7d',
  'rates',
  'creators',
  'sounds',
  'durationsMs',
  'publishedMinutes',
  'languages',
  'flags',
  'restrictions',
] as const satisfies readonly (keyof ShelfRows)[];
