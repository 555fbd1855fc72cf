import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { inclusionProof, isIncluded, openNote, readCheckpoint, readVerifier, rootOf } from '@vitrine/ledger';
import { decodeHeads, decodeShelf, type EpochTree, fetchTree, type HeadsFile, keyOf, postIdAt } from '@vitrine/ranking';
import { verifyEd25519 } from '../platform/ed25519.ts';
import { makeAccount, makePost } from '../testing/made-posts.ts';
import { heldWorld, startTestRegion, type TestRegion } from '../testing/region.ts';
import { shelfSweeps } from './job.ts';
import { leavesOf } from './signed.ts';
import { fileKey } from './store.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe('shelves', () => {
  const world = heldWorld('2026-11-22T12:00:00Z');
  let region: TestRegion;
  let author: string;
  before(async () => {
    region = await startTestRegion({ world });
    author = await makeAccount(region.grounds, { handle: 'anna' });
  });
  after(() => region.close());

  async function bytes(path: string): Promise<Buffer> {
    const answer = await fetch(region.url + path);
    assert.equal(answer.status, 200, `${path}: ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  }
  const headsBytes = (epoch?: number) => bytes(`/api/v1/shelves/heads${epoch ? `?epoch=${epoch}` : ''}`);
  /** The cache looks once a second. */
  async function newest(): Promise<HeadsFile> {
    await new Promise((resolve) => setTimeout(resolve, 1100));
    return decodeHeads(await headsBytes());
  }
  const treeOf = (heads: HeadsFile): Promise<EpochTree> => fetchTree(heads, (hash) => bytes(`/api/v1/shelves/${hash}`));
  async function idsOn(heads: HeadsFile, name: string): Promise<string[]> {
    const hash = (await treeOf(heads)).shelves.find((shelf) => shelf.name === name)?.hash ?? '';
    const { ids, shelf } = decodeShelf(await bytes(`/api/v1/shelves/${hash}`));
    return Array.from({ length: shelf.rows.count }, (_, row) => postIdAt(ids, row));
  }
  /** A published post with its event, as publishing writes it. */
  async function publish(more: Partial<Parameters<typeof makePost>[1]> = {}): Promise<string> {
    const { id } = await makePost(region.grounds, { accountId: author, ...more });
    const next = await region.grounds.db
      .updateTable('counters')
      .set((eb) => ({ value: eb('value', '+', '1') }))
      .where('name', '=', 'post_number')
      .returning('value')
      .executeTakeFirstOrThrow();
    await region.grounds.db.updateTable('posts').set({ public_number: next.value }).where('id', '=', id).execute();
    await tell('post.published', id);
    return id;
  }
  async function tell(kind: string, postId: string): Promise<void> {
    await region.grounds.db
      .insertInto('outbox')
      .values({
        id: world.newId(),
        writer_key: postId,
        kind,
        body: JSON.stringify({ postId, accountId: author }),
        created_at: world.now(),
      })
      .execute();
    await region.drainEvents();
  }
  async function learn(afterMs = 10_000): Promise<void> {
    world.forward(afterMs);
    await region.learn();
  }
  const numberOf = async (id: string) =>
    Number(
      (await region.grounds.db.selectFrom('posts').select('public_number').where('id', '=', id).executeTakeFirst())
        ?.public_number,
    );
  async function report(post: number, count: number): Promise<void> {
    world.forward(MINUTE_MS);
    const minute = new Date(Math.floor(world.now().getTime() / MINUTE_MS) * MINUTE_MS);
    const { db } = region.grounds;
    await db.insertInto('report_batches').values({ minute, singles: count, chunks: 0 }).execute();
    const rows = Array.from({ length: count }, () => ({
      minute,
      post,
      outcome_bucket: 9,
      loops: 0,
      is_skip: false,
      weight_millis: 1000,
    }));
    await db.insertInto('watch_singles').values(rows).execute();
  }

  test('a new region has an epoch, signed by its key, whose tree leads to every file', async () => {
    await learn();
    const heads = await newest();
    assert.equal(heads.postCount, 0);
    const id = await publish({ tags: ['cats'] });
    await learn();
    const next = await newest();
    assert.equal(next.epoch, heads.epoch + 1);
    assert.deepEqual(await idsOn(next, 'fresh'), [id]);
    const name = sha256(await headsBytes());
    const key = readVerifier((await bytes('/api/v1/shelves/key')).toString());
    const { text } = openNote((await bytes('/api/v1/shelves/note')).toString(), [key], verifyEd25519);
    const checkpoint = readCheckpoint(text);
    assert.deepEqual(checkpoint.extension, [`epoch ${next.epoch}`]);
    const leaves = leavesOf(name, next);
    assert.deepEqual(rootOf(leaves), checkpoint.root);
    for (const [index, leaf] of leaves.entries()) {
      const proof = inclusionProof(leaves, index);
      assert.ok(isIncluded({ leaf, index, size: checkpoint.size, proof, root: checkpoint.root }));
    }
    const { named } = await treeOf(next);
    for (const hash of named.keys()) assert.equal(sha256(await bytes(`/api/v1/shelves/${hash}`)), hash);
  });

  test('a young region does not wait ten minutes for its near shelves and its book', async () => {
    const id = await publish();
    await publish();
    await learn(31_000);
    const heads = await newest();
    assert.ok((await idsOn(heads, 'near-00000')).includes(id));
    assert.equal((await treeOf(heads)).blocks.size, 1);
  });

  test('epochs are chained, and old ones are answered by number', async () => {
    await publish();
    await learn();
    const heads = await newest();
    let later = heads;
    for (let epoch = heads.epoch - 1; epoch >= 1; epoch -= 1) {
      const earlier = await headsBytes(epoch);
      assert.equal(later.previous, sha256(earlier));
      later = decodeHeads(earlier);
    }
    assert.equal(later.previous, '0'.repeat(64));
    assert.equal((await fetch(`${region.url}/api/v1/shelves/heads?epoch=${heads.epoch + 1}`)).status, 404);
  });

  test('what is not public, not open to recommendation or restricted stands on no shelf', async () => {
    const hidden = [
      await publish({ audience: 'followers' }),
      await publish({ audience: 'onlyMe' }),
      await publish({ accountId: await makeAccount(region.grounds, { handle: 'shy', isPrivate: true }) }),
    ];
    const declined = await publish();
    await region.grounds.db.updateTable('posts').set({ allow_recommend: false }).where('id', '=', declined).execute();
    await tell('post.changed', declined);
    const shown = await publish({ labels: ['sensitive', 'aiMade'], tags: ['a', 'b'] });
    await learn();
    const fresh = await idsOn(await newest(), 'fresh');
    for (const id of [...hidden, declined]) assert.equal(fresh.includes(id), false);
    assert.ok(fresh.includes(shown));
    const heads = await newest();
    const { hash } = heads.shelves.find(({ name }) => name === 'fresh')!;
    const answer = await fetch(`${region.url}/api/v1/shelves/${hash}?as=json`);
    const twin = (await answer.json()) as {
      records: { id: string; flags: string[]; tags: string[]; creator: string }[];
    };
    const record = twin.records.find(({ id }) => id === shown)!;
    assert.deepEqual(record.flags, ['sensitive', 'madeByAi']);
    assert.equal(record.tags.length, 2);
    assert.equal(Number.parseInt(record.creator, 16), keyOf('creator', author));
  });

  test('ten seconds after reports came in, the post trends for everyone', async () => {
    const id = await publish();
    await learn();
    await report(await numberOf(id), 5);
    await learn();
    assert.deepEqual(await idsOn(await newest(), 'trending'), [id]);
  });

  test('at most one epoch in ten seconds, and none when nothing is new', async () => {
    await learn(20_000);
    const { epoch } = await newest();
    await learn(20_000);
    await learn(20_000);
    assert.equal((await newest()).epoch, epoch);
    await publish();
    await learn(5000);
    const after = (await newest()).epoch;
    assert.equal(after, epoch + 1);
    await publish();
    await learn(5000);
    assert.equal((await newest()).epoch, after, 'five seconds after the last');
    await learn(5000);
    assert.equal((await newest()).epoch, after + 1);
  });

  test('a deleted post leaves at once, and every file that held it answers 410', async () => {
    const id = await publish();
    await learn();
    await learn(11 * MINUTE_MS);
    const held = await newest();
    const tree = await treeOf(held);
    const names = tree.shelves.filter(({ posts }) => posts > 0);
    const holding: string[] = [];
    for (const { name, hash } of names) if ((await idsOn(held, name)).includes(id)) holding.push(hash);
    assert.ok(holding.length >= 2, 'near and fresh');
    const number = await numberOf(id);
    const block = tree.blocks.get(Math.floor(number / 256))!;
    await region.grounds.db
      .updateTable('posts')
      .set({ state: 'deleted', deleted_at: world.now() })
      .where('id', '=', id)
      .execute();
    await tell('post.deleted', id);
    await learn(100);
    const after = await newest();
    for (const { name } of (await treeOf(after)).shelves)
      assert.equal((await idsOn(after, name)).includes(id), false, name);
    for (const hash of [...holding, block]) {
      const answer = await fetch(`${region.url}/api/v1/shelves/${hash}`);
      assert.equal(answer.status, 410);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      assert.match(await answer.text(), /input_withdrawn/);
      await assert.rejects(stat(join(region.dataDir, 'media/shelves', hash.slice(0, 2), hash)));
    }
  });

  test('files are kept for ever by whoever has them, the newest heads are not', async () => {
    const heads = await newest();
    const { directory: hash } = heads;
    const file = await fetch(`${region.url}/api/v1/shelves/${hash}`, { headers: { cookie: 's=planted' } });
    assert.match(file.headers.get('cache-control') ?? '', /immutable/);
    assert.equal(file.headers.get('set-cookie'), null);
    const again = await fetch(`${region.url}/api/v1/shelves/${hash}`, { headers: { 'if-none-match': `"${hash}"` } });
    assert.equal(again.status, 304);
    const newestAnswer = await fetch(`${region.url}/api/v1/shelves/heads`);
    assert.equal(newestAnswer.headers.get('cache-control'), 'public, max-age=2');
    assert.equal((await fetch(`${region.url}/api/v1/shelves/${'0'.repeat(64)}`)).status, 404);
  });

  test('the day before holds the promise of the next day, which then is told', async () => {
    const day = await newest();
    assert.equal(day.seed.promisedIn, 0, 'the first day had no lead time');
    await learn(24 * HOUR_MS);
    const next = await newest();
    assert.equal(next.seed.day, day.seed.day + 1);
    assert.equal(sha256(Buffer.from(next.seed.secret, 'hex')), day.seed.next);
    const promise = decodeHeads(await headsBytes(next.seed.promisedIn));
    assert.equal(promise.seed.next, day.seed.next);
  });

  test('the ledger holds epochs, at most one a minute, and the algorithm once', async () => {
    const entries = await region.stores.ledger.entriesAfter(-1, 1000);
    const kinds = entries.map(({ entry }) => JSON.parse(entry) as { t: string; at: string; body: { epoch?: number } });
    const epochs = kinds.filter(({ t }) => t === 'epoch');
    assert.equal(new Set(epochs.map(({ at }) => at)).size, epochs.length);
    assert.equal(epochs.at(-1)?.body.epoch, (await newest()).epoch);
    assert.equal(kinds.filter(({ t }) => t === 'weights.set').length, 1);
    assert.equal(kinds.filter(({ t }) => t === 'algorithm.register').length, 1);
  });

  test('how much was reported is told by whole days, nothing of today, nothing of few', async () => {
    const answer = await fetch(`${region.url}/api/v1/shelves/days`);
    const { days } = (await answer.json()) as { days: unknown[] };
    assert.deepEqual(days, [{ day: '2026-11-22', singles: null, chunks: null }], 'five reports are too few to be told');
    await report(1, 38);
    const today = world.now().toISOString().slice(0, 10);
    await learn(24 * HOUR_MS);
    const after = (await (await fetch(`${region.url}/api/v1/shelves/days`)).json()) as { days: unknown[] };
    assert.deepEqual(after.days, [...days, { day: today, singles: 35, chunks: null }]);
  });

  test('bytes go a day after the last epoch that named them, heads after a month', async () => {
    const old = decodeHeads(await headsBytes(2));
    const name = sha256(await headsBytes(2));
    const named = [...(await treeOf(old)).named.keys()];
    const [sweep] = shelfSweeps({ ...region.stores, ...region.grounds });
    await sweep!.run(new AbortController().signal);
    assert.equal((await fetch(`${region.url}/api/v1/shelves/${name}`)).status, 200);
    const now = (await treeOf(await newest())).named;
    assert.ok(named.length > 3);
    for (const hash of named) {
      if (now.has(hash)) continue;
      assert.equal(await region.stores.shelves.file(hash), undefined);
      await assert.rejects(stat(join(region.dataDir, 'media/shelves', hash.slice(0, 2), hash)));
    }
    world.forward(31 * 24 * HOUR_MS);
    await sweep!.run(new AbortController().signal);
    assert.equal(await region.stores.shelves.epoch(2), undefined);
    assert.ok(await region.stores.shelves.newestEpoch(), 'the newest stays however old');
  });

  test('bytes that no row keeps are removed once they are not young', async () => {
    const { media } = region.grounds;
    const { directory: kept } = await newest();
    const [stray, path] = ['ab'.repeat(32), join(region.dataDir, 'stray')];
    await writeFile(path, 'cut off');
    await media.put(fileKey(stray), path);
    const [, sweep] = shelfSweeps({ ...region.stores, ...region.grounds, world: { ...world, now: () => new Date() } });
    await sweep!.run(new AbortController().signal);
    assert.ok(await media.stat(fileKey(stray)), 'young');
    const old = new Date(Date.now() - 2 * HOUR_MS);
    for (const hash of [stray, kept]) await utimes(media.diskPath(fileKey(hash)) ?? '', old, old);
    await sweep!.run(new AbortController().signal);
    assert.equal(await media.stat(fileKey(stray)), undefined);
    assert.ok(await media.stat(fileKey(kept)));
  });

  test("the region's key is for its owner's eyes alone", async () => {
    const { mode } = await stat(join(region.dataDir, 'region.key'));
    assert.equal(mode & 0o777, 0o600);
  });
});
