/** Sync between one's own devices: take in what the others sealed, seal the union, at most once a UTC day and at no fixed time. */
import { codeIn, CODE_BYTES, wordsOf } from './code-words.ts';
import { joinTaste, mergeTaste, writeExport } from './export.ts';
import { kept, type Memory } from './memory.ts';
import { addressOf, seal, unseal } from './seal.ts';

/** What this device keeps of it, beside its memory. */
interface Syncing {
  code: Uint8Array<ArrayBuffer>;
  /** Not before. */
  dueMs: number;
}

const PLACE = 'sync';
const DAY_MS = 86_400_000;

async function ask(code: Uint8Array<ArrayBuffer>, method: string, body?: Blob): Promise<Response> {
  return fetch(`/api/v1/taste/${await addressOf(code)}`, {
    method,
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    ...(body && { body, headers: { 'content-type': 'application/octet-stream' } }),
  });
}

/** What others have sealed; undefined when nothing lies there. */
async function sealedText(code: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  const answer = await ask(code, 'GET');
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new Error(`the sealed taste answered ${answer.status}`);
  return unseal(new Uint8Array(await answer.arrayBuffer()), code);
}

async function handOut(memory: Memory, code: Uint8Array<ArrayBuffer>): Promise<void> {
  const sealed = await seal(writeExport(memory), code);
  const answer = await ask(code, 'PUT', new Blob([sealed], { type: 'application/octet-stream' }));
  if (!answer.ok) throw new Error(`the sealed taste was not taken: ${answer.status}`);
}

/** Some time of the next UTC day. Pure but for the chance given. */
function nextDue(nowMs: number, chance: number): number {
  return (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS + Math.floor(chance * DAY_MS);
}

function chance(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;
}

/** The words of the code in use. */
export async function syncWords(): Promise<string[] | undefined> {
  const syncing = await kept.read<Syncing>(PLACE);
  return syncing && wordsOf(syncing.code);
}

/** Begins with a new code: the sealed taste is there at once, so that another device can join. */
export async function beginSync(memory: Memory, nowMs: number): Promise<void> {
  const code = crypto.getRandomValues(new Uint8Array(CODE_BYTES));
  await handOut(memory, code);
  await kept.write(PLACE, { code, dueMs: nextDue(nowMs, chance()) } satisfies Syncing);
}

/** Whose memory it is: what was remembered while an answer was on its way is in it when the answer is taken in. */
type Holder = { memory: Memory };

/**
 * Joins by the words of another device; what is here is handed out on the next day.
 * @throws when the words are no code, or nothing lies under it
 */
export async function joinSync(holder: Holder, words: string, nowMs: number): Promise<void> {
  const code = codeIn(words);
  const text = code && (await sealedText(code));
  if (!code || text === undefined) throw new Error('Nothing lies under these words.');
  holder.memory = joinTaste(text, holder.memory);
  await kept.write(PLACE, { code, dueMs: nextDue(nowMs, chance()) } satisfies Syncing);
}

/** Ends it; `forAll`: what lies on the server goes too, so that the other devices find nothing. */
export async function endSync(forAll: boolean): Promise<void> {
  const syncing = await kept.read<Syncing>(PLACE);
  if (syncing && forAll) await ask(syncing.code, 'DELETE');
  await kept.write(PLACE, undefined);
}

/** If it is time: takes in, hands out the union. Answers whether it was. */
export async function syncIfDue(holder: Holder, nowMs: number): Promise<boolean> {
  const syncing = await kept.read<Syncing>(PLACE);
  if (syncing === undefined || nowMs < syncing.dueMs) return false;
  // Before anything is sent: what fails is not tried again today.
  await kept.write(PLACE, { ...syncing, dueMs: nextDue(nowMs, chance()) } satisfies Syncing);
  const text = await sealedText(syncing.code);
  if (text !== undefined) holder.memory = mergeTaste(text, holder.memory);
  await handOut(holder.memory, syncing.code);
  return true;
}
