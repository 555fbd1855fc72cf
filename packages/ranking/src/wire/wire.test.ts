import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { keyOf, languageKey } from '../shelf/keys.ts';
import { regionFrom } from '../testing/region.ts';
import { decodeBlock, encodeBlock } from './book-file.ts';
import { bytesOf, hexOf, WireError } from './bytes.ts';
import {
  decodeBookPage,
  decodeDirectory,
  decodeHeadsPage,
  type Directory,
  encodeBookPage,
  encodeDirectory,
  encodeHeadsPage,
  NO_FILE,
} from './directory-file.ts';
import { fetchTree } from './epoch-tree.ts';
import { decodeHeads, encodeHeads, type HeadsFile, namedByHeads } from './heads-file.ts';
import { decodeListPage, encodeListPage, listKeyOf, listName, listPageOf } from './lists-file.ts';
import { isPositive, isPositiveHere } from '../taste/outcome.ts';
import { decodeOwed, encodeOwed } from './owed-file.ts';
import { readableBlock, readableHeads, readableListPage, readableShelf } from './readable.ts';
import { epochSeedInput, pageSeedInput, seedWords } from './seed.ts';
import { decodeShelf, encodeShelf, postIdAt, RECORD_BYTES, SHELF_HEADER_BYTES, type ShelfFile } from './shelf-file.ts';

const hashOf = (n: number) => n.toString(16).padStart(64, '0');

function shelfFrom(seed: number, isExtreme = false): ShelfFile {
  const [shelf] = regionFrom(seed, { posts: 90, positives: 0, isExtreme }).shelves;
  const ids = Uint8Array.from({ length: shelf!.rows.count * 16 }, (_, i) => (i * 7 + seed) & 255);
  return { shelf: shelf!, scale256: 8123, ids };
}

function entriesFrom(seed: number) {
  const { heads } = regionFrom(seed, { posts: 30, positives: 0 });
  return heads.shelves.map(({ name, vector, quality }, i) => {
    return { name, vector, quality, kind: 'near' as const, posts: 20, hash: hashOf(i + 1) };
  });
}

function headsFrom(seed: number): HeadsFile {
  const { heads } = regionFrom(seed, { posts: 30, positives: 0 });
  const [near] = entriesFrom(seed);
  return {
    epoch: 7,
    minute: 29_000_000,
    previous: hashOf(seed),
    scale256: heads.scale256,
    postCount: 30,
    isLearned: seed % 2 === 0,
    seed: { day: 20_000, secret: hashOf(77), promisedIn: 3, next: hashOf(78) },
    weights: hashOf(79),
    drawnIn: 5,
    owed: hashOf(8),
    shelves: [{ ...near!, name: 'fresh', kind: 'fresh' as const, quality: -3, hash: hashOf(9) }],
    directory: hashOf(10),
  };
}

function directoryFrom(seed: number): Directory {
  const { shares } = regionFrom(seed, { posts: 30, positives: 0 }).heads;
  const vector = new Int8Array(64).fill(-seed);
  return {
    shares: { ...shares, tags: new Map([...shares.tags].sort(([a], [b]) => a - b)) },
    headsPages: [{ vector, quality: -9, shelves: 2, hash: hashOf(20) }],
    bookPages: [hashOf(21)],
    listPages: [hashOf(12), hashOf(13)],
  };
}

const page = {
  page: 1,
  entries: [
    { kind: 'creator' as const, key: 5, hash: hashOf(31) },
    { kind: 'creator' as const, key: 4_294_967_295, hash: hashOf(32) },
    { kind: 'tag' as const, key: 1, hash: hashOf(33) },
  ],
};

const FILES = {
  shelf: { bytes: () => encodeShelf(shelfFrom(1)), decode: decodeShelf },
  heads: { bytes: () => encodeHeads(headsFrom(1)), decode: decodeHeads },
  directory: { bytes: () => encodeDirectory(directoryFrom(1)), decode: decodeDirectory },
  'list of the owed': { bytes: () => encodeOwed([0, 7, 8, 300]), decode: decodeOwed },
  'page of heads': {
    bytes: () => encodeHeadsPage({ page: 3, shelves: entriesFrom(1) }),
    decode: decodeHeadsPage,
  },
  'page of the book': {
    bytes: () => encodeBookPage({ page: 2, blocks: [hashOf(11), NO_FILE] }),
    decode: decodeBookPage,
  },
  'page of lists': { bytes: () => encodeListPage(page), decode: decodeListPage },
  'block of the book': {
    bytes: () =>
      encodeBlock({ number: 2, scale256: 9, block: regionFrom(2, { posts: 256, positives: 0 }).book.get(0)! }),
    decode: decodeBlock,
  },
};

test('a shelf comes back from its bytes as it was, at the ends of the ranges too', () => {
  fc.assert(
    fc.property(fc.nat(), fc.boolean(), (seed, isExtreme) => {
      const file = shelfFrom(seed, isExtreme);
      const bytes = encodeShelf(file);
      assert.equal(bytes.length, SHELF_HEADER_BYTES + file.shelf.rows.count * RECORD_BYTES);
      assert.deepEqual(decodeShelf(bytes), file);
    }),
    { numRuns: 30 },
  );
});

test('heads, a directory and its pages come back from their bytes, and the heads are of one size', () => {
  for (const seed of [1, 2, 3]) {
    const heads = headsFrom(seed);
    assert.deepEqual(decodeHeads(encodeHeads(heads)), heads);
    assert.deepEqual(namedByHeads(heads), [8, 9, 10].map(hashOf));
    assert.equal(encodeHeads({ ...heads, postCount: 4_000_000_000 }).length, encodeHeads(headsFrom(1)).length);
    assert.deepEqual(decodeDirectory(encodeDirectory(directoryFrom(seed))), directoryFrom(seed));
    const shelves = entriesFrom(seed);
    assert.deepEqual(decodeHeadsPage(encodeHeadsPage({ page: seed, shelves })), { page: seed, shelves });
  }
  const book = { page: 2, blocks: [hashOf(11), NO_FILE] };
  assert.deepEqual(decodeBookPage(encodeBookPage(book)), book);
});

test('the tree holds what files at hand name, whose kind and place are said by who names them', async () => {
  const shelves = entriesFrom(1);
  const files: Record<string, Uint8Array> = {
    [hashOf(10)]: encodeDirectory({ ...directoryFrom(1), listPages: [hashOf(12)] }),
    [hashOf(20)]: encodeHeadsPage({ page: 0, shelves }),
    [hashOf(21)]: encodeBookPage({ page: 0, blocks: [NO_FILE, hashOf(11)] }),
    [hashOf(12)]: encodeListPage(page),
  };
  const tree = await fetchTree(headsFrom(1), async (hash) => files[hash]);
  assert.deepEqual(
    tree.kernel.shelves.map(({ name, page: place }) => [name, place]),
    [
      ['one', 0],
      ['two', 0],
    ],
  );
  assert.deepEqual([...tree.blocks], [[1, hashOf(11)]]);
  assert.equal(tree.lists.get('tag-00000001'), hashOf(33));
  assert.deepEqual(
    [9, 10, 20, 21, 12, 1, 11].map((n) => tree.named.get(hashOf(n))),
    ['shelf', 'directory', 'page of heads', 'page of the book', 'page of lists', 'shelf', 'block'],
  );
  const bare = await fetchTree(headsFrom(1), async () => undefined);
  assert.deepEqual([bare.kernel.pages.length, bare.shelves.length, bare.named.size], [0, 1, 3]);
});

test('a block and a page of lists come back from their bytes', () => {
  const block = { number: 3, scale256: 70_000, block: regionFrom(4, { posts: 256, positives: 0 }).book.get(0)! };
  assert.deepEqual(decodeBlock(encodeBlock(block)), block);
  assert.deepEqual(decodeListPage(encodeListPage({ ...page, entries: page.entries.toReversed() })), page);
  assert.equal(listName({ kind: 'tag', key: 1 }), 'tag-00000001');
  assert.equal(listPageOf(4_294_967_295, 4), 3);
  for (const list of page.entries) {
    const { kind, key } = list;
    assert.deepEqual(listKeyOf(listName(list)), { kind, key });
  }
});

for (const [name, { bytes, decode }] of Object.entries(FILES)) {
  test(`a ${name} that is cut anywhere, or followed by anything, is refused with what it is`, () => {
    const whole = bytes();
    const cuts = Array.from({ length: Math.min(whole.length, 400) }, (_, i) => Math.floor((i * whole.length) / 400));
    for (const length of cuts) {
      assert.throws(() => decode(whole.subarray(0, length)), { name: 'WireError', message: new RegExp(name) });
    }
    assert.throws(() => decode(Uint8Array.of(...whole.subarray(0, 0), ...whole, 0)), WireError);
  });

  test(`a ${name} of hostile bytes is refused or read, and never takes memory that it does not have`, () => {
    const whole = bytes();
    fc.assert(
      fc.property(fc.nat(Math.min(whole.length, 600) - 1), fc.nat(255), (at, value) => {
        const changed = whole.slice();
        changed[at] = value;
        try {
          decode(changed);
        } catch (cause) {
          assert.ok(cause instanceof WireError, String(cause));
        }
      }),
      { numRuns: 500 },
    );
  });
}

test('a list of the owed comes back, empty too, and has one form', () => {
  const posts = fc.uniqueArray(fc.nat(5000)).map((all) => all.sort((a, b) => a - b));
  fc.assert(fc.property(posts, (owed) => assert.deepEqual(decodeOwed(encodeOwed(owed)), owed)));
  const padded = Uint8Array.of(...encodeOwed([3]), 0);
  padded[8] = 2;
  assert.throws(() => decodeOwed(padded), /last byte/);
});

test('counts that lie are refused', () => {
  const shelf = encodeShelf(shelfFrom(5));
  new DataView(shelf.buffer).setUint32(16, 0xffff_ffff, true);
  assert.throws(() => decodeShelf(shelf), /4294967295 records/);
  const lists = encodeListPage(page);
  new DataView(lists.buffer).setUint32(8, 0x7fff_ffff, true);
  assert.throws(() => decodeListPage(lists), /2147483647 records/);
});

test('entries out of order, shares above one and partners without strength are refused', () => {
  const twice = encodeListPage({ page: 0, entries: [page.entries[0]!, page.entries[0]!] });
  assert.throws(() => decodeListPage(twice), /not in order/);
  const directory = directoryFrom(1);
  const above = encodeDirectory({ ...directory, shares: { ...directory.shares, tags: new Map([[4, 65_537]]) } });
  assert.throws(() => decodeDirectory(above), /above one/);
  const block = regionFrom(4, { posts: 256, positives: 0 }).book.get(0)!;
  block.partners[0] = 512;
  assert.throws(() => decodeBlock(encodeBlock({ number: 0, scale256: 1, block })), /no strength/);
});

test('the id of a row is a UUID, a hash is read in hexadecimal', () => {
  const ids = bytesOf('0193a1b2c3d47e5f8091a2b3c4d5e6f7'.repeat(2));
  assert.equal(postIdAt(ids, 1), '0193a1b2-c3d4-7e5f-8091-a2b3c4d5e6f7');
  assert.equal(hexOf(ids.subarray(0, 2)), '0193');
  assert.throws(() => bytesOf('0x'), RangeError);
});

test('keys are never 0 and differ by kind; a language is known by its first part', () => {
  assert.notEqual(keyOf('tag', 'cats'), keyOf('sound', 'cats'));
  for (const name of ['', 'a', 'ö', '猫']) assert.ok(keyOf('tag', name) > 0);
  assert.equal(languageKey('pt-BR'), languageKey('pt'));
  assert.deepEqual([languageKey(null), languageKey('q'), languageKey('en') > 0], [0, 0, true]);
});

test('seeds are laid out as written', () => {
  assert.equal(hexOf(epochSeedInput('abcd', 258)), 'abcd02010000');
  assert.equal(hexOf(pageSeedInput(Uint8Array.of(1), Uint8Array.of(2, 3), 4)), '01020304000000');
  assert.deepEqual(seedWords(Uint8Array.of(1, 0, 0, 0, 0, 1, 0, 0)), [1, 256]);
});

test('the readable forms hold the same numbers', () => {
  const file = shelfFrom(3);
  const readable = readableShelf(file);
  assert.equal(readable.records.length, file.shelf.rows.count);
  assert.deepEqual(readable.records[2]!.vector, [...file.shelf.rows.vectors.subarray(128, 192)]);
  assert.equal(readable.records[2]!.trends256.h2, file.shelf.rows.trends2h[2]);
  assert.equal(JSON.parse(JSON.stringify(readableHeads(headsFrom(1)))).shelves[0].vector.length, 64);
  const block = regionFrom(4, { posts: 256, positives: 0 }).book.get(0)!;
  const { partners } = readableBlock({ number: 1, scale256: 1, block }).posts[5]!;
  assert.equal(partners[0]!.post * 256 + partners[0]!.code, block.partners[500]);
  assert.equal(readableListPage(page).entries[1]!.key, 'ffffffff');
});

test('a watch is a positive when finished or looped and not swiped away', () => {
  assert.equal(isPositive({ outcomeBucket: 8, loops: 0, isSkip: false }), true);
  assert.equal(isPositive({ outcomeBucket: 7, loops: 0, isSkip: false }), false);
  assert.equal(isPositive({ outcomeBucket: 1, loops: 1, isSkip: false }), true);
  assert.equal(isPositive({ outcomeBucket: 9, loops: 3, isSkip: true }), false);
});

test('what a report calls a positive is one to the device too; a long view and a like are positives to the device alone', () => {
  const short = { outcomeBucket: 2, loops: 0, isSkip: false };
  const unmoved = { watchedMs: 4000, hasLiked: false };
  for (let outcomeBucket = 0; outcomeBucket < 10; outcomeBucket += 1) {
    const outcome = { ...short, outcomeBucket };
    assert.equal(isPositiveHere(outcome, unmoved), isPositive(outcome));
  }
  assert.equal(isPositiveHere(short, { ...unmoved, watchedMs: 18_000 }), true);
  assert.equal(isPositiveHere(short, { ...unmoved, hasLiked: true }), true);
});
