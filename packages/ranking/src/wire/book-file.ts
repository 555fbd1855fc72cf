/**
 * The file of a block of the book: vectors and partners of 256 posts in a row, by public post number.
 *
 * `VBK1`, block u32, scale u32, posts u16 = 256, partners u16 = 100, then 256 vectors of 64 bytes,
 * then 256 lists of 100 x u32 (post x 256 + code), best first, zeros at the end.
 */
import { BLOCK_POSTS, type BookBlock, CODE_SPAN, emptyBlock, PARTNERS } from '../shelf/book.ts';
import { DIMENSIONS } from '../shelf/rows.ts';
import { readerOf, writerOf } from './bytes.ts';

const MAGIC = 'VBK1';
const HEADER_BYTES = 16;
const VECTOR_BYTES = BLOCK_POSTS * DIMENSIONS;
/** Bytes of a block's file. */
export const BLOCK_BYTES = HEADER_BYTES + VECTOR_BYTES + BLOCK_POSTS * PARTNERS * 4;

/** A block as its file has it. */
export interface BlockFile {
  /** Its first post is `number` x 256. */
  number: number;
  scale256: number;
  block: BookBlock;
}

/** The bytes of a block. */
export function encodeBlock({ number, scale256, block }: BlockFile): Uint8Array<ArrayBuffer> {
  const writer = writerOf(BLOCK_BYTES);
  writer.magic(MAGIC);
  writer.u32(number);
  writer.u32(scale256);
  writer.u16(BLOCK_POSTS);
  writer.u16(PARTNERS);
  writer.bytes(new Uint8Array(block.vectors.buffer, block.vectors.byteOffset, VECTOR_BYTES));
  for (const partner of block.partners) writer.u32(partner);
  return writer.done();
}

/**
 * The block of a file.
 * @throws WireError for bytes that are no whole block
 */
export function decodeBlock(bytes: Uint8Array): BlockFile {
  const reader = readerOf(bytes, 'block of the book');
  reader.magic(MAGIC);
  const number = reader.u32();
  const scale256 = reader.u32();
  if (reader.u16() !== BLOCK_POSTS || reader.u16() !== PARTNERS) reader.fail('its measures are not those of a block');
  if (bytes.length !== BLOCK_BYTES) reader.fail(`it has not ${BLOCK_BYTES} bytes`);
  const block = emptyBlock();
  const vectors = reader.bytes(VECTOR_BYTES);
  block.vectors.set(new Int8Array(vectors.buffer, vectors.byteOffset, VECTOR_BYTES));
  for (let i = 0; i < block.partners.length; i += 1) {
    const partner = reader.u32();
    if (partner > 0 && partner % CODE_SPAN === 0) reader.fail('a partner has no strength');
    block.partners[i] = partner;
  }
  reader.end();
  return { number, scale256, block };
}
