/** Bytes in and out, little-endian. A reader never looks past the end and never believes a count before it has looked. */

/** Bytes that are no such file; the message says of what and why. */
export class WireError extends Error {
  override name = 'WireError';
}

/** Reads from start to end. */
export interface ByteReader {
  u8(): number;
  u16(): number;
  u32(): number;
  i16(): number;
  i32(): number;
  /** A view of the next bytes, not a copy. */
  bytes(length: number): Uint8Array;
  /** 32 bytes as 64 hexadecimal digits. */
  hash(): string;
  /** A name in `NAME_BYTES`, zeros at its end. */
  name(): string;
  /** A count of records of a size; throws unless as many can still follow. */
  count(recordBytes: number): number;
  /** Throws unless the next four bytes are these letters. */
  magic(letters: string): void;
  /** Throws if anything is left. */
  end(): void;
  fail(reason: string): never;
}

/** Writes into a buffer of exactly the length that was asked for. */
export interface ByteWriter {
  u8(value: number): void;
  u16(value: number): void;
  u32(value: number): void;
  i16(value: number): void;
  i32(value: number): void;
  bytes(value: Uint8Array): void;
  hash(hex: string): void;
  name(text: string): void;
  magic(letters: string): void;
  /** The bytes; throws unless all of them were written. */
  done(): Uint8Array<ArrayBuffer>;
}

/** Bytes of a name. */
export const NAME_BYTES = 28;
/** Bytes of a hash. */
export const HASH_BYTES = 32;
const NAME = /^[a-z0-9][a-z0-9-]{0,27}$/;

/** A reader over bytes; `what` names the file in errors. */
export function readerOf(bytes: Uint8Array, what: string): ByteReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const fail = (reason: string): never => {
    throw new WireError(`this is no ${what}: ${reason} (byte ${at} of ${bytes.length})`);
  };
  const take = (length: number): number => {
    if (length > bytes.length - at) fail('it ends too early');
    const from = at;
    at += length;
    return from;
  };
  const slice = (length: number) => {
    const from = take(length);
    return bytes.subarray(from, from + length);
  };
  return {
    u8: () => view.getUint8(take(1)),
    u16: () => view.getUint16(take(2), true),
    u32: () => view.getUint32(take(4), true),
    i16: () => view.getInt16(take(2), true),
    i32: () => view.getInt32(take(4), true),
    bytes: slice,
    hash: () => hexOf(slice(HASH_BYTES)),
    name: () => {
      const text = String.fromCharCode(...slice(NAME_BYTES));
      const name = text.replace(/\0+$/, '');
      return NAME.test(name) ? name : fail('a name has letters that names do not have');
    },
    count: (recordBytes) => {
      const count = view.getUint32(take(4), true);
      if (count * recordBytes > bytes.length - at) fail(`it promises ${count} records that are not there`);
      return count;
    },
    magic: (letters) => {
      if (String.fromCharCode(...slice(letters.length)) !== letters) fail(`it does not begin with ${letters}`);
    },
    end: () => {
      if (at !== bytes.length) fail('something follows its end');
    },
    fail,
  };
}

/** A writer of so many bytes. */
export function writerOf(length: number): ByteWriter {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const place = (size: number): number => {
    at += size;
    return at - size;
  };
  const put = (value: Uint8Array) => bytes.set(value, place(value.length));
  return {
    u8: (value) => view.setUint8(place(1), value),
    u16: (value) => view.setUint16(place(2), value, true),
    u32: (value) => view.setUint32(place(4), value, true),
    i16: (value) => view.setInt16(place(2), value, true),
    i32: (value) => view.setInt32(place(4), value, true),
    bytes: put,
    hash: (hex) => {
      const value = bytesOf(hex);
      if (value.length !== HASH_BYTES) throw new RangeError(`a hash has ${HASH_BYTES} bytes`);
      put(value);
    },
    name: (text) => {
      if (!NAME.test(text)) throw new RangeError(`not a name: ${text}`);
      put(lettersOf(text.padEnd(NAME_BYTES, '\0')));
    },
    magic: (letters) => put(lettersOf(letters)),
    done: () => {
      if (at !== length) throw new RangeError(`${at} of ${length} bytes were written`);
      return bytes;
    },
  };
}

/** Lower-case hexadecimal. */
export function hexOf(bytes: Uint8Array): string {
  const pairs: string[] = [];
  for (const byte of bytes) pairs.push(PAIRS[byte] ?? '');
  return pairs.join('');
}

const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** The bytes of lower-case hexadecimal. Receipts hold megabytes of it: digit by digit, no text in between. */
export function bytesOf(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length >>> 1);
  if (hex.length % 2 !== 0) throw new RangeError('not hexadecimal');
  for (let at = 0; at < bytes.length; at += 1) {
    bytes[at] = digitAt(hex, 2 * at) * 16 + digitAt(hex, 2 * at + 1);
  }
  return bytes;
}

/** 0 to 9 are letters 48 to 57, a to f 97 to 102. */
function digitAt(hex: string, at: number): number {
  const letter = hex.charCodeAt(at);
  if (letter >= 48 && letter <= 57) return letter - 48;
  if (letter >= 97 && letter <= 102) return letter - 87;
  throw new RangeError('not hexadecimal');
}

function lettersOf(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
