/** Reading the public shelves: an epoch's heads, its signed note, and files by hash, each checked against its name. */
import { hashOf, readVerifier, type VerifierKey } from '@vitrine/ledger';
import { decodeHeads, decodeShelf, type EpochTree, fetchTree, hexOf, type ShelfFile } from '@vitrine/ranking';
import { ApiProblem } from '../api/request.ts';

const BASE = '/api/v1/shelves';

/** An epoch as this page has it. */
export interface Epoch extends Pick<EpochTree, 'heads'> {
  /** With its directory and its pages of heads. */
  tree: EpochTree;
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
  const [note, tree] = await Promise.all([
    ask(`note?epoch=${heads.epoch}`).then((answer) => answer.text()),
    fetchTree(heads, readFile, ['page of heads']),
  ]);
  return { heads, tree, headsHash: hexOf(hashOf(bytes)), note, key: readVerifier(keyText) };
}

/**
 * A shelf by its hash.
 * @throws when the bytes are not those that the name promises
 */
export async function readShelf(hash: string): Promise<ShelfFile> {
  return decodeShelf(await readFile(hash));
}

async function readFile(hash: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(await (await ask(hash)).arrayBuffer());
  if (hexOf(hashOf(bytes)) !== hash) throw new ApiProblem('hash_mismatch', 460);
  return bytes;
}

/** Where a file's JSON twin is. */
export function twinAddress(hash: string): string {
  return `${BASE}/${hash}?as=json`;
}
