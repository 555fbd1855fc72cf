/**
 * Threads for the arithmetic of tickets: a batch of 50 takes 125 ms, which no other request may have to wait for. A thread is given
 * all that waits in one message, and the next when it has answered: waking it costs as much as a good part of a check.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { refuse } from '../platform/problem.ts';
import type { ShownTicket, TicketKeyPair } from './oprf.ts';

/** Tickets signed blindly, with their proof. */
export interface Issued {
  evaluated: Uint8Array[];
  proof: Uint8Array;
}

/** Bytes of chance that the proof of a signing needs. */
export const PROOF_CHANCE_BYTES = 64;

/** What a thread is asked. */
export type Ask =
  | { kind: 'make'; seeds: Uint8Array[] }
  | { kind: 'issue'; keys: TicketKeyPair; blinded: Uint8Array[]; chance: Uint8Array }
  | { kind: 'check'; tickets: ShownTicket[] };
/** What it answers, in the order of the asks. */
export type Reply = { keys: TicketKeyPair[] } | { issued: Issued | undefined } | { areGenuine: boolean };

/** The arithmetic, elsewhere. */
export interface Evaluator {
  /** A key pair from each 32 bytes of chance. */
  makeKeys(seeds: Uint8Array[]): Promise<TicketKeyPair[]>;
  /** Undefined when something blinded is no point of the group. */
  issue(keys: TicketKeyPair, blinded: Uint8Array[], chance: Uint8Array): Promise<Issued | undefined>;
  /** Whether every one of them was issued under its key. */
  areGenuine(tickets: ShownTicket[]): Promise<boolean>;
}

/** More than this waiting is overload: about three seconds of one thread. */
const MOST_WAITING = 1500;
const MOST_THREADS = 4;
/** Asks of one message: enough to make waking cheap, few enough to answer within some hundredths of a second. */
const BATCH = 16;

interface Waiting {
  ask: Ask;
  resolve(reply: Reply): void;
  reject(cause: unknown): void;
}
interface Thread {
  worker: Worker;
  doing: Waiting[];
}

/** Threads that are started at the first need and do not keep the process alive. */
export function openEvaluator(threads = Math.max(1, Math.floor(availableParallelism() / 2))): Evaluator {
  const most = Math.min(threads, MOST_THREADS);
  const pool = new Set<Thread>();
  const waiting: Waiting[] = [];
  let isDispatching = false;

  function dispatch(): void {
    isDispatching = false;
    while (waiting.length > 0) {
      const idle = [...pool].find(({ doing }) => doing.length === 0);
      if (!idle && pool.size >= most) return;
      const thread = idle ?? startThread(pool, dispatch);
      thread.doing = waiting.splice(0, BATCH);
      thread.worker.postMessage(thread.doing.map(({ ask }) => ask));
    }
  }

  function put(ask: Ask): Promise<Reply> {
    if (waiting.length >= MOST_WAITING) throw refuse('unavailable');
    return new Promise((resolve, reject) => {
      waiting.push({ ask, resolve, reject });
      // After this turn: what arrives in it goes along.
      if (!isDispatching) setImmediate(dispatch);
      isDispatching = true;
    });
  }

  return {
    makeKeys: async (seeds) => {
      const reply = await put({ kind: 'make', seeds });
      return 'keys' in reply ? reply.keys : [];
    },
    issue: async (keys, blinded, chance) => {
      const reply = await put({ kind: 'issue', keys, blinded, chance });
      return 'issued' in reply ? reply.issued : undefined;
    },
    areGenuine: async (tickets) => {
      const reply = await put({ kind: 'check', tickets });
      return 'areGenuine' in reply && reply.areGenuine;
    },
  };
}

function startThread(pool: Set<Thread>, onIdle: () => void): Thread {
  const worker = new Worker(new URL('evaluator.worker.ts', import.meta.url));
  const thread: Thread = { worker, doing: [] };
  worker.on('message', (replies: Reply[]) => {
    const done = thread.doing;
    thread.doing = [];
    onIdle();
    for (const [place, { resolve, reject }] of done.entries()) {
      const reply = replies[place];
      if (reply) resolve(reply);
      else reject(new Error('a thread left a question without an answer'));
    }
  });
  // A thread that dies takes its work with it; the next question starts another.
  worker.on('error', (cause) => {
    pool.delete(thread);
    for (const { reject } of thread.doing) reject(cause);
    onIdle();
  });
  // After the listeners: each of them would hold the process again.
  worker.unref();
  pool.add(thread);
  return thread;
}
