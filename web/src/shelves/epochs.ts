/** Reading the public shelves: an epoch's heads, its signed note, and files by hash, each checked against its name. */
import { hashOf, readVerifier, type VerifierKey } from '@vitrine/ledger';
import { decodeHeads, decodeShelf, type HeadsFile, hexOf, type ShelfFile } from '@vitrine/ranking';
import { ApiProblem } from '../api/request.ts';

const BASE = '/api/v1/shelves';

/** An epoch as this page has it. */
export interface Epoch {
  heads: HeadsFile;
  headsHash: string;
  note: string;
  key: VerifierKey;
}

/** Asks without the session: the shelves are the same for everyone, and nobody needs to know who looks. */
async function ask(path: string): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(`${BASE}/${path}`, { credentials: 'omit', referrerPolicy: 'no-referrer' });
  } catch {
    throw new ApiProblem('offline', 0);
  }
  if (!answer.ok) throw new ApiProblem(answer.status === 410 ? 'input_withdrawn' : 'not_found', answer.status);
  return answer;
}

/** The newest epoch, or one of the last 30 days. */
export async function readEpoch(wanted: number | undefined): Promise<Epoch> {
  const [headsBytes, keyText] = await Promise.all([
    ask(wanted === undefined ? 'heads' : `heads?epoch=${wanted}`).then((answer) => answer.arrayBuffer()),
    ask('key').then((answer) => answer.text()),
  ]);
  const bytes = new Uint8Array(headsBytes);
  const heads = decodeHeads(bytes);
  const note = await (await ask(`note?epoch=${heads.epoch}`)).text();
  return { heads, headsHash: hexOf(hashOf(bytes)), note, key: readVerifier(keyText) };
}

/**
 * A shelf by its hash.
 * @throws when the bytes are not those that the name promises
 */
export async function readShelf(hash: string): Promise<ShelfFile> {
  const bytes = new Uint8Array(await (await ask(hash)).arrayBuffer());
  if (hexOf(hashOf(bytes)) !== hash) throw new ApiProblem('hash_mismatch', 460);
  return decodeShelf(bytes);
}

/** Where a file's JSON twin is. */
export function twinAddress(hash: string): string {
  return `${BASE}/${hash}?as=json`;
}
