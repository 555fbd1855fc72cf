/** Checks an exported receipt: ranks again, compares every number, opens the signature, looks for inputs left out. */
import {
  BLOCKS_A_PAGE,
  bytesOf,
  checkWeightsOf,
  choosePages,
  chooseShelves,
  hexOf,
  profileOf,
  readFiles,
  readTaste,
  type Receipt,
  RECEIPT_FORMAT,
  ReceiptError,
  rerun,
  treeOf,
} from '@vitrine/ranking';
import { sha256 } from '@noble/hashes/sha2.js';
import { type Finding, messageOf } from './finding.ts';
import { checkSignature } from './signature.ts';

/** Checks the text of a receipt; `key` is a verifier key known from elsewhere. */
export function checkReceipt(text: string, key?: string): Finding[] {
  const receipt = readReceipt(text);
  if (typeof receipt === 'string') return [{ what: 'receipt', verdict: 'unclear', detail: receipt }];
  const gone = Object.entries(receipt.files).find(([, hex]) => hex === '')?.[0];
  if (gone !== undefined || receipt.heads === '') {
    const detail = `input withdrawn: ${gone ?? 'the heads'} held a post that is gone; this says nothing of the order`;
    return [{ what: 'receipt', verdict: 'unclear', detail }];
  }
  try {
    const files = checkFiles(receipt);
    if (files.verdict === 'differs') return [files];
    const { heads, note, verifierKey } = receipt;
    return [
      files,
      checkNumbers(receipt),
      ...checkSignature({ heads: bytesOf(heads), note, verifierKey: key ?? verifierKey }),
      keyNote(receipt, key),
      checkTheWeights(receipt),
      checkTables(receipt),
      checkOmissions(receipt),
    ];
  } catch (cause) {
    const verdict = cause instanceof ReceiptError ? 'differs' : 'unclear';
    return [{ what: 'receipt', verdict, detail: messageOf(cause) }];
  }
}

/** The receipt, or why the text is none. What lies deeper is found out by reading it. */
function readReceipt(text: string): Receipt | string {
  try {
    const value = JSON.parse(text) as Partial<Receipt> | null;
    if (value?.format !== RECEIPT_FORMAT) return `unreadable: this is no ${RECEIPT_FORMAT}`;
    const texts = [value.heads, value.note, value.verifierKey, ...Object.values(value.files ?? { none: undefined })];
    const isWhole = texts.every((each) => typeof each === 'string') && typeof value.ranking === 'object';
    return isWhole ? (value as Receipt) : 'unreadable: a part of it is missing';
  } catch (cause) {
    return `unreadable: ${messageOf(cause)}`;
  }
}

function checkFiles({ files }: Receipt): Finding {
  const names = Object.keys(files);
  const changed = names.filter((hash) => hexOf(sha256(bytesOf(files[hash] ?? ''))) !== hash);
  const [first] = changed;
  const detail =
    first === undefined ? `${names.length}, each what its name says` : `${first} is not what its name says`;
  return { what: 'files', verdict: first === undefined ? 'holds' : 'differs', detail };
}

function checkNumbers(receipt: Receipt): Finding {
  const { compared, differing, ranking } = rerun(receipt, sha256);
  const posts = `${ranking.order.length} posts in order out of ${ranking.candidates} candidates`;
  if (differing.length === 0) {
    return { what: 'numbers', verdict: 'holds', detail: `${compared} compared, all equal: ${posts}` };
  }
  const [first] = differing;
  const told = `${first?.at} is ${word(first?.was)} in the receipt and ${word(first?.is)} run again`;
  return { what: 'numbers', verdict: 'differs', detail: `${differing.length} of ${compared} differ; first: ${told}` };
}

function word(value: unknown): string {
  return value === undefined ? 'absent' : JSON.stringify(value);
}

function keyNote({ verifierKey }: Receipt, key: string | undefined): Finding {
  if (key === undefined) {
    const detail = `${verifierKey}, the receipt's own: compare it with the region's /api/v1/shelves/key, or give --key`;
    return { what: 'key', verdict: 'note', detail };
  }
  const isSame = key.trim() === verifierKey.trim();
  return {
    what: 'key',
    verdict: isSame ? 'holds' : 'differs',
    detail: isSame ? 'the one given' : `the receipt names ${verifierKey}`,
  };
}

/** Which weights file was in force is said by the signed heads. */
function checkTheWeights(receipt: Receipt): Finding {
  const what = 'weights';
  const { verdict, own, inForce } = checkWeightsOf(receipt, sha256);
  const { version } = receipt.weights;
  if (verdict === 'in force')
    return { what, verdict: 'holds', detail: `${version}, the file in force by the heads: ${own}` };
  if (verdict === 'chosen') {
    const detail = `${version}, chosen by the viewer in place of the region's: ${own}; in force was ${inForce}`;
    return { what, verdict: 'note', detail };
  }
  const detail = `said to be the region's, but ${version} is ${own}, and in force by the heads was ${inForce}`;
  return { what, verdict: 'differs', detail };
}

/** Every table that was used, lists too, is named by the signed heads or by a file of the epoch. */
function checkTables(receipt: Receipt): Finding {
  const { tree, files } = treeOf(receipt, sha256);
  const counts = new Map<string, number>();
  for (const hash of files.keys()) {
    const kind = tree.named.get(hash) ?? 'strange';
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const told = [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
  const isOwn = !counts.has('strange');
  return { what: 'tables', verdict: isOwn ? 'holds' : 'differs', detail: `named from the signed heads down: ${told}` };
}

/**
 * A receipt that leaves out a shelf could leave out posts: whatever the taste points to must be there. Without any watch
 * a first page may be ranked from fresh and trending alone.
 */
function checkOmissions(receipt: Receipt): Finding {
  const missing = missingFiles(receipt);
  if (missing.length === 0)
    return { what: 'inputs', verdict: 'holds', detail: 'every shelf and block that this taste reads is there' };
  const isFirstPage = receipt.taste.positives.length === 0 && missing.every((name) => name === 'the directory');
  return isFirstPage
    ? { what: 'inputs', verdict: 'note', detail: 'a first page: ranked from what everybody reads, fresh and trending' }
    : { what: 'inputs', verdict: 'differs', detail: `left out: ${missing.join(', ')}` };
}

/** What the taste points to and the receipt has not, down to where nothing more can be known. */
function missingFiles(receipt: Receipt): string[] {
  const { tree, files } = treeOf(receipt, sha256);
  const { weights } = receipt;
  const named = tree.heads.shelves.map(({ name, hash }) => ({ name, hash }));
  if (tree.directory === undefined) named.push({ name: 'the directory', hash: tree.heads.directory });
  const taste = readTaste(receipt.taste);
  const blocks = new Set(taste.positives.slice(-weights.numbers.tasteWindow.value).map(({ post }) => post >>> 8));
  for (const block of blocks) {
    const page = tree.directory?.bookPages[Math.floor(block / BLOCKS_A_PAGE)];
    if (page !== undefined) named.push({ name: `the page of block ${block}`, hash: page });
    const hash = tree.blocks.get(block);
    if (hash !== undefined) named.push({ name: `block ${block}`, hash });
  }
  const profile = profileOf(taste, readFiles(tree, files).book, weights);
  for (const place of choosePages(tree.kernel, profile, weights)) {
    named.push({ name: `page ${place} of heads`, hash: tree.directory?.headsPages[place]?.hash ?? '' });
  }
  const near = new Set(chooseShelves(tree.kernel, profile, weights));
  for (const { kind, name, hash } of tree.shelves) if (kind === 'near' && near.has(name)) named.push({ name, hash });
  return named.filter(({ hash }) => !files.has(hash)).map(({ name }) => name);
}
