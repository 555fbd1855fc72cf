/** The region's key: what the region says in public is signed with it. Made at the first need, for its owner's eyes alone. */
import { randomUUID } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readVerifier, type Sign, verifierText, type VerifierKey } from '@vitrine/ledger';
import type { Db } from './database.ts';
import { signerOf } from './ed25519.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

/** The key, to sign with. */
export interface RegionKey {
  verifier: VerifierKey;
  sign: Sign;
}

const FILE = 'region.key';
const FACT = 'region_key';
const SECRET_BYTES = 32;

/**
 * The key of DATA_DIR, made if there is none. Its public half stands in the database, so that processes elsewhere know it.
 * @throws when the database knows another key than the file: a new key is a decision, not a repair
 */
export async function openRegionKey(grounds: { db: Db; world: World; settings: Settings }): Promise<RegionKey> {
  const { db, world, settings } = grounds;
  const path = join(settings.dataDir, FILE);
  const readKey = () => readFile(path, 'utf8').catch(() => undefined);
  let made = await readKey();
  // Another process may make it just now: its file is there before the database knows it.
  if (made === undefined && (await knownKeyLine(db)) !== undefined) made = await readKey();
  if (made === undefined && (await knownKeyLine(db)) !== undefined)
    throw new Error(`${path} is missing: this region signs with it already, so bring it back`);
  const text = made ?? (await makeFile(path, world, new URL(settings.publicUrl).host));
  const [name, encoded] = text.trim().split(' ');
  const secret = Buffer.from(encoded ?? '', 'base64');
  if (!name || secret.length !== SECRET_BYTES) throw new Error(`${path} holds no key`);
  const { publicKey, sign } = signerOf(secret);
  const verifier = { name, publicKey };
  const line = verifierText(verifier);
  await db
    .insertInto('region_facts')
    .values({ name: FACT, value: JSON.stringify(line) })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const known = await knownKeyLine(db);
  if (known !== line)
    throw new Error(`${path} is not the key that this region signs with: bring back the file that it was begun with`);
  return { verifier, sign };
}

/** The public half, once there is a key. */
export async function knownRegionKey(db: Db): Promise<VerifierKey | undefined> {
  const line = await knownKeyLine(db);
  return line === undefined ? undefined : readVerifier(line);
}

async function knownKeyLine(db: Db): Promise<string | undefined> {
  const row = await db.selectFrom('region_facts').select('value').where('name', '=', FACT).executeTakeFirst();
  return row === undefined ? undefined : String(row.value);
}

/** Another process may make it at the same time: the first one counts. */
async function makeFile(path: string, world: World, name: string): Promise<string> {
  const own = `${path}.${randomUUID()}`;
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  await writeFile(own, `${name} ${Buffer.from(world.randomBytes(SECRET_BYTES)).toString('base64')}\n`, { mode: 0o600 });
  await chmod(own, 0o600);
  await link(own, path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EEXIST') throw cause;
  });
  await rm(own);
  return readFile(path, 'utf8');
}
