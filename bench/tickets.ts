/** Tickets for benches, drawn through the API as a visitor without an account. */
import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import type { Ticket, TicketKey, TicketOffer } from '@vitrine/schema';

const { voprf } = ristretto255_oprf;
const toText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const toBytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url'));

async function ask<Answer>(url: string, body?: unknown): Promise<Answer> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(url, body === undefined ? {} : init);
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

/** Draws so many. */
export async function drawTickets(url: string, count: number): Promise<Ticket[]> {
  const { keys } = await ask<{ keys: TicketKey[] }>(`${url}/api/v1/tickets/keys`);
  const tickets: Ticket[] = [];
  while (tickets.length < count) {
    const { classKey, left } = await ask<TicketOffer>(`${url}/api/v1/tickets`);
    const publicKey = keys.find((key) => key.classKey === classKey)?.publicKey ?? '';
    const made = Array.from({ length: Math.min(left, count - tickets.length) }, () => {
      const input = crypto.getRandomValues(new Uint8Array(32));
      return { input, ...voprf.blind(input) };
    });
    const signed = await ask<{ evaluated: string[]; proof: string }>(`${url}/api/v1/tickets`, {
      classKey,
      blinded: made.map(({ blinded }) => toText(blinded)),
    });
    const items = made.map((one, place) => ({ ...one, evaluated: toBytes(signed.evaluated[place] ?? '') }));
    const outputs = voprf.finalizeBatch(items, toBytes(publicKey), toBytes(signed.proof));
    for (const [place, { input }] of made.entries())
      tickets.push({ key: classKey, input: toText(input), output: toText(outputs[place] ?? new Uint8Array()) });
  }
  return tickets;
}
