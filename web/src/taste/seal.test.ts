import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeIn, wordsOf } from './code-words.ts';
import { addressOf, seal, unseal } from './seal.ts';

const code = Uint8Array.from({ length: 16 }, (_, place) => place * 17);
const STEP = 64 * 1024;

test('any code is eight words and comes back from them, however they are typed', () => {
  for (let round = 0; round < 200; round += 1) {
    const made = crypto.getRandomValues(new Uint8Array(16));
    assert.equal(wordsOf(made).length, 8);
    assert.deepEqual(codeIn(wordsOf(made).join('-').toUpperCase()), made);
  }
  assert.equal(codeIn('seven words are not enough for this'), undefined);
  assert.equal(codeIn(wordsOf(code).slice(1).join(' ')), undefined);
});

test('what was sealed is opened by the same code alone, and not after a bit was changed', async () => {
  const text = JSON.stringify({ watches: ['a', 'b'], secret: 'canary' });
  const sealed = await seal(text, code);
  assert.equal(await unseal(sealed, code), text);
  await assert.rejects(
    unseal(
      sealed,
      Uint8Array.from(code, (byte) => byte ^ 1),
    ),
  );
  const changed = sealed.slice();
  changed[100] = (changed[100] ?? 0) ^ 1;
  await assert.rejects(unseal(changed, code));
  assert.ok(!Buffer.from(sealed).includes('canary'));
});

test('its length is a whole number of 64 kB, whatever it holds, and no two sealings are alike', async () => {
  const lengths = new Set<number>();
  for (const many of [0, 10, 1000, 20_000]) {
    const text = Array.from({ length: many }, () => Math.random().toString(36)).join('');
    const sealed = await seal(text, code);
    assert.equal(sealed.length % STEP, 0);
    lengths.add(sealed.length);
    assert.equal(await unseal(sealed, code), text);
  }
  assert.ok(lengths.has(STEP));
  assert.notDeepEqual(await seal('x', code), await seal('x', code));
});

test('the address follows from the code and does not hold it', async () => {
  const address = await addressOf(code);
  assert.match(address, /^[0-9a-f]{64}$/);
  assert.equal(await addressOf(code.slice()), address);
  assert.ok(!address.includes(Buffer.from(code).toString('hex')));
});
