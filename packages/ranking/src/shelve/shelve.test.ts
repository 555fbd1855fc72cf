import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { chanceFrom } from '../learn/chance.ts';
import { foldBatch, type LoggedBatch, newLogState, stateBytes } from '../learn/fold.ts';
import { rank } from '../rank.ts';
import type { BookBlock } from '../shelf/book.ts';
import { EMPTY_TASTE, OPEN_CONTROLS } from '../taste/taste.ts';
import { WEIGHTS } from '../weights/first.ts';
import { decodeBlock } from '../wire/book-file.ts';
import { readTree } from '../wire/epoch-tree.ts';
import { decodeListPage } from '../wire/lists-file.ts';
import { decodeOwed } from '../wire/owed-file.ts';
import { decodeShelf } from '../wire/shelf-file.ts';
import { type EpochFiles, makeEpoch, noFiles } from './epoch.ts';
import type { NewFile } from './files.ts';
import { drawFresh, freshOf } from './lottery.ts';
import { refreshAll, refreshQuick } from './refresh.ts';
import { dropPost, putPost, shelfRegion, type ShelvedPost } from './region.ts';

const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 10, 22);
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const breathe = async () => undefined;

function postOf(number: number): ShelvedPost {
  return {
    post: number,
    id: `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`,
    creator: 1 + (number % 17),
    sound: 0,
    tags: [100 + (number % 5), 200 + (number % 3)],
    durationMs: 1000 * (5 + (number % 90)),
    publishedMinute: 29_000_000 + number,
    language: 0,
    flags: 0,
    restriction: 0,
  };
}

/** A region that runs: epochs one after the other, all files kept. */
function running(posts: number) {
  const region = shelfRegion(newLogState(new Date(START_MS)));
  const kept = new Map<string, NewFile>();
  let files: EpochFiles = noFiles();
  let epoch = 0;
  let atMs = START_MS;
  for (let number = 1; number <= posts; number += 1) putPost(region, postOf(number), { atMs, epoch: 1 });
  const run = async (scope: 'all' | 'quick', more: { isLearned?: boolean; afterMs?: number } = {}) => {
    epoch += 1;
    atMs += more.afterMs ?? 10_000;
    const at = { atMs, epoch, breathe };
    if (scope === 'all') await refreshAll(region, { ...at, seed: [1, 2], isLearned: more.isLearned ?? false });
    else await refreshQuick(region, at);
    const written: NewFile[] = [];
    const write = async (file: NewFile) => {
      written.push(file);
      kept.set(file.hash, file);
    };
    const made = await makeEpoch(region, files, { ...at, hash, write, scope });
    files = made.files;
    return { ...made, written };
  };
  const report = (batch: Omit<LoggedBatch, 'minute'>) => {
    atMs += MINUTE_MS;
    foldBatch(region.state, { minute: new Date(atMs), ...batch }, (post) => region.posts.get(post)?.creator ?? 0);
  };
  const shelf = (name: string) => decodeShelf(kept.get(files.shelves.get(name)?.hash ?? '')!.bytes).shelf;
  return { region, run, report, shelf, kept, files: () => files };
}

const watch = (post: number, outcomeBucket = 9, weightMillis = 1000) => ({
  post,
  outcomeBucket,
  loops: 0,
  isSkip: false,
  weightMillis,
});

test('every public post stands on one near shelf of about a hundred, in order, and on fresh', async () => {
  const { run, shelf, files } = running(450);
  await run('all');
  const near = [...files().shelves.keys()].filter((name) => name.startsWith('near-'));
  assert.equal(near.length, 5, '450 / 100, rounded');
  const posts = near.flatMap((name) => {
    const { rows } = shelf(name);
    assert.deepEqual(
      [...rows.posts],
      [...rows.posts].sort((a, b) => a - b),
    );
    assert.ok(rows.count >= 85 && rows.count <= 95, String(rows.count));
    return [...rows.posts];
  });
  assert.deepEqual(
    posts.sort((a, b) => a - b),
    Array.from({ length: 450 }, (_, i) => i + 1),
  );
  const fresh = [...shelf('fresh').rows.posts];
  assert.equal(fresh.length, 200);
  assert.deepEqual(fresh.slice(-100), posts.slice(-100), 'the newest need no luck');
});

test('a quiet shelf keeps its hash, one watched post changes only its own shelf', async () => {
  const { run, report, region, files } = running(450);
  await run('all');
  const before = new Map([...files().shelves].map(([name, { hash: name2 }]) => [name, name2]));
  const quiet = await run('all', { afterMs: 600_000 });
  assert.equal(quiet.hasChanged, false);
  assert.deepEqual(quiet.written, []);
  report({ singles: [watch(77), watch(77)], chunks: [] });
  await run('all', { afterMs: 600_000 });
  const changed = [...files().shelves]
    .filter(([name, { hash: now }]) => before.get(name) !== now)
    .map(([name]) => name);
  assert.deepEqual(changed.sort(), ['fresh', 'trending', region.shelfOf.get(77)!.name].sort());
});

test('ten seconds after a report the post trends; the near shelves wait', async () => {
  const { run, report, shelf } = running(250);
  await run('all');
  assert.equal(shelf('trending').rows.count, 0, 'nobody has watched anything');
  report({ singles: [watch(9), watch(31, 9, 400), watch(8, 2)], chunks: [] });
  const { written } = await run('quick');
  assert.deepEqual([...shelf('trending').rows.posts], [9, 31]);
  assert.ok(shelf('trending').rows.trends2h[0]! > shelf('trending').rows.trends2h[1]!);
  assert.deepEqual(
    written.map(({ kind }) => kind),
    ['shelf', 'shelf'],
  );
});

test('a new post stands on fresh in the next epoch, until it had what was promised', async () => {
  const { run, report, shelf, region } = running(120);
  await run('all');
  putPost(region, postOf(121), { atMs: START_MS + 20_000, epoch: 2 });
  await run('quick');
  assert.ok(shelf('fresh').rows.posts.includes(121));
  report({ singles: Array.from({ length: 98 }, () => watch(121, 1)), chunks: [] });
  const visitor = { ...watch(121, 1), weightMillis: 5 };
  report({ singles: [visitor, visitor, visitor, visitor], chunks: [] });
  await run('quick');
  assert.ok(shelf('fresh').rows.posts.includes(121), 'four visitors count as one account');
  report({ singles: [watch(121, 1)], chunks: [] });
  await run('quick');
  assert.equal(shelf('fresh').rows.posts.includes(121), false);
});

test('a post that has to go leaves every shelf, its vector is zero, and only what held it is written', async () => {
  const { run, region, files, kept, shelf } = running(450);
  await run('all');
  const own = region.shelfOf.get(300)!.name;
  dropPost(region, 300);
  const { written } = await run('quick');
  for (const name of files().shelves.keys()) assert.equal(shelf(name).rows.posts.includes(300), false, name);
  const kinds = ['block', 'blocks', 'directory', 'owed', 'page', 'shelf', 'shelf', 'shelf'];
  assert.deepEqual(written.map(({ kind }) => kind).sort(), kinds);
  assert.ok(written.some(({ hash: name }) => name === files().shelves.get(own)?.hash));
  const { block } = decodeBlock(kept.get(files().book.get(1)!)!.bytes);
  assert.ok(block.vectors.subarray(44 * 64, 45 * 64).every((part) => part === 0));
});

test('fresh follows from the lists of the owed and the draw, also after new posts, promises kept and a return', async () => {
  const { run, report, shelf, region, kept } = running(450);
  const owedOf = ({ heads }: { heads: { owed: string } }) => decodeOwed(kept.get(heads.owed)!.bytes);
  const first = await run('all');
  const then = owedOf(first);
  assert.deepEqual([first.heads.drawnIn, then.length], [1, 450]);
  const draw = drawFresh(then, { epoch: 1, seed: [1, 2] })!;
  const fresh = () => [...shelf('fresh').rows.posts];
  assert.deepEqual(fresh(), freshOf(then, draw));
  const lost = then.find((post) => !draw.drawn.has(post))!;
  const [done, hidden] = [...draw.drawn];
  putPost(region, postOf(451), { atMs: START_MS, epoch: 2 });
  for (const post of [lost, hidden!]) dropPost(region, post);
  for (const post of [lost, hidden!]) putPost(region, postOf(post), { atMs: START_MS, epoch: 2 });
  report({ singles: Array.from({ length: 100 }, () => watch(done!, 1)), chunks: [] });
  const second = await run('quick');
  assert.equal(second.heads.drawnIn, 1);
  assert.deepEqual(fresh(), freshOf(owedOf(second), draw));
  assert.deepEqual(
    [451, lost, hidden!, done!].map((post) => fresh().includes(post)),
    [true, false, true, false],
  );
  assert.equal((await running(150).run('all')).heads.drawnIn, 0, 'all had room');
});

test('the same log gives the same state, and another log another', () => {
  const chance = chanceFrom(4);
  const batches = Array.from({ length: 40 }, (_, minute) => ({
    minute: new Date(START_MS + minute * MINUTE_MS),
    singles: Array.from({ length: 20 }, () => watch(1 + chance.below(60), chance.below(10))),
    chunks: [{ posts: [1, 2 + chance.below(20), 30 + chance.below(20)] as const, weightMillis: 400 }],
  }));
  const hashOf = (log: LoggedBatch[]) => {
    const state = newLogState(log[0]!.minute);
    for (const batch of log) foldBatch(state, batch, (post) => post % 7);
    const digest = createHash('sha256');
    for (const bytes of stateBytes(state)) digest.update(bytes);
    return digest.digest('hex');
  };
  assert.equal(hashOf(batches), hashOf(structuredClone(batches)));
  const other = structuredClone(batches);
  const last = other[39]!.singles[3]!;
  last.outcomeBucket = last.outcomeBucket >= 8 ? 0 : 9;
  assert.notEqual(hashOf(batches), hashOf(other));
});

function learnWorld(region: ReturnType<typeof running>, posts: number): void {
  const chance = chanceFrom(8);
  for (let minute = 0; minute < 60; minute += 1) {
    const chunks = Array.from({ length: 10 }, () => {
      // Viewers like posts of one residue of 5, which is what their first tag says.
      const kind = chance.below(5);
      const pick = () => 5 * chance.below(Math.floor(posts / 5) - 1) + 5 + kind;
      return { posts: [pick(), pick(), pick()] as const, weightMillis: 1000 };
    });
    const singles = chunks.flatMap(({ posts: three }) => three.map((post) => watch(post)));
    region.report({ singles, chunks });
  }
}

test('with viewers enough the book holds learned vectors and partners, and without them neither', async () => {
  const world = running(100);
  learnWorld(world, 100);
  const content = await world.run('all');
  assert.equal(content.heads.isLearned, false);
  const blockOf = () => decodeBlock(world.kept.get(world.files().book.get(0)!)!.bytes).block;
  assert.ok(blockOf().partners.every((partner) => partner === 0));
  const learned = await world.run('all', { isLearned: true });
  assert.equal(learned.heads.isLearned, true);
  assert.ok(blockOf().partners.some((partner) => partner !== 0));
  const back = await world.run('all');
  assert.ok(blockOf().partners.every((partner) => partner === 0));
  assert.equal(back.heads.scale256, content.heads.scale256);
});

test('the kernel ranks what an epoch holds: who finished posts of a kind gets more of the kind', async () => {
  const world = running(400);
  learnWorld(world, 400);
  const { heads } = await world.run('all', { isLearned: true });
  const book = new Map<number, BookBlock>();
  for (const name of world.files().book.values()) {
    const { number, block } = decodeBlock(world.kept.get(name)!.bytes);
    book.set(number, block);
  }
  const positives = [12, 17, 22, 27, 32, 37].map(postOf);
  const { order } = rank({
    weights: WEIGHTS,
    heads: readTree(
      {
        ...heads,
        epoch: 1,
        minute: 0,
        previous: '',
        seed: { day: 0, secret: '', promisedIn: 0, next: '' },
        weights: '',
      },
      (name) => world.kept.get(name)?.bytes,
    ).kernel,
    shelves: [...world.files().shelves.keys()].map(world.shelf),
    lists: [],
    book,
    taste: { ...EMPTY_TASTE, positives },
    controls: { ...OPEN_CONTROLS, count: 20, chosenTags: new Set([102]) },
    seed: [1, 2],
  });
  const placed = order.filter(({ placement }) => placement === 'score');
  const ofKind = placed.filter(({ post }) => post % 5 === 2);
  assert.ok(ofKind.length > placed.length / 2, `${ofKind.length} of ${placed.length}`);
});

test('a region that has grown is arranged anew before the hour is over, one that has not waits', async () => {
  const { run, region, files } = running(150);
  const near = () => [...files().shelves.keys()].filter((name) => name.startsWith('near-')).length;
  await run('all');
  assert.equal(near(), 2);
  for (let number = 151; number <= 180; number += 1) putPost(region, postOf(number), { atMs: START_MS, epoch: 2 });
  await run('all', { afterMs: 600_000 });
  assert.equal(near(), 2);
  for (let number = 181; number <= 400; number += 1) putPost(region, postOf(number), { atMs: START_MS, epoch: 3 });
  await run('all', { afterMs: 600_000 });
  assert.equal(near(), 4);
});

test('above ten thousand posts every creator and tag has a list of its newest hundred', async () => {
  const { run, files, kept, region } = running(10_001);
  const { written } = await run('all');
  assert.equal(files().lists.size, 17 + 5 + 3);
  const { entries } = decodeListPage(kept.get(files().index.listPages[0]!)!.bytes);
  const tag = entries.find(({ kind, key }) => kind === 'tag' && key === 102)!;
  const { shelf } = decodeShelf(kept.get(tag.hash)!.bytes);
  assert.equal(shelf.kind, 'list');
  assert.deepEqual(
    [...shelf.rows.posts],
    Array.from({ length: 100 }, (_, i) => 9997 - 5 * (99 - i)),
  );
  assert.ok(written.length > 140);
  dropPost(region, 9997);
  await run('quick');
  const after = decodeListPage(kept.get(files().index.listPages[0]!)!.bytes).entries;
  const changed = after.filter(({ hash: name }) => !entries.some((entry) => entry.hash === name));
  assert.deepEqual(changed.map(({ kind }) => kind).sort(), ['creator', 'tag', 'tag']);
});
