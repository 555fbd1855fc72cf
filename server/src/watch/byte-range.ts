/** Range requests (RFC 9110, section 14). One range is served; several are answered with the whole, as the RFC allows. Pure. */
import type { ByteRange } from '../platform/media-store.ts';

/** whole: 200 · part: 206 · none: 416. */
export type Wanted = { kind: 'whole' } | { kind: 'part'; range: ByteRange } | { kind: 'none' };

const ONE_RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/**
 * Reads a Range header.
 * @param header the header's text; anything that is not one byte range counts as absent
 */
export function readRange(header: string | undefined, sizeBytes: number): Wanted {
  const [, first = '', last = ''] = (header === undefined ? null : ONE_RANGE.exec(header.trim())) ?? [];
  if (first === '' && last === '') return { kind: 'whole' };
  if (first === '') {
    const tailBytes = Math.min(Number(last), sizeBytes);
    return tailBytes === 0
      ? { kind: 'none' }
      : { kind: 'part', range: { start: sizeBytes - tailBytes, end: sizeBytes - 1 } };
  }
  const start = Number(first);
  const end = last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (last !== '' && Number(last) < start) return { kind: 'whole' };
  return start >= sizeBytes ? { kind: 'none' } : { kind: 'part', range: { start, end } };
}

/** Whether an If-None-Match or If-Range header names the strong tag. */
export function namesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((one) => one.trim().replace(/^W\//, '') === tag);
}
