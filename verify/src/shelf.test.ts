import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import {
  decodeHeads,
  drawFresh,
  emptyRows,
  epochSeedInput,
  freshOf,
  hexOf,
  type Receipt,
  seedWords,
  wholeRegionFrom,
} from '@vitrine/ranking';
import { sha256 } from '@noble/hashes/sha2.js';
import { exitCodeOf } from './finding.ts';
import { checkShelves, type ShelfOrder } from './shelf.ts';
import { regionKey, signedReceipt } from './testing/signed.ts';

const inputs = wholeRegionFrom(4, { posts: 600, positives: 0 });
const base = inputs;
const earlier = signedReceipt({ ...base, heads: { ...base.heads, epoch: 6 } });
const before = Buffer.from(earlier.heads, 'hex');
const previous = hexOf(sha256(before));
const now = signedReceipt(base, 1, { previous });

/** Serves an epoch as a region does; `change` lies about an answer. */
async function served(
  change: (path: string, body: Buffer | undefined) => Buffer | number | undefined,
  order: Partial<ShelfOrder> = {},
) {
  const server: Server = createServer((request, response) => {
    const path = (request.url ?? '').replace('/api/v1/shelves/', '');
    const answer = change(path, bodyOf(path));
    if (typeof answer === 'number' || answer === undefined) response.writeHead(answer ?? 404).end();
    else response.end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const findings = await checkShelves({ url, ...order });
  server.close();
  return { findings, code: exitCodeOf(findings), of: (what: string) => findings.find((each) => each.what === what) };
}

function bodyOf(path: string): Buffer | undefined {
  return bodyIn(now, path);
}

function bodyIn(newest: Receipt, path: string): Buffer | undefined {
  const of = ({ heads, note }: Receipt): Record<string, Buffer> => {
    const { epoch } = decodeHeads(Buffer.from(heads, 'hex'));
    return { [`heads?epoch=${epoch}`]: Buffer.from(heads, 'hex'), [`note?epoch=${epoch}`]: Buffer.from(note) };
  };
  const bodies: Record<string, Buffer> = {
    ...of(earlier),
    ...of(newest),
    heads: Buffer.from(newest.heads, 'hex'),
    key: Buffer.from(`${newest.verifierKey}\n`),
  };
  const hex = newest.files[path];
  return bodies[path] ?? (hex === undefined ? undefined : Buffer.from(hex, 'hex'));
}

test('a whole epoch holds: every file, root, signature, chain', async () => {
  const { findings, code, of } = await served((_, body) => body, { key: regionKey });
  assert.equal(code, 0, JSON.stringify(findings));
  for (const what of ['signature', 'root', 'chain', 'key', 'shelves', 'fresh', 'lists'])
    assert.equal(of(what)?.verdict, 'holds', what);
  assert.match(of('shelves')!.detail, /^14 files/);
  assert.match(of('fresh')!.detail, /no draw was needed: the same$/);
});

test('an epoch by its number is checked likewise, and its first says that none was before it', async () => {
  const { code, of } = await served((_, body) => body, { epoch: 7 });
  assert.equal(code, 0);
  assert.equal(of('epoch')?.detail, '7');
});

test('another byte in any file, another note, another chain are found', async () => {
  const [hash] = decodeHeads(Buffer.from(now.heads, 'hex')).shelves.map((shelf) => shelf.hash);
  const flipped = (body: Buffer | undefined) =>
    body && Buffer.concat([body.subarray(0, -1), Buffer.of(body.at(-1)! ^ 1)]);
  assert.equal((await served((path, body) => (path === hash ? flipped(body) : body))).code, 1);
  const note = await served((path, body) => (path === 'note?epoch=7' ? Buffer.from(earlier.note) : body));
  assert.deepEqual([note.code, note.of('root')?.verdict], [1, 'differs']);
  const chain = await served((path, body) => (path === 'heads?epoch=6' ? flipped(body) : body));
  assert.deepEqual([chain.code, chain.of('chain')?.verdict], [1, 'differs']);
});

test('a withdrawn file is said to be withdrawn; a region that does not answer cannot be checked', async () => {
  const [hash] = decodeHeads(Buffer.from(now.heads, 'hex')).shelves.map((shelf) => shelf.hash);
  const gone = await served((path, body) => (path === hash ? 410 : body));
  assert.equal(gone.code, 2);
  assert.ok(gone.findings.some(({ detail }) => detail === 'input withdrawn'));
  assert.equal((await served(() => undefined)).code, 2);
});

test('the fresh shelf is drawn again from the owed by the told secret, and a post put in its place is found', async () => {
  const owed = Array.from({ length: 500 }, (_, post) => post);
  const { secret } = decodeHeads(Buffer.from(now.heads, 'hex')).seed;
  const seed = seedWords(sha256(epochSeedInput(secret, 7)));
  const drawn = freshOf(owed, drawFresh(owed, { epoch: 7, seed }));
  const epochWith = (posts: readonly number[]): Receipt => {
    const shelves = inputs.shelves.map((shelf) => (shelf.kind === 'fresh' ? { ...shelf, rows: rowsOf(posts) } : shelf));
    return signedReceipt({ ...inputs, shelves }, 1, { previous, owed });
  };
  const fair = epochWith(drawn);
  const again = await served((path) => bodyIn(fair, path));
  assert.equal(again.code, 0, JSON.stringify(again.findings));
  assert.match(again.of('fresh')!.detail, /^200 posts; drawn again as in epoch 7, of 500: the same$/);
  const other = owed.find((post) => !drawn.includes(post))!;
  const bent = epochWith([...drawn.slice(1), other].sort((a, b) => a - b));
  const found = await served((path) => bodyIn(bent, path));
  assert.deepEqual([found.code, found.of('fresh')?.verdict], [1, 'differs']);
});

function rowsOf(posts: readonly number[]) {
  const rows = emptyRows(posts.length);
  rows.posts.set(posts);
  return rows;
}
