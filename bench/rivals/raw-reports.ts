/**
 * The least that taking reports can cost: the ticket's own evaluation, one after the other, and one insert of many rows, synced,
 * into the same embedded database. No HTTP, no check of anything, no spent tickets. Prints reports per CPU-second of each round.
 */
import { mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PGlite } from '@electric-sql/pglite';
import { ristretto255_oprf } from '@noble/curves/ed25519.js';

/** The library has it in this mode; its types leave it out. */
const voprf = ristretto255_oprf.voprf as typeof ristretto255_oprf.voprf & {
  evaluate(secretKey: Uint8Array, input: Uint8Array): Uint8Array;
};
const folder = await mkdtemp(join(tmpdir(), 'vitrine-rival-'));
const lite = await PGlite.create(folder);
await lite.exec(
  'create table reports (post bigint, outcome_bucket smallint, loops smallint, is_skip boolean, weight integer)',
);
const { secretKey } = voprf.generateKeyPair();

async function sync(): Promise<void> {
  const log = join(folder, 'pg_wal');
  for (const name of (await readdir(log)).filter((one) => /^[0-9A-F]{24}$/.test(one))) {
    const file = await open(join(log, name), 'r+');
    await file.datasync();
    await file.close();
  }
}

async function takeRound(count: number): Promise<number> {
  const inputs = Array.from({ length: count }, () => crypto.getRandomValues(new Uint8Array(32)));
  const before = process.cpuUsage();
  for (const input of inputs) voprf.evaluate(secretKey, input);
  const rows = inputs.map((_, place) => `(${place}, 9, 0, false, 20)`).join(',');
  await lite.query(`insert into reports values ${rows}`);
  await sync();
  const used = process.cpuUsage(before);
  return count / ((used.user + used.system) / 1e6);
}

for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${await takeRound(Number(line))}\n`);
await lite.close();
await rm(folder, { recursive: true, force: true });
