import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import S3rver from 's3rver';
import { openS3Store } from './media-store-s3.ts';
import { openLocalStore, type MediaStore } from './media-store.ts';

let folder: string;
let s3: S3rver;
const stores: Record<string, MediaStore> = {};

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-media-'));
  const port = await freePort();
  s3 = new S3rver({
    port,
    address: '127.0.0.1',
    silent: true,
    directory: join(folder, 's3'),
    configureBuckets: [{ name: 'clips', configs: [] }],
  });
  await s3.run();
  stores['local files'] = openLocalStore(join(folder, 'local'));
  stores['S3'] = openS3Store({
    endpoint: `http://127.0.0.1:${port}`,
    bucket: 'clips',
    region: 'us-east-1',
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
  });
  await writeFile(join(folder, 'clip'), 'first second third');
});
after(async () => {
  await s3.close();
  await rm(folder, { recursive: true, force: true });
});

async function textOf(store: MediaStore, key: string, range?: { start: number; end: number }): Promise<string> {
  const chunks = await (await store.open(key, range)).toArray();
  return Buffer.concat(chunks.map((chunk: Uint8Array) => Buffer.from(chunk))).toString();
}

for (const name of ['local files', 'S3']) {
  describe(`a media store on ${name}`, () => {
    const store = (): MediaStore => stores[name]!;

    test('gives back what was put in, whole and in parts', async () => {
      await store().put('renditions/a/1.mp4', join(folder, 'clip'));
      assert.equal(await textOf(store(), 'renditions/a/1.mp4'), 'first second third');
      assert.equal(await textOf(store(), 'renditions/a/1.mp4', { start: 6, end: 11 }), 'second');
      assert.equal((await store().stat('renditions/a/1.mp4'))?.sizeBytes, 18);
    });

    test('lists by prefix and forgets what is removed', async () => {
      await store().put('posters/b/1.jpg', join(folder, 'clip'));
      const keys: string[] = [];
      for await (const file of store().list('posters/')) keys.push(file.key);
      assert.deepEqual(keys, ['posters/b/1.jpg']);
      await store().remove('posters/b/1.jpg');
      await store().remove('posters/b/1.jpg');
      assert.equal(await store().stat('posters/b/1.jpg'), undefined);
      await assert.rejects(store().open('posters/b/1.jpg'));
    });

    test('gives tools a path on this machine', async () => {
      await store().put('sources/c', join(folder, 'clip'));
      assert.equal(
        await readFile(await store().localPath('sources/c', join(folder, 'scratch')), 'utf8'),
        'first second third',
      );
    });
  });
}

test('a key that is no name of ours reaches no file', async () => {
  for (const key of ['../etc/passwd', '/etc/passwd', 'a/../../b', 'A', 'a//b', '']) {
    await assert.rejects(async () => stores['local files']?.stat(key), /not a media key/);
  }
});
