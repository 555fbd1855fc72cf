/** Fetches what ahead.ts decides, and feeds it to the elements: at most two requests at a time, each of another video. */
import type { Card, Rendition } from '@vitrine/schema';
import { LOOKED_AHEAD, nextOrder, type Supplied } from './ahead.ts';
import { copyOf } from './copy.ts';
import { readFragments, type Fragment } from './fragments.ts';
import { nextPiece, type Piece } from './piece.ts';
import { savesData } from './prefs.ts';
import { canStream, openStream, type Stream } from './stream.ts';
import { throughputBps } from './throughput.ts';

/** What the ring shows just now. */
export interface Shown {
  card: Card | undefined;
  element: HTMLVideoElement;
  isMoving: boolean;
  /** Those after it, the very next one first. */
  next: readonly Card[];
  dwellsMs: readonly number[];
}

/** Feeds the ring. */
export type Supply = ReturnType<typeof createSupply>;

/** Bytes of one video. */
interface Stock {
  card: Card;
  copy: Rendition;
  /** The header and the first fragment, kept for an element that comes later. */
  head: Uint8Array<ArrayBuffer>[];
  fragments: Fragment[] | undefined;
  nextByte: number;
  fed: { element: HTMLVideoElement; stream: Stream } | undefined;
  transfer: AbortController | undefined;
  failures: number;
  /** Where it was last fetched from anew: to be sent there twice in a row leads nowhere. */
  jumpedTo: number;
  /** The browser plays it by itself from now on. */
  isPlain: boolean;
}

const TRANSFERS = 2;
const MOST_FAILURES = 2;
const AGAIN_MS = 800;
/** A browser keeps no more of a fed video than about 150 MB. */
const LARGEST_BYTES = 100_000_000;
/** The last pictures of a video end a little before it. */
const END_MS = 300;

/** Makes one. `onPlain`: an element has been given a plain address in the middle. */
export function createSupply(shownNow: () => Shown, onPlain: (element: HTMLVideoElement) => void) {
  const stocks = new Map<string, Stock>();
  const supply: Grounds = { stocks, shownNow, onPlain };
  return {
    /** Feeds the video to the element; false: it must be given its address. */
    give: (element: HTMLVideoElement, card: Card): boolean => give(supply, element, card),
    /** The element shows something else now. */
    release: (element: HTMLVideoElement): void => {
      for (const stock of stocks.values()) if (stock.fed?.element === element) drop(supply, stock);
    },
    /** Something has changed: decides anew. */
    look: (): void => look(supply),
    /** After an element's error: true when it has been given its plain address instead. */
    recover: (element: HTMLVideoElement): boolean => {
      const stock = [...stocks.values()].find(({ fed, isPlain }) => fed?.element === element && !isPlain);
      if (stock !== undefined) goPlain(supply, stock);
      return stock !== undefined;
    },
    close: (): void => {
      for (const stock of stocks.values()) drop(supply, stock);
    },
  };
}

interface Grounds {
  stocks: Map<string, Stock>;
  shownNow: () => Shown;
  onPlain: (element: HTMLVideoElement) => void;
}

function stockOf({ stocks }: Grounds, card: Card): Stock | undefined {
  const known = stocks.get(card.id);
  if (known !== undefined) return known.isPlain ? undefined : known;
  const copy = card.kind === 'video' ? copyOf(card, innerHeight) : undefined;
  if (copy === undefined || copy.sizeBytes > LARGEST_BYTES || copy.headBytes <= 0 || !canStream(copy.codec))
    return undefined;
  const stock: Stock = {
    card,
    copy,
    head: [],
    fragments: undefined,
    nextByte: 0,
    fed: undefined,
    transfer: undefined,
    failures: 0,
    jumpedTo: -1,
    isPlain: false,
  };
  stocks.set(card.id, stock);
  return stock;
}

function drop({ stocks }: Grounds, stock: Stock): void {
  stock.transfer?.abort();
  stock.fed?.stream.close();
  stocks.delete(stock.card.id);
}

function give(supply: Grounds, element: HTMLVideoElement, card: Card): boolean {
  const known = supply.stocks.get(card.id);
  if (known?.fed !== undefined) drop(supply, known);
  const stock = stockOf(supply, card);
  if (stock === undefined) return false;
  const stream = openStream(element, stock.copy.codec, {
    onTaken: () => look(supply),
    onBroken: () => goPlain(supply, stock),
  });
  stock.fed = { element, stream };
  for (const part of stock.head) stream.append(part);
  if (stock.nextByte >= stock.copy.sizeBytes) stream.end();
  look(supply);
  return true;
}

/** From here on the browser fetches it by itself: what we did failed, or it did not like what we fed. */
function goPlain({ onPlain }: Grounds, stock: Stock): void {
  stock.isPlain = true;
  stock.transfer?.abort();
  if (stock.fed === undefined) return;
  const { element, stream } = stock.fed;
  stream.close();
  const { currentTime } = element;
  element.src = stock.copy.url;
  element.currentTime = currentTime;
  onPlain(element);
}

function supplied({ copy, card, fragments, nextByte, fed, transfer }: Stock, fromMs: number): Supplied {
  const leftMs = Math.max(0, card.durationMs - fromMs);
  const startMs = fragments?.[0]?.endMs ?? 0;
  const heldMs = fed === undefined ? startMs : fed.stream.heldMs(fromMs);
  const isWhole = nextByte >= copy.sizeBytes && heldMs >= leftMs - END_MS;
  return {
    heldMs: isWhole ? leftMs : heldMs,
    leftMs,
    bitrateBps: copy.bitrateBps,
    isComing: transfer !== undefined || fed?.stream.isBusy() === true,
  };
}

/** A shown video that we do not feed: while the browser fetches it by itself, others wait until it moves. */
function unfed({ isMoving }: Shown): Supplied {
  return { heldMs: isMoving ? Infinity : 0, leftMs: isMoving ? 0 : Infinity, bitrateBps: 0, isComing: true };
}

function look(supply: Grounds): void {
  const now = supply.shownNow();
  const stocks = [now.card, ...now.next.slice(0, LOOKED_AHEAD)].map((card) => card && stockOf(supply, card));
  for (const stock of supply.stocks.values())
    if (!stocks.includes(stock) && stock.fed === undefined && !stock.isPlain) drop(supply, stock);
  const [first, ...next] = stocks;
  const positionMs = now.element.currentTime * 1000;
  const shown = first?.fed?.element === now.element ? supplied(first, positionMs) : unfed(now);
  const order = nextOrder({
    throughputBps: throughputBps(),
    savesData: savesData(),
    shown: { ...shown, positionMs, isMoving: now.isMoving },
    next: next.map((stock) => (stock === undefined ? unfed({ ...now, isMoving: true }) : supplied(stock, 0))),
    dwellsMs: now.dwellsMs,
  });
  const stock = order && stocks[order.distance];
  if (order === undefined || stock === undefined) return;
  const others = [...supply.stocks.values()].filter((other) => other !== stock && other.transfer !== undefined);
  if (order.isUrgent) for (const other of others) other.transfer?.abort();
  const isFull = !order.isUrgent && others.length >= TRANSFERS;
  if (isFull || stock.transfer !== undefined || stock.fed?.stream.isBusy() === true) return;
  const fromMs = order.distance === 0 ? positionMs : 0;
  const { heldMs } = supplied(stock, fromMs);
  const stand = { ...stock.copy, fragments: stock.fragments, nextByte: stock.nextByte, heldToMs: fromMs + heldMs };
  const piece = nextPiece(stand, fromMs + order.untilMs);
  if (piece === undefined) return;
  void bring(supply, stock, piece);
  // A second one fills the way there and back of the first.
  look(supply);
}

async function bring(supply: Grounds, stock: Stock, { start, end, jumps }: Piece): Promise<void> {
  const transfer = new AbortController();
  stock.transfer = transfer;
  if (jumps) {
    if (stock.jumpedTo === start) return goPlain(supply, stock);
    stock.jumpedTo = start;
    stock.fed?.stream.jump();
    stock.nextByte = start;
  }
  try {
    for await (const bytes of partsOf(stock, { start, end, signal: transfer.signal })) takeIn(stock, bytes);
    stock.failures = 0;
  } catch {
    if (!transfer.signal.aborted) stock.failures += 1;
  }
  stock.transfer = undefined;
  if (!supply.stocks.has(stock.card.id) || stock.isPlain) return;
  if (stock.failures > MOST_FAILURES) return goPlain(supply, stock);
  if (stock.failures > 0) setTimeout(() => look(supply), AGAIN_MS);
  else look(supply);
}

/** The bytes of a range as they come. Public files are asked for without a cookie. */
async function* partsOf(
  { card, copy }: Stock,
  { start, end, signal }: { start: number; end: number; signal: AbortSignal },
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const response = await fetch(copy.url, {
    headers: { range: `bytes=${start}-${end - 1}` },
    credentials: card.audience === 'everyone' ? 'omit' : 'same-origin',
    signal,
  });
  if (response.status !== 206 || response.body === null) throw new Error(`the file answered ${response.status}`);
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
}

function takeIn(stock: Stock, bytes: Uint8Array<ArrayBuffer>): void {
  const { copy, fed } = stock;
  stock.nextByte += bytes.length;
  fed?.stream.append(bytes);
  if (stock.fragments === undefined) {
    stock.head.push(bytes);
    if (stock.nextByte >= copy.headBytes) stock.fragments = readFragments(joined(stock.head));
  }
  if (stock.nextByte >= copy.sizeBytes) fed?.stream.end();
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
