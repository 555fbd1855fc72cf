import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { decodeHeads, type EpochTree, fetchTree, type HeadsFile } from '@vitrine/ranking';
import { makeAccount, makePost } from '../testing/made-posts.ts';
import { heldWorld, startTestRegion, type TestRegion } from '../testing/region.ts';
import { readBytes } from './file-cache.ts';
import { openLearner } from './learner.ts';
import { LAST_SIGNED } from './store.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe('a learner that begins again', () => {
  const world = heldWorld('2026-11-22T12:00:00Z');
  let region: TestRegion;
  let author: string;
  let published = 0;
  before(async () => {
    // A region that learns nothing by itself: each step here is a process of its own.
    region = await startTestRegion({ world, settings: { ROLE: 'web' } });
    author = await makeAccount(region.grounds, { handle: 'anna' });
    for (let i = 0; i < 150; i += 1) await publish();
  });
  after(() => region.close());

  async function publish(): Promise<void> {
    const { id } = await makePost(region.grounds, { accountId: author, tags: [`tag${published % 2}`] });
    published += 1;
    const { db } = region.grounds;
    await db
      .updateTable('posts')
      .set({ public_number: String(published) })
      .where('id', '=', id)
      .execute();
  }
  /** One life of a learner. */
  async function live(afterMs = 11_000): Promise<HeadsFile> {
    world.forward(afterMs);
    const workDir = join(region.dataDir, 'shelving');
    const learner = openLearner({ ...region.stores, ...region.grounds, workDir });
    await learner.step().finally(() => learner.close());
    return newest();
  }
  async function newest(): Promise<HeadsFile> {
    const row = await region.stores.shelves.newestEpoch();
    return headsAt(row!.headsHash);
  }
  const headsAt = async (hash: string) => decodeHeads(await readBytes(region.grounds.media, hash));
  const treeOf = (heads: HeadsFile): Promise<EpochTree> =>
    fetchTree(heads, (hash) => readBytes(region.grounds.media, hash));

  test('publishes nothing where nothing changed, and of a new post only what it touches', async () => {
    const first = await live();
    assert.equal((await live(MINUTE_MS)).epoch, first.epoch, 'the same files are the same epoch');
    await publish();
    const next = await live();
    assert.equal(next.epoch, first.epoch + 1);
    const [before, now] = [await treeOf(first), await treeOf(next)];
    const nearOf = ({ shelves }: EpochTree) => shelves.filter(({ kind }) => kind === 'near').map(({ hash }) => hash);
    assert.deepEqual([nearOf(before).length, nearOf(now).length], [2, 2]);
    assert.equal(nearOf(now).filter((hash) => nearOf(before).includes(hash)).length, 1);
    const [row] = await region.grounds.db
      .selectFrom('shelf_files')
      .select('left_at')
      .where('hash', '=', first.owed)
      .execute();
    assert.ok(row?.left_at, 'what was before it is no longer named');
  });

  test('on a database that was put back goes on from what was signed, and knows the epochs between again', async () => {
    const kept = await newest();
    const { db } = region.grounds;
    const notes = new Map<number, string>();
    for (let i = 0; i < 3; i += 1) {
      await publish();
      const { epoch } = await live();
      notes.set(epoch, (await region.stores.shelves.newestEpoch())!.note);
    }
    const last = await newest();
    await db.deleteFrom('shelf_epochs').where('epoch', '>', String(kept.epoch)).execute();
    await db
      .deleteFrom('shelf_files')
      .where('hash', 'in', [...(await treeOf(last)).named.keys()])
      .execute();
    await publish();
    const next = await live();
    assert.equal(next.epoch, last.epoch + 1);
    const before = await region.stores.shelves.epoch(last.epoch);
    assert.equal(next.previous, before?.headsHash);
    for (const [epoch, note] of notes) assert.equal((await region.stores.shelves.epoch(epoch))?.note, note);
    for (const hash of (await treeOf(next)).named.keys()) {
      assert.equal((await region.stores.shelves.file(hash))?.isWithdrawn, false);
    }
  });

  test('refuses where another chain, another key or no file to go on from stands beside the database', async () => {
    const { db, media } = region.grounds;
    const { epoch, headsHash } = (await region.stores.shelves.newestEpoch())!;
    const own = db.updateTable('shelf_epochs').where('epoch', '=', String(epoch));
    await own.set({ heads_hash: 'ab'.repeat(32) }).execute();
    await assert.rejects(live(), /is no|continues another chain.*publishing on would fork the chain/);
    await own.set({ heads_hash: headsHash }).execute();
    const path = media.diskPath(LAST_SIGNED) ?? '';
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace(/.{12}\n$/, 'AAAAAAAAAAA=\n'));
    await assert.rejects(live(), /signed by another key/);
    await writeFile(path, text.replace(headsHash, 'cd'.repeat(32)));
    await assert.rejects(live(), /the file cdcd.* to go on from is not in the media store/);
    await writeFile(path, text);
    assert.equal((await live()).epoch, epoch, 'as it was');
  });

  test('without any public file leaves out the numbers that may have been signed since', async () => {
    const { epoch, headsHash } = (await region.stores.shelves.newestEpoch())!;
    await rm(join(region.dataDir, 'media/shelves'), { recursive: true });
    const next = await live(HOUR_MS);
    assert.ok(next.epoch >= epoch + 2 * 3600, String(next.epoch - epoch));
    assert.equal(next.previous, headsHash);
    assert.equal((await live()).epoch, next.epoch);
  });
});
