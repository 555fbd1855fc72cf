import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import { isGenuine, issueTickets, makeKeyPair } from './oprf.ts';

const { voprf } = ristretto255_oprf;
const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
const keys = makeKeyPair(random(32));

function draw(count: number) {
  const made = Array.from({ length: count }, () => {
    const input = random(32);
    return { input, ...voprf.blind(input) };
  });
  const issued = issueTickets(
    keys,
    made.map((one) => one.blinded),
    random(64),
  );
  return { items: made.map((one, place) => ({ ...one, evaluated: issued.evaluated[place]! })), proof: issued.proof };
}

test('what was blinded, signed and unblinded is genuine; anything else is not', () => {
  const { items, proof } = draw(3);
  const outputs = voprf.finalizeBatch(items, keys.publicKey, proof);
  for (const [place, { input }] of items.entries()) {
    const output = outputs[place]!;
    assert.ok(isGenuine({ secretKey: keys.secretKey, input, output }));
    assert.ok(!isGenuine({ secretKey: keys.secretKey, input: random(32), output }));
    assert.ok(!isGenuine({ secretKey: makeKeyPair(random(32)).secretKey, input, output }));
    assert.ok(!isGenuine({ secretKey: keys.secretKey, input, output: output.slice(1) }));
  }
});

test('tickets signed with a key of one’s own are noticed by the device', () => {
  const { items, proof } = draw(2);
  assert.throws(() => voprf.finalizeBatch(items, makeKeyPair(random(32)).publicKey, proof), /proof/);
});

test('a proof never takes the same chance twice', () => {
  const { items } = draw(1);
  assert.throws(() => issueTickets(keys, [items[0]!.blinded], random(8)), /chance/);
});

test('it is the VOPRF of RFC 9497: vector 1 of appendix A.1.2', () => {
  const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
  assert.ok(
    isGenuine({
      secretKey: hex('e6f73f344b79b379f1a0dd37e07ff62e38d9f71345ce62ae3a9bc60b04ccd909'),
      input: hex('00'),
      output: hex(
        'b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7da4d8527693914139caee5bd03903af43a491351d23b430948dd50cde10d32b3c',
      ),
    }),
  );
});
