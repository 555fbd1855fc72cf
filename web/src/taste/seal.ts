/**
 * A taste sealed for one's own devices: HKDF (RFC 5869) over the code gives an address and a key, AES-GCM seals, and the length says
 * nothing finer than steps of 64 kB. Bytes: 12 of nonce, then the sealed text: u32 length, gzip of the taste, zeros.
 */
import { LIMITS } from '@vitrine/schema';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const LENGTH_BYTES = 4;
const STEP = LIMITS.sealedTasteStepBytes;

async function derived(code: Uint8Array<ArrayBuffer>, purpose: string): Promise<Uint8Array<ArrayBuffer>> {
  const base = await crypto.subtle.importKey('raw', code, 'HKDF', false, ['deriveBits']);
  const info = new TextEncoder().encode(`vitrine taste ${purpose}`);
  const bits = await crypto.subtle.deriveBits(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info },
    base,
    256,
  );
  return new Uint8Array(bits);
}

/** Where the sealed taste of a code lies: the hash of a key of its own, in hexadecimal. */
export async function addressOf(code: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', await derived(code, 'address'));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function keyOf(code: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', await derived(code, 'key'), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

async function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream) {
  const answer = new Response(new Blob([bytes]).stream().pipeThrough(stream));
  return new Uint8Array(await answer.arrayBuffer());
}

/** Seals a taste's text. */
export async function seal(text: string, code: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = await through(new TextEncoder().encode(text), new CompressionStream('gzip'));
  const around = NONCE_BYTES + TAG_BYTES;
  const sizeBytes = Math.ceil((LENGTH_BYTES + packed.length + around) / STEP) * STEP;
  const plain = new Uint8Array(sizeBytes - around);
  new DataView(plain.buffer).setUint32(0, packed.length);
  plain.set(packed, LENGTH_BYTES);
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyOf(code), plain);
  const whole = new Uint8Array(sizeBytes);
  whole.set(iv);
  whole.set(new Uint8Array(sealed), NONCE_BYTES);
  return whole;
}

/**
 * The text of a sealed taste.
 * @throws when it was sealed with another code, or a bit of it was changed
 */
export async function unseal(sealed: Uint8Array<ArrayBuffer>, code: Uint8Array<ArrayBuffer>): Promise<string> {
  const iv = sealed.slice(0, NONCE_BYTES);
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, await keyOf(code), sealed.slice(NONCE_BYTES));
  const length = new DataView(plain).getUint32(0);
  const packed = new Uint8Array(plain).slice(LENGTH_BYTES, LENGTH_BYTES + length);
  return new TextDecoder().decode(await through(packed, new DecompressionStream('gzip')));
}
