import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkpointText, readCheckpoint } from './checkpoint.ts';
import { inclusionProof, isIncluded, leafHash, rootOf } from './merkle.ts';
import { openNote, readVerifier, signNote, verifierText, type Verify } from './note.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures');
const fixture = (name: string) => JSON.parse(readFileSync(join(FIXTURES, name), 'utf8'));
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function signerOf(secret: Uint8Array) {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, secret]), format: 'der', type: 'pkcs8' });
  const publicKey = Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x!, 'base64url');
  return { publicKey, sign: (bytes: Uint8Array) => sign(null, bytes, key) };
}

const verifyEd25519: Verify = (signature, bytes, publicKey) => {
  const x = Buffer.from(publicKey).toString('base64url');
  return verify(null, bytes, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), signature);
};

test('roots are those that logs of certificates are tested with', () => {
  const { leaves, empty, roots } = fixture('merkle.json') as { leaves: string[]; empty: string; roots: string[] };
  const hashes = leaves.map((leaf) => leafHash(Buffer.from(leaf, 'hex')));
  assert.equal(hex(rootOf([])), empty);
  for (const [i, root] of roots.entries()) assert.equal(hex(rootOf(hashes.slice(0, i + 1))), root);
});

test('every leaf of every tree up to 70 is proved, and no other leaf, place, size or root by that proof', () => {
  const leaves = Array.from({ length: 70 }, (_, i) => leafHash(Uint8Array.of(i)));
  for (let size = 1; size <= 70; size += 1) {
    const tree = leaves.slice(0, size);
    const root = rootOf(tree);
    for (let index = 0; index < size; index += 1) {
      const claim = { leaf: tree[index]!, index, size, proof: inclusionProof(tree, index), root };
      assert.ok(isIncluded(claim), `${index} of ${size}`);
      assert.equal(isIncluded({ ...claim, leaf: leafHash(Uint8Array.of(99)) }), false);
      assert.equal(isIncluded({ ...claim, root: leafHash(Uint8Array.of(98)) }), false);
      assert.equal(isIncluded({ ...claim, index: index + size }), false);
      if (size > 1) assert.equal(isIncluded({ ...claim, index: index === 0 ? size - 1 : index - 1 }), false);
      if (size > 1) assert.equal(isIncluded({ ...claim, proof: claim.proof.slice(1) }), false);
      assert.equal(isIncluded({ ...claim, proof: [...claim.proof, leaves[0]!] }), false);
    }
  }
  assert.throws(() => inclusionProof(leaves, 70), RangeError);
});

test("a note of Go's documentation is opened and made", () => {
  const { secretKey, verifier, text, note } = fixture('signed-note.json') as Record<string, string>;
  const key = readVerifier(verifier!);
  assert.equal(openNote(note!, [key], verifyEd25519).text, text);
  const signer = signerOf(Buffer.from(secretKey!, 'hex'));
  assert.deepEqual(signer.publicKey, Buffer.from(key.publicKey));
  assert.equal(signNote(text!, key, signer.sign), note);
  assert.equal(verifierText(key), verifier);
});

test('a note with one changed byte, a strange key or a malformed line is refused', () => {
  const secret = Uint8Array.from({ length: 32 }, (_, i) => i);
  const signer = signerOf(secret);
  const key = { name: 'example.org', publicKey: signer.publicKey };
  const open = (text: string, known = [key]) => openNote(text, known, verifyEd25519);
  const note = signNote('one\n\ntwo\n', key, signer.sign);
  assert.deepEqual(open(note), { text: 'one\n\ntwo\n', signedBy: [key] });
  assert.throws(() => open(note.replace('two', 'too')), /signature of example.org is wrong/);
  assert.throws(() => open(note, [{ ...key, name: 'other.org' }]), /no known key/);
  assert.throws(() => open(note.replace('\u2014', '-')), /malformed/);
  assert.throws(() => open('one\n'), /no signature/);
  assert.throws(() => signNote('no end', key, signer.sign), /newline/);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
      assert.throws(() => open(text), { name: 'NoteError' });
      assert.throws(() => readVerifier(text), { name: 'NoteError' });
    }),
  );
});

test('a checkpoint comes back from its text, and nothing else is one', () => {
  const checkpoint = { origin: 'example.org', size: 12, root: leafHash(Uint8Array.of(1)), extension: ['epoch 7'] };
  const text = checkpointText(checkpoint);
  assert.deepEqual(readCheckpoint(text), checkpoint);
  const bad = [
    text.trim(),
    `${text}\n`,
    text.replace('12', '012'),
    text.replace('example.org', ''),
    '',
    'a\n1\nAAAA\n',
  ];
  for (const each of bad) assert.throws(() => readCheckpoint(each), { name: 'NoteError' }, JSON.stringify(each));
});
