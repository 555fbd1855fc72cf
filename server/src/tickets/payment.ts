/** From a report on the wire to one whose tickets can be checked. Pure. */
import { createHash } from 'node:crypto';
import { canonicalText, type Ticket, type WatchReport } from '@vitrine/schema';
import type { DayKey } from './keys.ts';
import type { ShownTicket } from './oprf.ts';
import type { PaidReport } from './settle.ts';

/** A report and what must be checked of its tickets. */
interface Payment {
  report: PaidReport;
  tickets: ShownTicket[];
}

/** What a report says it is paid with; undefined when a key of it is not taken (any more). */
export function paymentOf(body: WatchReport, keys: readonly DayKey[]): Payment | undefined {
  const tickets = 'ticket' in body ? [body.ticket] : body.tickets;
  const used = tickets
    .map((ticket) => keys.find((key) => key.classKey === ticket.key))
    .filter((key) => key !== undefined);
  if (used.length < tickets.length) return undefined;
  const paid = {
    ticketHashes: tickets.map(ticketHash),
    keyDays: used.map((key) => key.day),
    bodyHash: sha256(canonicalText(body)),
    // A chunk weighs what its lightest ticket does.
    weightMillis: Math.min(...used.map((key) => key.weightMillis)),
  };
  return { report: { ...paid, ...whatOf(body) }, tickets: tickets.map((ticket, place) => shown(ticket, used[place])) };
}

function whatOf(body: WatchReport): Pick<PaidReport, 'posts' | 'watched'> {
  if ('posts' in body) return { posts: body.posts };
  const { post, outcomeBucket, loops, isSkip } = body;
  return { posts: [post], watched: { outcomeBucket, loops, isSkip } };
}

/** Of the bytes: the same bytes have several texts (the last letter holds bits that mean nothing), and would pay as often. */
function ticketHash(ticket: Ticket): string {
  return sha256(`${ticket.key} ${Buffer.from(ticket.input, 'base64url').toString('hex')}`);
}

function shown(ticket: Ticket, key: DayKey | undefined): ShownTicket {
  return {
    secretKey: key?.secretKey ?? new Uint8Array(32),
    input: toBytes(ticket.input),
    output: toBytes(ticket.output),
  };
}

/** In memory of their own: a message to a thread would else carry the whole pool that a Buffer is cut from. */
function toBytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64url'));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
