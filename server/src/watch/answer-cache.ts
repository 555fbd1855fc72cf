/**
 * Answers kept for a moment. An answer dies after a second, and at once when anything changes through this process:
 * whoever changes something sees the change, other processes are at most a second behind.
 */
import type { World } from '../platform/world.ts';

/** How long an answer may be told again. Far under the 60 s in which a withdrawn video must be gone. */
const LIFE_MS = 1000;
/** Most answers, and most characters of them where they are texts: whoever asks for ever other lists of cards would else fill the memory. */
const MOST = 5000;
const MOST_CHARS = 16 * 1024 * 1024;

interface Kept<Answer> {
  answer: Answer;
  epoch: number;
  untilMs: number;
}

/** Counts the changes made through this process. */
export interface Changes {
  epoch(): number;
  /** Something was changed: no answer read before may be told again. */
  count(): void;
}

/** A counter of changes. */
export function countChanges(): Changes {
  let epoch = 0;
  return { epoch: () => epoch, count: () => void epoch++ };
}

/** Keeps answers under a key. */
export interface AnswerCache<Answer> {
  /** The kept answer, or the one that `read` gives; many askers at once cause one reading. Undefined is not kept. */
  get(key: string, read: () => Promise<Answer | undefined>): Promise<Answer | undefined>;
  /** The kept answer, without reading. */
  peek(key: string): Answer | undefined;
}

/** Makes a cache of at most 5,000 answers and 16 million characters; the oldest goes first. */
export function answerCache<Answer>(world: World, changes: Changes): AnswerCache<Answer> {
  const kept = new Map<string, Kept<Answer>>();
  let heldChars = 0;
  const reading = new Map<string, { epoch: number; answer: Promise<Answer | undefined> }>();

  function peek(key: string): Answer | undefined {
    const found = kept.get(key);
    if (found === undefined) return undefined;
    if (found.epoch === changes.epoch() && world.now().getTime() < found.untilMs) return found.answer;
    forget(key);
    return undefined;
  }

  function forget(key: string): void {
    heldChars -= charsOf(kept.get(key)?.answer);
    kept.delete(key);
  }

  function keep(key: string, answer: Answer, epoch: number): void {
    forget(key);
    kept.set(key, { answer, epoch, untilMs: world.now().getTime() + LIFE_MS });
    heldChars += charsOf(answer);
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST && heldChars <= MOST_CHARS) break;
      forget(oldest);
    }
  }

  async function readAnew(
    key: string,
    epoch: number,
    read: () => Promise<Answer | undefined>,
  ): Promise<Answer | undefined> {
    const answer = await read();
    if (answer !== undefined) keep(key, answer, epoch);
    return answer;
  }

  return {
    peek,
    get(key, read) {
      const found = peek(key);
      if (found !== undefined) return Promise.resolve(found);
      const epoch = changes.epoch();
      const under = reading.get(key);
      if (under?.epoch === epoch) return under.answer;
      const answer = readAnew(key, epoch, read).finally(() => {
        if (reading.get(key)?.answer === answer) reading.delete(key);
      });
      reading.set(key, { epoch, answer });
      return answer;
    },
  };
}

function charsOf(answer: unknown): number {
  return typeof answer === 'string' ? answer.length : 0;
}
