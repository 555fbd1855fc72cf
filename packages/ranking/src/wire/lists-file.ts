/**
 * A page of the index of lists: which file holds the newest posts of a creator, sound or tag. A region above 10,000 posts
 * has a power of two of pages; the entry of a key stands on page `key mod pages`.
 *
 * `VLP1`, page u32, count u32, then by rising kind and key: kind u8, key u32, hash 32.
 */
import { HASH_BYTES, readerOf, writerOf } from './bytes.ts';

const MAGIC = 'VLP1';
const HEADER_BYTES = 12;
const ENTRY_BYTES = 5 + HASH_BYTES;
const KINDS = ['creator', 'sound', 'tag'] as const;

/** What a list is of. */
export type ListKind = (typeof KINDS)[number];

/** Where a list is. */
export interface ListEntry {
  kind: ListKind;
  key: number;
  /** Name of the list's file. */
  hash: string;
}

/** One page. */
export interface ListPage {
  page: number;
  entries: readonly ListEntry[];
}

/** The page on which a key stands; `pages` is a power of two. */
export function listPageOf(key: number, pages: number): number {
  return (key & (pages - 1)) >>> 0;
}

/** Name of the shelf of a list: `tag-0004f2a1`. */
export function listName({ kind, key }: Pick<ListEntry, 'kind' | 'key'>): string {
  return `${kind}-${key.toString(16).padStart(8, '0')}`;
}

/** What the list of such a name is of. */
export function listKeyOf(name: string): Pick<ListEntry, 'kind' | 'key'> {
  const [word = '', key = ''] = name.split('-');
  const kind = KINDS.find((each) => each === word);
  if (kind === undefined) throw new RangeError(`no list has the name ${name}`);
  return { kind, key: Number.parseInt(key, 16) };
}

/** The bytes of a page; sorts the entries. */
export function encodeListPage({ page, entries }: ListPage): Uint8Array<ArrayBuffer> {
  const writer = writerOf(HEADER_BYTES + entries.length * ENTRY_BYTES);
  writer.magic(MAGIC);
  writer.u32(page);
  writer.u32(entries.length);
  const sorted = [...entries].sort((a, b) => placeOf(a) - placeOf(b));
  for (const { kind, key, hash } of sorted) {
    writer.u8(KINDS.indexOf(kind));
    writer.u32(key);
    writer.hash(hash);
  }
  return writer.done();
}

/**
 * The page of a file.
 * @throws WireError for bytes that are no whole page in order
 */
export function decodeListPage(bytes: Uint8Array): ListPage {
  const reader = readerOf(bytes, 'page of lists');
  reader.magic(MAGIC);
  const page = reader.u32();
  const count = reader.count(ENTRY_BYTES);
  const entries: ListEntry[] = [];
  let before = -1;
  for (let i = 0; i < count; i += 1) {
    const kind = KINDS[reader.u8()] ?? reader.fail('the kind of a list is unknown');
    const entry = { kind, key: reader.u32(), hash: reader.hash() };
    if (placeOf(entry) <= before) reader.fail('its entries are not in order');
    before = placeOf(entry);
    entries.push(entry);
  }
  reader.end();
  return { page, entries };
}

const KEY_SPAN = 4_294_967_296;

function placeOf({ kind, key }: Pick<ListEntry, 'kind' | 'key'>): number {
  return KINDS.indexOf(kind) * KEY_SPAN + key;
}
