/** Which bytes an order comes to: whole fragments, going on where the last ones ended wherever that fits. Pure. */
import type { Fragment } from './fragments.ts';

/** A video's bytes as they stand. */
export interface Stand {
  headBytes: number;
  sizeBytes: number;
  /** Undefined until the head is there. */
  fragments: readonly Fragment[] | undefined;
  /** The byte after those that were fetched in one go. */
  nextByte: number;
  /** Up to which moment of the video they can be played from where it stands. */
  heldToMs: number;
}

/** A request for bytes; `jumps`: they do not follow what was fetched before. */
export interface Piece {
  start: number;
  end: number;
  jumps: boolean;
}

/** Sound and picture of a fragment end a little apart from what the index says. */
const SLACK_MS = 700;
const MOST_FRAGMENTS = 4;

/** The next request on the way to a moment; undefined when the end was fetched. */
export function nextPiece(stand: Stand, untilMs: number): Piece | undefined {
  const { headBytes, sizeBytes, fragments, nextByte, heldToMs } = stand;
  if (fragments === undefined)
    return nextByte < headBytes ? { start: nextByte, end: headBytes, jumps: false } : undefined;
  const following = fragments.findIndex(({ startByte, endByte }) => startByte <= nextByte && nextByte < endByte);
  const isEnded = nextByte >= sizeBytes && heldToMs >= (fragments.at(-1)?.endMs ?? 0) - SLACK_MS;
  if (isEnded) return undefined;
  const goesOn =
    following >= 0 &&
    (fragments[following]?.startMs ?? 0) <= heldToMs + SLACK_MS &&
    (fragments[following]?.endMs ?? 0) > heldToMs - SLACK_MS;
  const from = goesOn ? following : fragments.findIndex(({ endMs }) => endMs > heldToMs);
  const first = fragments[from];
  if (first === undefined) return undefined;
  const reach = fragments.slice(from, from + MOST_FRAGMENTS).filter(({ startMs }) => startMs < untilMs);
  const end = reach.at(-1)?.endByte ?? first.endByte;
  return goesOn ? { start: nextByte, end, jumps: false } : { start: first.startByte, end, jumps: true };
}
