import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commonPasswords, hashPassword, isEasilyGuessed, verifyPassword } from './password.ts';

const SALT = new Uint8Array(16).fill(7);

test('a hash is argon2id and is accepted for its own password only', async () => {
  const hash = await hashPassword('a quiet blue heron', SALT);
  assert.match(hash, /^\$argon2id\$v=19\$m=47104,t=1,p=1\$/);
  assert.equal(await verifyPassword('a quiet blue heron', hash), true);
  assert.equal(await verifyPassword('a quiet blue heroN', hash), false);
});

test('without a hash the answer is no, after the same work', async () => {
  const before = process.cpuUsage();
  assert.equal(await verifyPassword('a quiet blue heron', undefined), false);
  const spent = process.cpuUsage(before);
  assert.ok(spent.user + spent.system > 5_000, 'the decoy was not computed');
});

test('the same word composed in another way is the same password', async () => {
  const hash = await hashPassword('caf\u00e9 caf\u00e9', SALT);
  assert.equal(await verifyPassword('cafe\u0301 cafe\u0301', hash), true);
});

test('at least a thousand common passwords are known', () => {
  assert.ok(commonPasswords().split('\n').length >= 1000);
});

for (const word of [
  'password',
  'Password1',
  'iloveyou123',
  'qwertyuiop',
  'aaaaaaaa',
  'abcabcabc',
  '12345678',
  '87654321',
  'abcdefgh',
  'ada_ada_ada',
  'ada12ada',
]) {
  test(`${word} is easily guessed`, () => assert.equal(isEasilyGuessed(word, 'ada'), true));
}

for (const word of ['a quiet blue heron', 'correct horse ada', 'tr0ub4dor&3x', 'ada likes mountains']) {
  test(`${word} is taken`, () => assert.equal(isEasilyGuessed(word, 'ada'), false));
}
