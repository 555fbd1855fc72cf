/** The last epoch that was signed also stands beside the public files, so that a database that was put back does not fork the chain. */
import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openNote, readCheckpoint } from '@vitrine/ledger';
import { decodeHeads } from '@vitrine/ranking';
import type { MediaStore } from '../platform/media-store.ts';
import { verifyEd25519 } from '../platform/ed25519.ts';
import type { RegionKey } from '../platform/region-key.ts';
import { bytesIfKept, readAll } from './file-cache.ts';
import { signedRow } from './signed.ts';
import { type EpochRow, LAST_SIGNED } from './store.ts';

/** What the chain hangs on. */
export interface ChainGrounds {
  media: MediaStore;
  workDir: string;
  key: RegionKey;
}

/** Notes an epoch before it becomes true in the database: a number that was signed is never signed again. */
export async function noteSigned(
  { media, workDir }: Pick<ChainGrounds, 'media' | 'workDir'>,
  { headsHash, note }: Pick<EpochRow, 'headsHash' | 'note'>,
): Promise<void> {
  await mkdir(workDir, { recursive: true, mode: 0o700 });
  const path = join(workDir, `last-${randomUUID()}`);
  await writeFile(path, `${headsHash}\n${note}`);
  await media.put(LAST_SIGNED, path);
  await rm(path, { force: true });
}

/**
 * Epochs that were signed and that the database does not know, newest first: it was put back, or a crash came before it knew.
 * @throws when what was signed is no continuation of what the database knows: publishing on would fork the chain
 */
export async function epochsAhead(grounds: ChainGrounds, newest: EpochRow | undefined): Promise<EpochRow[]> {
  const last = await lastSigned(grounds);
  if (last === undefined) return [];
  const known = newest?.epoch ?? 0;
  if (last.epoch < known) return [];
  const ahead: EpochRow[] = [];
  for (let hash = last.headsHash; hash !== newest?.headsHash;) {
    const bytes = await bytesIfKept(grounds.media, hash);
    if (bytes === undefined && ahead.length === 0) throw new Error(gone(last, known));
    // Older heads are kept 30 days: where they end, what was signed is all there is to go on from.
    if (bytes === undefined) break;
    const heads = decodeHeads(bytes);
    if (heads.epoch <= known) throw new Error(forked(hash, heads.epoch, newest));
    ahead.push(signedRow(grounds.key, heads, { headsHash: hash, madeAt: new Date(heads.minute * 60_000) }));
    hash = heads.previous;
    if (/^0+$/.test(hash) && known === 0) break;
  }
  return ahead;
}

function gone({ epoch, headsHash }: Pick<EpochRow, 'epoch' | 'headsHash'>, known: number): string {
  return `Epoch ${epoch} of the public shelves was signed, this database ends with epoch ${known}, and the file ${headsHash} to go on from is not in the media store: bring back the newer database or the file, publishing on would fork the chain.`;
}

function forked(hash: string, epoch: number, newest: EpochRow | undefined): string {
  return `Epoch ${epoch} of the public shelves was signed as ${hash}, but this database continues another chain (its newest is epoch ${newest?.epoch}, ${newest?.headsHash}): bring back the database that goes with the public files, publishing on would fork the chain.`;
}

async function lastSigned({ media, key }: ChainGrounds): Promise<{ headsHash: string; epoch: number } | undefined> {
  if ((await media.stat(LAST_SIGNED)) === undefined) return undefined;
  const text = (await readAll(media, LAST_SIGNED)).toString();
  const [headsHash = ''] = text.split('\n', 1);
  try {
    const { extension } = readCheckpoint(
      openNote(text.slice(headsHash.length + 1), [key.verifier], verifyEd25519).text,
    );
    const epoch = Number(/^epoch (\d+)$/.exec(extension[0] ?? '')?.[1]);
    return { headsHash, epoch };
  } catch (cause) {
    const what = 'The public files in the media store were last signed by another key than this region has';
    throw new Error(`${what}: bring back region.key, or give this region a media store of its own.`, { cause });
  }
}
