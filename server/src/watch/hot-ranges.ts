/** Parts of files that are asked for again and again, kept in memory: the first second of what is popular is read from disk once. */

/** All kept parts together. */
const MOST_BYTES = 48 * 1024 * 1024;
/** Parts asked for once are only remembered by name; the second asking keeps them. */
const MOST_SEEN = 2000;

/** Parts by name. What is given back must not be changed. */
interface HotRanges {
  get(key: string): Buffer | undefined;
  /** Offers a part that was just read; a copy is kept if it was asked for before. */
  offer(key: string, bytes: Buffer): void;
  /** Forgets all parts whose name begins so. */
  forget(prefix: string): void;
}

/** An empty memory; the part unused for longest goes first. */
export function hotRanges(mostBytes: number = MOST_BYTES): HotRanges {
  const kept = new Map<string, Buffer>();
  const seen = new Set<string>();
  let heldBytes = 0;

  function drop(key: string, bytes: Buffer): void {
    kept.delete(key);
    heldBytes -= bytes.length;
  }
  return {
    get(key) {
      const found = kept.get(key);
      if (found === undefined) return undefined;
      kept.delete(key);
      kept.set(key, found);
      return found;
    },
    offer(key, bytes) {
      if (kept.has(key) || bytes.length > mostBytes) return;
      if (!seen.delete(key)) {
        const [oldest] = seen.size >= MOST_SEEN ? seen : [];
        if (oldest !== undefined) seen.delete(oldest);
        seen.add(key);
        return;
      }
      kept.set(key, Buffer.from(bytes));
      heldBytes += bytes.length;
      for (const [name, part] of kept) {
        if (heldBytes <= mostBytes) break;
        drop(name, part);
      }
    },
    forget(prefix) {
      for (const [key, bytes] of kept) if (key.startsWith(prefix)) drop(key, bytes);
    },
  };
}
