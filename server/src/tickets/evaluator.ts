/** Threads for the arithmetic of tickets: a batch of 50 takes 125 ms, which no other request may have to wait for. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { refuse } from '../platform/problem.ts';
import type { ShownTicket, TicketKeyPair } from './oprf.ts';

/** Tickets signed blindly, with their proof. */
export interface Issued {
  evaluated: Uint8Array[];
  proof: Uint8Array;
}

type AskBody =
  | { kind: 'issue'; keys: TicketKeyPair; blinded: Uint8Array[]; chance: Uint8Array }
  | { kind: 'check'; tickets: ShownTicket[] };
/** What a thread is asked. */
export type Ask = AskBody & { id: number };
/** What it answers. */
export type Reply = { id: number; issued: Issued | undefined } | { id: number; areGenuine: boolean };

/** The arithmetic, elsewhere. */
export interface Evaluator {
  /** Undefined when something blinded is no point of the group. */
  issue(keys: TicketKeyPair, blinded: Uint8Array[], chance: Uint8Array): Promise<Issued | undefined>;
  /** Whether every one of them was issued under its key. */
  areGenuine(tickets: ShownTicket[]): Promise<boolean>;
}

/** More than this waiting is overload: about three seconds of one thread. */
const MOST_WAITING = 1500;
const MOST_THREADS = 4;

interface Thread {
  worker: Worker;
  waiting: Map<number, { resolve(reply: Reply): void; reject(cause: unknown): void }>;
}

/** Threads that are started at the first need and do not keep the process alive. */
export function openEvaluator(threads = Math.max(1, Math.floor(availableParallelism() / 2))): Evaluator {
  const pool: Thread[] = [];
  let lastId = 0;

  function ask(body: AskBody): Promise<Reply> {
    const waiting = pool.reduce((sum, thread) => sum + thread.waiting.size, 0);
    if (waiting >= MOST_WAITING) throw refuse('unavailable');
    const idle = pool.toSorted((one, other) => one.waiting.size - other.waiting.size)[0];
    const isFull = pool.length >= Math.min(threads, MOST_THREADS);
    const thread = idle && (isFull || idle.waiting.size === 0) ? idle : startThread(pool);
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      thread.waiting.set(id, { resolve, reject });
      thread.worker.postMessage({ ...body, id });
    });
  }

  return {
    issue: async (keys, blinded, chance) => {
      const reply = await ask({ kind: 'issue', keys, blinded, chance });
      return 'issued' in reply ? reply.issued : undefined;
    },
    areGenuine: async (tickets) => {
      const reply = await ask({ kind: 'check', tickets });
      return 'areGenuine' in reply && reply.areGenuine;
    },
  };
}

function startThread(pool: Thread[]): Thread {
  const worker = new Worker(new URL('evaluator.worker.ts', import.meta.url));
  const thread: Thread = { worker, waiting: new Map() };
  worker.on('message', (reply: Reply) => {
    thread.waiting.get(reply.id)?.resolve(reply);
    thread.waiting.delete(reply.id);
  });
  // A thread that dies takes its work with it; the next question starts another.
  worker.on('error', (cause) => {
    pool.splice(pool.indexOf(thread), 1);
    for (const { reject } of thread.waiting.values()) reject(cause);
  });
  // After the listeners: each of them would hold the process again.
  worker.unref();
  pool.push(thread);
  return thread;
}
