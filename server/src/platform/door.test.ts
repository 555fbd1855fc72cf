import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { DoorRefusal, doorPath, knock, openDoor } from './door.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-door-'));
});
after(() => rm(folder, { recursive: true, force: true }));

test('a command is answered through the door, which only its owner can open', async () => {
  const door = await openDoor(folder, { double: async (body) => Number(body) * 2 });
  assert.deepEqual(await knock(folder, 'double', 21), { answer: 42 });
  assert.equal((await stat(doorPath(folder))).mode & 0o777, 0o600);
  await door.close();
});

test('a refusal comes back in its own words, and an unknown command is refused', async () => {
  const door = await openDoor(folder, { fail: () => Promise.reject(new Error('There is no such handle.')) });
  await assert.rejects(
    knock(folder, 'fail', {}),
    (cause: unknown) => cause instanceof DoorRefusal && cause.message === 'There is no such handle.',
  );
  await assert.rejects(knock(folder, 'constructor', {}), DoorRefusal);
  await door.close();
});

test('where no server runs nobody answers', async () => {
  assert.equal(await knock(folder, 'double', 1), undefined);
  assert.equal(await knock(join(folder, 'x'.repeat(120)), 'double', 1), undefined);
});
