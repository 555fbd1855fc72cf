/** Receipts of the last pages, kept on the device with the bytes of the files that they need. */
import { hexOf, type Receipt } from '@vitrine/ranking';
import { kept } from '../taste/memory.ts';

/** Pages of which the receipt is kept. */
const MOST_KEPT = 200;

/** A receipt with its files by name only. */
export type ThinReceipt = Omit<Receipt, 'files' | 'heads'> & { headsHash: string; files: string[] };

interface Listed {
  key: string;
  posts: number[];
  files: string[];
}

/** Keeps a receipt, once a page. */
export async function keepReceipt(
  receipt: ThinReceipt,
  fileOf: (hash: string) => Uint8Array | undefined,
): Promise<void> {
  const key = `receipt:${receipt.nonce}:${receipt.counter}`;
  const list = (await kept.read<Listed[]>('receipts')) ?? [];
  if (list.some((listed) => listed.key === key)) return;
  const files = [receipt.headsHash, ...receipt.files];
  const known = new Set(list.flatMap((listed) => listed.files));
  for (const hash of files) {
    const bytes = known.has(hash) ? undefined : fileOf(hash);
    if (bytes) await kept.write(`file:${hash}`, bytes);
  }
  await kept.write(key, receipt);
  const next = [...list, { key, posts: receipt.ranking.order.map(({ post }) => post), files }];
  await dropBeyond(next);
}

async function dropBeyond(list: Listed[]): Promise<void> {
  const gone = list.slice(0, -MOST_KEPT);
  const left = list.slice(-MOST_KEPT);
  const needed = new Set(left.flatMap(({ files }) => files));
  for (const { key, files } of gone) {
    await kept.write(key, undefined);
    for (const hash of files) if (!needed.has(hash)) await kept.write(`file:${hash}`, undefined);
  }
  await kept.write('receipts', left);
}

/** The newest receipt that holds a post; undefined when none is kept any more. */
export async function receiptOf(post: number): Promise<Receipt | undefined> {
  const list = (await kept.read<Listed[]>('receipts')) ?? [];
  const listed = list.findLast(({ posts }) => posts.includes(post));
  const thin = listed && (await kept.read<ThinReceipt>(listed.key));
  return thin && fatten(thin);
}

async function fatten({ headsHash, files: hashes, ...rest }: ThinReceipt): Promise<Receipt> {
  const bytesFor = async (hash: string) => hexOf((await kept.read<Uint8Array>(`file:${hash}`)) ?? new Uint8Array());
  const files = Object.fromEntries(
    await Promise.all(hashes.map(async (hash) => [hash, await bytesFor(hash)] as const)),
  );
  return { ...rest, heads: await bytesFor(headsHash), files };
}
