/** One writer for each upload: a queue within this process, a lease in the database between processes. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lock, Locker } from '@tus/server';
import type { Leases } from '../platform/leases.ts';
import { refuse } from '../platform/problem.ts';

const LEASE_MS = 20_000;
const RENEW_MS = 6_000;
/** How long a newcomer waits for the present holder, whom it asks to stop. */
const PATIENCE_MS = 15_000;
const RETRY_MS = 250;

/** The locks of all uploads. */
export interface UploadLocks extends Locker {
  /** Runs alone for one upload. */
  hold<T>(id: string, run: () => Promise<T>): Promise<T>;
}

interface Holder {
  /** Asks the holder to stop: a new connection of the same person takes over from one that hangs. */
  askToStop: () => void;
  ended: Promise<void>;
}

/** Opens the locks of this process. */
export function openUploadLocks(leases: Leases): UploadLocks {
  const holders = new Map<string, Holder>();

  async function acquire(id: string, askToStop: () => void, signal?: AbortSignal): Promise<() => Promise<void>> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const present = holders.get(id);
      if (!present) break;
      present.askToStop();
      const waited = new AbortController();
      const hasEnded = await Promise.race([
        present.ended.then(() => true),
        sleep(deadline - performance.now(), false, { signal: waited.signal }).catch(() => false),
      ]);
      waited.abort();
      if (!hasEnded || signal?.aborted) throw refuse('upload_busy');
    }
    let end: () => void = () => undefined;
    holders.set(id, { askToStop, ended: new Promise((resolve) => (end = resolve)) });
    const leave = () => {
      holders.delete(id);
      end();
    };
    const name = `upload:${id}`;
    try {
      while (!(await leases.take(name, LEASE_MS))) {
        if (performance.now() > deadline || signal?.aborted) throw refuse('upload_busy');
        await sleep(RETRY_MS);
      }
    } catch (cause) {
      leave();
      throw cause;
    }
    const renewal = setInterval(() => void leases.take(name, LEASE_MS).catch(() => false), RENEW_MS);
    return async () => {
      clearInterval(renewal);
      await leases.drop(name).finally(leave);
    };
  }

  return {
    newLock(id): Lock {
      let release: (() => Promise<void>) | undefined;
      return {
        async lock(signal, cancel) {
          release = await acquire(id, () => void cancel(), signal);
        },
        async unlock() {
          await release?.();
        },
      };
    },
    async hold(id, run) {
      const release = await acquire(id, () => undefined);
      try {
        return await run();
      } finally {
        await release();
      }
    },
  };
}
