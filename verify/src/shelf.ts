/** Checks the shelves of a region from outside: fetches an epoch whole and holds everything against its signature. */
import {
  decodeBlock,
  decodeHeads,
  decodeOwed,
  decodeShelf,
  drawFresh,
  epochSeedInput,
  type EpochTree,
  fetchTree,
  freshOf,
  type HeadsFile,
  hexOf,
  type NamedKind,
  NO_FILE,
  seedWords,
} from '@vitrine/ranking';
import { sha256 } from '@noble/hashes/sha2.js';
import { type Finding, messageOf } from './finding.ts';
import { checkSignature } from './signature.ts';

/** Files asked for at a time. */
const AT_ONCE = 8;
const TIMEOUT_MS = 30_000;

/** What to check. */
export interface ShelfOrder {
  url: string;
  /** The newest by default. */
  epoch?: number;
  /** Verifier key known from elsewhere. */
  key?: string;
}

/** An answer that is not a file: 410 says that it was withdrawn. */
class NotServed extends Error {
  override name = 'NotServed';
  readonly code: number;
  constructor(path: string, code: number) {
    super(`${path} answered ${code}`);
    this.code = code;
  }
}

async function ask(base: string, path: string): Promise<Uint8Array> {
  const response = await fetch(new URL(`/api/v1/shelves/${path}`, base), { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new NotServed(path, response.status);
  return new Uint8Array(await response.arrayBuffer());
}

async function askText(base: string, path: string): Promise<string> {
  return new TextDecoder().decode(await ask(base, path));
}

/** Fetches and checks; `progress` is told of every file. */
export async function checkShelves(
  { url, epoch, key }: ShelfOrder,
  progress: (done: number, all: number) => void = () => {},
): Promise<Finding[]> {
  try {
    const headsBytes = await ask(url, epoch === undefined ? 'heads' : `heads?epoch=${epoch}`);
    const heads = decodeHeads(headsBytes);
    const note = await askText(url, `note?epoch=${heads.epoch}`);
    const served = (await askText(url, 'key')).trim();
    return [
      ...checkSignature({ heads: headsBytes, note, verifierKey: key ?? served }),
      keyFinding(served, key),
      await checkBefore(url, heads),
      ...(await checkSeed(url, heads)),
      await checkFresh(url, heads, key ?? served),
      ...(await checkFiles(url, heads, progress)),
    ];
  } catch (cause) {
    return [{ what: 'epoch', verdict: 'unclear', detail: messageOf(cause) }];
  }
}

function keyFinding(served: string, key: string | undefined): Finding {
  if (key === undefined) return { what: 'key', verdict: 'note', detail: `${served}, as the region itself serves it` };
  const isSame = key.trim() === served;
  return {
    what: 'key',
    verdict: isSame ? 'holds' : 'differs',
    detail: isSame ? 'the one given' : `the region serves ${served}`,
  };
}

/** The heads name the hash of those before them. */
async function checkBefore(url: string, { epoch, previous }: HeadsFile): Promise<Finding> {
  const what = 'chain';
  if (previous === NO_FILE) return { what, verdict: 'note', detail: 'these heads name none before them' };
  try {
    const before = hexOf(sha256(await ask(url, `heads?epoch=${epoch - 1}`)));
    const isSame = before === previous;
    return {
      what,
      verdict: isSame ? 'holds' : 'differs',
      detail: isSame
        ? `epoch ${epoch - 1} is ${before}`
        : `epoch ${epoch - 1} is ${before}, but these heads name ${previous}`,
    };
  } catch (cause) {
    if (cause instanceof NotServed) return { what, verdict: 'note', detail: `epoch ${epoch - 1} is no longer kept` };
    throw cause;
  }
}

/** The day's secret is the one that an earlier epoch promised. */
async function checkSeed(url: string, { seed }: HeadsFile): Promise<Finding[]> {
  const what = 'seed';
  if (seed.promisedIn === 0) return [{ what, verdict: 'note', detail: 'a first day: nothing was promised' }];
  try {
    const { seed: promise } = decodeHeads(await ask(url, `heads?epoch=${seed.promisedIn}`));
    const own = hexOf(sha256(Uint8Array.from(Buffer.from(seed.secret, 'hex'))));
    const isKept = promise.next === own;
    const detail = isKept
      ? `as promised in epoch ${seed.promisedIn}`
      : `epoch ${seed.promisedIn} promised ${promise.next}, the secret gives ${own}`;
    return [{ what, verdict: isKept ? 'holds' : 'differs', detail }];
  } catch (cause) {
    if (cause instanceof NotServed)
      return [{ what, verdict: 'note', detail: `epoch ${seed.promisedIn} is no longer kept` }];
    throw cause;
  }
}

/** Draws the fresh shelf again: from the list of the owed, by the words that follow from the day's secret. */
async function checkFresh(url: string, heads: HeadsFile, verifierKey: string): Promise<Finding> {
  const what = 'fresh';
  const entry = heads.shelves.find(({ kind }) => kind === 'fresh');
  if (entry === undefined) return { what, verdict: 'note', detail: 'these heads name no fresh shelf' };
  try {
    const owed = decodeOwed(await askFile(url, heads.owed));
    const stands = [...decodeShelf(await askFile(url, entry.hash)).shelf.rows.posts];
    const draw = heads.drawnIn === 0 ? undefined : await drawnAgain(url, heads, verifierKey);
    const expected = freshOf(owed, draw);
    const isSame = expected.length === stands.length && expected.every((post, place) => post === stands[place]);
    const how = draw
      ? `drawn again as in epoch ${heads.drawnIn}, of ${draw.owed.size}`
      : 'all that are owed, no draw was needed';
    const differing = expected.filter((post) => !stands.includes(post)).length;
    const detail = `${stands.length} posts; ${how}: ${isSame ? 'the same' : `${differing} of ${expected.length} are not there`}`;
    return { what, verdict: isSame ? 'holds' : 'differs', detail };
  } catch (cause) {
    if (cause instanceof NotServed) return { what, verdict: 'unclear', detail: messageOf(cause) };
    return { what, verdict: 'differs', detail: messageOf(cause) };
  }
}

/** The lottery of the epoch in which it was held, once that epoch's own signature is checked. */
async function drawnAgain(url: string, { epoch, drawnIn }: HeadsFile, verifierKey: string) {
  const bytes = await ask(url, `heads?epoch=${drawnIn}`);
  const then = decodeHeads(bytes);
  if (drawnIn !== epoch) {
    const note = await askText(url, `note?epoch=${drawnIn}`);
    const wrong = checkSignature({ heads: bytes, note, verifierKey }).find(({ verdict }) => verdict !== 'holds');
    if (wrong !== undefined) throw new Error(`epoch ${drawnIn}: ${wrong.what}: ${wrong.detail}`);
  }
  const seed = seedWords(sha256(epochSeedInput(then.seed.secret, drawnIn)));
  const draw = drawFresh(decodeOwed(await askFile(url, then.owed)), { epoch: drawnIn, seed });
  if (draw === undefined) throw new Error(`epoch ${drawnIn} is said to have drawn, but all had room`);
  return draw;
}

async function askFile(url: string, hash: string): Promise<Uint8Array> {
  const bytes = await ask(url, hash);
  if (hexOf(sha256(bytes)) !== hash) throw new Error(`${hash} is not what its name says`);
  return bytes;
}

type Counts = Map<NamedKind, { files: number; bytes: number; posts: number }>;
/** Bytes of the files that name others: read for the tree, counted with all. */
type Kept = Map<string, Uint8Array>;

async function checkFiles(
  url: string,
  heads: HeadsFile,
  progress: (done: number, all: number) => void,
): Promise<Finding[]> {
  const faults: { hash: string; detail: string; isWithdrawn: boolean }[] = [];
  const counts: Counts = new Map();
  const kept: Kept = new Map();
  const bring = async (hash: string): Promise<Uint8Array | undefined> => {
    const bytes = await ask(url, hash).catch(() => undefined);
    if (bytes === undefined || hexOf(sha256(bytes)) !== hash) return undefined;
    kept.set(hash, bytes);
    return bytes;
  };
  const tree = await fetchTree(heads, bring).catch((cause: unknown) => messageOf(cause));
  if (typeof tree === 'string') return [{ what: 'files', verdict: 'differs', detail: tree }];
  const waiting = [...tree.named.keys()];
  const all = waiting.length;
  let done = 0;
  const worker = async (): Promise<void> => {
    for (let hash = waiting.pop(); hash !== undefined; hash = waiting.pop()) {
      const fault = await checkFile(url, tree, { hash, kept, counts });
      if (fault) faults.push({ hash, ...fault });
      done += 1;
      progress(done, all);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const rows = [...counts].map(([kind, { files, bytes, posts }]): Finding => {
    const rest = posts > 0 ? `, ${posts} rows` : '';
    return {
      what: NAMES[kind],
      verdict: 'holds',
      detail: `${files} files, ${bytes} bytes${rest}: hash, form and scale`,
    };
  });
  const broken = faults.map(({ hash, detail, isWithdrawn }): Finding => {
    return { what: `file ${hash.slice(0, 12)}…`, verdict: isWithdrawn ? 'unclear' : 'differs', detail };
  });
  return [...rows, ...broken];
}

const NAMES: Record<NamedKind, string> = {
  shelf: 'shelves',
  directory: 'directory',
  'page of heads': 'pages of heads',
  'page of the book': 'pages of the book',
  'page of lists': 'pages of lists',
  owed: 'list of the owed',
  block: 'blocks of the book',
  list: 'lists',
};

async function checkFile(
  url: string,
  tree: EpochTree,
  { hash, kept, counts }: { hash: string; kept: Kept; counts: Counts },
): Promise<{ detail: string; isWithdrawn: boolean } | undefined> {
  try {
    const bytes = kept.get(hash) ?? (await ask(url, hash));
    const is = hexOf(sha256(bytes));
    if (is !== hash) return { detail: `its bytes hash to ${is}`, isWithdrawn: false };
    const kind = tree.named.get(hash) ?? 'shelf';
    const posts = readAs(tree, { hash, bytes, kind });
    const count = counts.get(kind) ?? { files: 0, bytes: 0, posts: 0 };
    counts.set(kind, { files: count.files + 1, bytes: count.bytes + bytes.length, posts: count.posts + posts });
    return undefined;
  } catch (cause) {
    if (cause instanceof NotServed && cause.code === 410) return { detail: 'input withdrawn', isWithdrawn: true };
    if (cause instanceof NotServed && cause.code === 404) return { detail: 'no longer kept', isWithdrawn: true };
    return { detail: messageOf(cause), isWithdrawn: false };
  }
}

/** Decodes the file as what it is named to be, and says how many rows it has. Files that name others were decoded for the tree. */
function readAs(
  { heads, shelves, lists, blocks }: EpochTree,
  { hash, bytes, kind }: { hash: string; bytes: Uint8Array; kind: NamedKind },
): number {
  if (kind === 'block') {
    const { number, scale256 } = decodeBlock(bytes);
    if (blocks.get(number) !== hash) throw new Error(`it says block ${number}, which is named otherwise`);
    sameScale(scale256, heads);
  }
  if (kind !== 'shelf' && kind !== 'list') return 0;
  const { shelf, scale256 } = decodeShelf(bytes);
  sameScale(scale256, heads);
  if (kind === 'list') {
    if (lists.get(shelf.name) !== hash) throw new Error(`it says ${shelf.name}, which is named otherwise`);
    return shelf.rows.count;
  }
  const entry = shelves.find((each) => each.hash === hash && each.name === shelf.name);
  if (entry?.kind !== shelf.kind) throw new Error(`it says ${shelf.name}, which is named otherwise`);
  if (shelf.rows.count !== entry.posts) throw new Error(`it has ${shelf.rows.count} rows, named are ${entry.posts}`);
  return shelf.rows.count;
}

function sameScale(scale256: number, heads: HeadsFile): void {
  if (scale256 !== heads.scale256) throw new Error(`its scale is ${scale256}, that of the heads ${heads.scale256}`);
}
