/** Drawing tickets: blinds random numbers, has them signed, checks the proof against the public key, unblinds. 5 ms of CPU a ticket. */
import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import type { Ticket, TicketKey, TicketOffer } from '@vitrine/schema';

/** What drawing needs of the outside. */
interface DrawGrounds {
  fetch(address: string, init: RequestInit): Promise<Response>;
  randomBytes(length: number): Uint8Array;
}

const { voprf } = ristretto255_oprf;
const INPUT_BYTES = 32;

/**
 * Draws all tickets that are left today, however many the device still holds: a smaller number would tell how many were used.
 * @throws when the server cannot be reached or refuses, offers a key that is not everyone's, or the proof fails
 */
export async function drawTickets({ fetch, randomBytes }: DrawGrounds): Promise<Ticket[]> {
  // Asked for without a cookie: the server cannot show this person other keys than everyone.
  const { keys } = await read<{ keys: TicketKey[] }>(fetch('/api/v1/tickets/keys', BLIND));
  const offer = await read<TicketOffer>(fetch('/api/v1/tickets', SIGNED_IN));
  if (offer.left <= 0) return [];
  const key = keys.find((one) => one.classKey === offer.classKey);
  if (key?.day !== keys[0]?.day || !key) throw new Error('the offered key is not one of the day');
  const made = Array.from({ length: offer.left }, () => {
    const input = randomBytes(INPUT_BYTES);
    return { input, ...voprf.blind(input, (length = INPUT_BYTES) => randomBytes(length)) };
  });
  const body = JSON.stringify({ classKey: key.classKey, blinded: made.map(({ blinded }) => toText(blinded)) });
  const asked = fetch('/api/v1/tickets', { ...SIGNED_IN, method: 'POST', headers: JSON_TYPE, body });
  const signed = await read<{ evaluated: string[]; proof: string }>(asked);
  const items = made.map((one, place) => ({ ...one, evaluated: toBytes(signed.evaluated[place] ?? '') }));
  const outputs = voprf.finalizeBatch(items, toBytes(key.publicKey), toBytes(signed.proof));
  return made.map(({ input }, place) => ({
    key: key.classKey,
    input: toText(input),
    output: toText(outputs[place] ?? new Uint8Array()),
  }));
}

const BLIND: RequestInit = { credentials: 'omit', referrerPolicy: 'no-referrer' };
const SIGNED_IN: RequestInit = { credentials: 'same-origin' };
const JSON_TYPE = { 'content-type': 'application/json' };

async function read<Answer>(asked: Promise<Response>): Promise<Answer> {
  const response = await asked;
  if (!response.ok) throw new Error(`tickets: ${response.status}`);
  return (await response.json()) as Answer;
}

function toText(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function toBytes(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}
