/** A device's half of blind tickets, for tests of the server: draws with the real routes, by the same library as the pages. */
import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import type { Ticket, TicketKey, TicketOffer } from '@vitrine/schema';
import type { TestRegion } from './region.ts';

const { voprf } = ristretto255_oprf;
const toText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const toBytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url'));

/** The region's keys, as anyone sees them. */
export async function readKeys(region: Pick<TestRegion, 'call'>): Promise<TicketKey[]> {
  const answer: { body: { keys: TicketKey[] } } = await region.call('GET', '/api/v1/tickets/keys');
  return answer.body.keys;
}

/** Draws tickets, checks their proof and unblinds them. */
export async function drawTickets(region: Pick<TestRegion, 'call'>, count: number, token?: string): Promise<Ticket[]> {
  const offer: { body: TicketOffer } = await region.call('GET', '/api/v1/tickets', undefined, token);
  const { classKey } = offer.body;
  const key = (await readKeys(region)).find((one) => one.classKey === classKey);
  if (!key) throw new Error(`${classKey} is not among the public keys`);
  const made = Array.from({ length: count }, () => {
    const input = crypto.getRandomValues(new Uint8Array(32));
    return { input, ...voprf.blind(input) };
  });
  const answer: { status: number; body: { evaluated: string[]; proof: string } } = await region.call(
    'POST',
    '/api/v1/tickets',
    { classKey, blinded: made.map(({ blinded }) => toText(blinded)) },
    token,
  );
  if (answer.status !== 200) throw new Error(`draw: ${answer.status} ${JSON.stringify(answer.body)}`);
  const items = made.map((one, place) => ({ ...one, evaluated: toBytes(answer.body.evaluated[place] ?? '') }));
  const outputs = voprf.finalizeBatch(items, toBytes(key.publicKey), toBytes(answer.body.proof));
  return made.map(({ input }, place) => ({
    key: classKey,
    input: toText(input),
    output: toText(outputs[place] ?? new Uint8Array()),
  }));
}
