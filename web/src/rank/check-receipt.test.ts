import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkpointText, leafHash, rootOf, signNote, verifierText } from '@vitrine/ledger';
import {
  bytesOf,
  type RankInputs,
  type Receipt,
  receiptFrom,
  type ReceiptNeeds,
  wholeRegionFrom,
} from '@vitrine/ranking';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { check } from './check-receipt.ts';

const secret = new Uint8Array(32).fill(7);
const verifier = { name: 'region.test', publicKey: ed25519.getPublicKey(secret) };
const inputs = wholeRegionFrom(4, { posts: 300, positives: 20 });

function signed(from: RankInputs, more: Partial<ReceiptNeeds> = {}): Receipt {
  return receiptFrom(from, {
    sha256,
    ...more,
    sign: (leaves, epoch) => {
      const root = rootOf(leaves.map((hash) => leafHash(bytesOf(hash))));
      const text = checkpointText({ origin: verifier.name, size: leaves.length, root, extension: [`epoch ${epoch}`] });
      return {
        note: signNote(text, verifier, (bytes) => ed25519.sign(bytes, secret)),
        verifierKey: verifierText(verifier),
      };
    },
  });
}

const { taste } = inputs.weights.terms;
const terms = { ...inputs.weights.terms, taste: { ...taste, weight: taste.weight + 1 } };
const bent = { ...inputs.weights, terms };

test('a page as it was ranked is equal, signed, by the weights in force', () => {
  const { differing, isSigned, weights, tables, problem } = check(signed(inputs));
  assert.deepEqual([differing, isSigned, weights, problem], [[], true, 'in force', undefined]);
  assert.ok(tables > 10);
});

test("weights that were not in force are found, or told as the viewer's own choice", () => {
  const forged = signed({ ...inputs, weights: bent }, { inForce: inputs.weights });
  assert.deepEqual([check(forged).differing, check(forged).weights], [[], 'forged']);
  assert.equal(check({ ...forged, weightsOf: 'viewer' }).weights, 'chosen');
});

test('a table that the signed epoch does not name is found; one that is gone says nothing of the order', () => {
  const receipt = signed(inputs);
  const [list] = inputs.lists;
  const other = signed({ ...inputs, lists: [{ ...list!, epoch: list!.epoch + 1 }] });
  const files = { ...receipt.files, ...other.files };
  assert.match(check({ ...receipt, files }).problem ?? '', /is not of this epoch/);
  const [name] = Object.keys(receipt.files);
  const gone = check({ ...receipt, files: { ...receipt.files, [name!]: '' } });
  assert.deepEqual([gone.isGone, gone.problem], [true, undefined]);
});
