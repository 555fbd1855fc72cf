/** What the ledger says of the algorithm: which source, which weights, which plain words. Once a version. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WEIGHTS, weightsHash } from '@vitrine/ranking';
import type { LedgerStore } from '../ledger/store.ts';
import type { Db } from '../platform/database.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SOURCE = join(ROOT, 'packages/ranking/src');
const WORDS = join(ROOT, 'docs/algorithm.md');
const FACT = 'algorithm_registered';

/** SHA-256 of the ranking's source, its weights and its description. */
interface AlgorithmHashes {
  /** Of the lines `path hash` of every source file but tests, sorted by path. */
  source: string;
  /** Of the weights file as canonical JSON. */
  weights: string;
  /** Of docs/algorithm.md. */
  words: string;
}

/** Hash of the weights in force, as the heads name it. */
export const WEIGHTS_HASH = weightsHash(WEIGHTS, (bytes) => createHash('sha256').update(bytes).digest());

/** Reads and hashes. */
async function algorithmHashes(): Promise<AlgorithmHashes> {
  const entries = await readdir(SOURCE, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const lines = await Promise.all(
    paths.map(async (path) => `${relative(SOURCE, path)} ${sha256(await readFile(path))}\n`),
  );
  return {
    source: sha256(lines.join('')),
    weights: WEIGHTS_HASH,
    words: sha256(await readFile(WORDS)),
  };
}

/** Writes entries for what differs from the last registered version. */
export async function registerAlgorithm(db: Db, ledger: LedgerStore): Promise<void> {
  const hashes = await algorithmHashes();
  const value = JSON.stringify(hashes);
  await db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('region_facts')
      .select('value')
      .where('name', '=', FACT)
      .forUpdate()
      .executeTakeFirst();
    const before = (row?.value ?? {}) as Partial<AlgorithmHashes>;
    if (before.source !== hashes.source || before.words !== hashes.words) {
      await ledger.append(tx, { t: 'algorithm.register', body: { ...hashes } });
    }
    if (before.weights !== hashes.weights) {
      await ledger.append(tx, { t: 'weights.set', body: { version: WEIGHTS.version, weights: hashes.weights } });
    }
    await tx
      .insertInto('region_facts')
      .values({ name: FACT, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute();
  });
}

function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
