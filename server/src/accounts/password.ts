/** Passwords: argon2id, and a list of those that everyone tries first. */
import { argon2 as argon2Callback, timingSafeEqual } from 'node:crypto';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { LIMITS } from '@vitrine/schema';

const argon2 = promisify(argon2Callback);

/**
 * Cost: 46 MiB, one pass, one lane (OWASP's first choice); about 50 ms of one core. Its equal in strength with 19 MiB and two
 * passes costs half, but glibc keeps what is under 32 MiB for good: 19 MiB for each thread that ever checked a password.
 */
const COST = { memory: 47_104, passes: 1, parallelism: 1 } as const;
const TAG_BYTES = 32;
const SALT_BYTES = 16;

/** Hash text: `$argon2id$v=19$m=…,t=…,p=…$salt$tag`. */
export async function hashPassword(password: string, salt: Uint8Array): Promise<string> {
  const tag = await derive(password, salt, COST);
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${base64(salt)}$${base64(tag)}`;
}

/**
 * Whether the password made the hash. Without a hash (no such account, or no password) the same work is done and the answer is no,
 * so that neither answer nor time tells whether the account exists.
 */
export async function verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
  const read = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(
    hash ?? DECOY_HASH,
  );
  if (!read) throw new Error('a stored password hash is not in the form written here');
  const [, memory, passes, parallelism, salt = '', tag = ''] = read;
  const expected = Buffer.from(tag, 'base64');
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const found = await derive(password, Buffer.from(salt, 'base64'), cost);
  return timingSafeEqual(found, expected) && hash !== undefined;
}

/** Bytes of salt that a new hash takes. */
export const PASSWORD_SALT_BYTES = SALT_BYTES;

const DECOY_HASH = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${base64(new Uint8Array(SALT_BYTES))}$${base64(new Uint8Array(TAG_BYTES))}`;

async function derive(
  password: string,
  nonce: Uint8Array,
  cost: { memory: number; passes: number; parallelism: number },
): Promise<Buffer> {
  return argon2('argon2id', { message: password.normalize('NFKC'), nonce, tagLength: TAG_BYTES, ...cost });
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}

/**
 * Common passwords that are long enough to be tried here, one a line. The package makes 49,000 texts of them: they become one,
 * and the package is let go. Asked for at the start already, so that what this takes is given back before anybody is served.
 */
export function commonPasswords(): string {
  if (common !== undefined) return common;
  const require = createRequire(import.meta.url);
  const { dictionary } = require('@zxcvbn-ts/language-common') as typeof import('@zxcvbn-ts/language-common');
  const words = dictionary['passwords-common'].filter((word) => word.length >= LIMITS.passwordMinChars);
  for (const path of Object.keys(require.cache)) if (path.includes('@zxcvbn-ts')) delete require.cache[path];
  common = `\n${words.join('\n')}\n`;
  return common;
}
let common: string | undefined;

/** Whether a password is among the first that anyone would try: common, one short pattern repeated, a run, or little more than the handle. */
export function isEasilyGuessed(password: string, handle: string): boolean {
  const folded = password.normalize('NFKC').toLowerCase();
  if (isCommon(folded) || isCommon(folded.replace(/[\d!?.]{1,4}$/, ''))) return true;
  if (/^(.{1,3})\1+$/su.test(folded) || isRun(folded)) return true;
  const rest = folded
    .split(handle)
    .join('')
    .replace(/[^\p{L}\p{N}]/gu, '');
  return folded.includes(handle) && rest.length < 4;
}

function isCommon(word: string): boolean {
  return commonPasswords().includes(`\n${word}\n`);
}

/** abcdefgh, 87654321: each character one after or before the last. */
function isRun(text: string): boolean {
  const steps = Array.from(text, (character, index) =>
    index === 0 ? undefined : (character.codePointAt(0) ?? 0) - (text.codePointAt(index - 1) ?? 0),
  ).slice(1);
  return steps.every((step) => step === 1) || steps.every((step) => step === -1);
}
