/** Signed notes: a text with signature lines (c2sp.org/signed-note), Ed25519 alone; its arithmetic is given, Node has its own. */
import { sha256 } from '@noble/hashes/sha2.js';
import { base64Of, bytesOfBase64 } from './base64.ts';
import { isEqual } from './merkle.ts';

/** Type byte of Ed25519 keys. */
const ED25519 = 1;
const KEY_HASH_BYTES = 4;
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
/** A note may have so many signature lines and so many bytes. */
const MOST_SIGNATURES = 100;
const MOST_CHARACTERS = 1_000_000;
const DASH = '\u2014';

/** A key by which notes are verified. */
export interface VerifierKey {
  /** Who signs: no spaces, no plus. */
  name: string;
  publicKey: Uint8Array;
}

/** Signs a text's bytes with the secret half of a key. */
export type Sign = (bytes: Uint8Array) => Uint8Array;

/** Whether 64 bytes are a key's Ed25519 signature of bytes (RFC 8032). */
export type Verify = (signature: Uint8Array, bytes: Uint8Array, publicKey: Uint8Array) => boolean;

/** A note that is none, or that nobody known has signed. */
export class NoteError extends Error {
  override name = 'NoteError';
}

/** First four bytes of SHA-256(name, newline, type, public key): tells keys of one name apart. */
function keyHash({ name, publicKey }: VerifierKey): Uint8Array {
  const named = new TextEncoder().encode(`${name}\n`);
  return sha256(Uint8Array.of(...named, ED25519, ...publicKey)).subarray(0, KEY_HASH_BYTES);
}

/** The key as one line: `name+hash+key`. */
export function verifierText(key: VerifierKey): string {
  checkName(key.name);
  const hash = [...keyHash(key)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${key.name}+${hash}+${base64Of(Uint8Array.of(ED25519, ...key.publicKey))}`;
}

/**
 * Reads a key's line.
 * @throws NoteError when it is no Ed25519 key or its hash is wrong
 */
export function readVerifier(text: string): VerifierKey {
  const [, name, hash, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text.trim()) ?? [];
  const bytes = encoded === undefined ? undefined : bytesOfBase64(encoded);
  if (name === undefined || bytes?.length !== 1 + KEY_BYTES || bytes[0] !== ED25519) {
    throw new NoteError('this is no verifier key for Ed25519');
  }
  const key = { name, publicKey: bytes.subarray(1) };
  if (verifierText(key).split('+')[1] !== hash)
    throw new NoteError('the hash in the verifier key is not that of the key');
  return key;
}

/**
 * Signs a text.
 * @throws NoteError when the text does not end with a newline or holds control characters
 */
export function signNote(text: string, key: VerifierKey, sign: Sign): string {
  checkText(text);
  checkName(key.name);
  const signature = sign(new TextEncoder().encode(text));
  return `${text}\n${DASH} ${key.name} ${base64Of(Uint8Array.of(...keyHash(key), ...signature))}\n`;
}

/**
 * Opens a note: gives its text if one of the known keys has signed it. Lines of unknown keys are passed over.
 * @throws NoteError when it is malformed, signed by no known key, or a known key's signature is wrong
 */
export function openNote(
  note: string,
  known: readonly VerifierKey[],
  verify: Verify,
): { text: string; signedBy: VerifierKey[] } {
  if (note.length > MOST_CHARACTERS) throw new NoteError('the note is too long');
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) throw new NoteError('the note has no signature');
  const text = note.slice(0, end + 1);
  checkText(text);
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > MOST_SIGNATURES) throw new NoteError('the note has too many signatures');
  const signedBy: VerifierKey[] = [];
  for (const line of lines) {
    const signer = signerOfLine(line, { text, known, verify });
    if (signer !== undefined && !signedBy.includes(signer)) signedBy.push(signer);
  }
  if (signedBy.length === 0) throw new NoteError('no known key has signed the note');
  return { text, signedBy };
}

function signerOfLine(
  line: string,
  { text, known, verify }: { text: string; known: readonly VerifierKey[]; verify: Verify },
): VerifierKey | undefined {
  const [, name, encoded] = /^\u2014 ([^+\s]+) ([A-Za-z0-9+/]+=*)$/.exec(line) ?? [];
  const bytes = encoded === undefined ? undefined : bytesOfBase64(encoded);
  if (name === undefined || bytes === undefined || bytes.length <= KEY_HASH_BYTES) {
    throw new NoteError('a signature line is malformed');
  }
  const hash = bytes.subarray(0, KEY_HASH_BYTES);
  const key = known.find((each) => each.name === name && isEqual(keyHash(each), hash));
  if (key === undefined) return undefined;
  const signature = bytes.subarray(KEY_HASH_BYTES);
  const isRight =
    signature.length === SIGNATURE_BYTES && verify(signature, new TextEncoder().encode(text), key.publicKey);
  if (!isRight) throw new NoteError(`the signature of ${name} is wrong`);
  return key;
}

function checkText(text: string): void {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (!text.endsWith('\n') || !text.isWellFormed() || /[\0-\x09\x0b-\x1f]/.test(text)) {
    throw new NoteError('the text of a note ends with a newline and has no other control characters');
  }
}

function checkName(name: string): void {
  if (!/^[^+\s]+$/u.test(name)) throw new NoteError('the name of a key has neither spaces nor plus');
}
