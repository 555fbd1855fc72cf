/** A thread that does the curve's arithmetic, so that the server goes on answering meanwhile. */
import { parentPort } from 'node:worker_threads';
import type { Ask, Reply } from './evaluator.ts';
import { isGenuine, issueTickets, makeKeyPair } from './oprf.ts';

function answer(ask: Ask): Reply {
  if (ask.kind === 'make') return { keys: ask.seeds.map(makeKeyPair) };
  if (ask.kind === 'check') return { areGenuine: ask.tickets.every(isGenuine) };
  try {
    return { issued: issueTickets(ask.keys, ask.blinded, ask.chance) };
  } catch {
    // Not a point of the group: the caller's fault.
    return { issued: undefined };
  }
}

parentPort?.on('message', (asks: Ask[]) => parentPort?.postMessage(asks.map(answer)));
