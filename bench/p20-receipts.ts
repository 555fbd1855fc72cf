/** P20: receipts of many different tastes, ranked again by Node and by Chromium: how many are the same to the last digit. */
import { createHash } from 'node:crypto';
import { openKernel } from '@vitrine/e2e';
import {
  inputsOf,
  type ManyTastes,
  manyTastes,
  rank,
  rankingHash,
  rankWritten,
  receiptFrom,
  rerun,
  writtenViewer,
} from '@vitrine/ranking';
import { tell } from './figure.ts';

const TASTES = 10_000;
const POSTS = 1600;
/** Tastes of one made-up region, after which another is made. */
const PER_REGION = 500;
/** Tastes whose whole receipt, files and all, goes through JSON in both engines. */
const WHOLE_EACH = 100;

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());

/** Hash of the page as it was first made, and of its second run from what the receipt holds. */
function twiceHere(region: ManyTastes, number: number): { first: string; again: string } {
  const inputs = inputsOf(region, number);
  return {
    first: rankingHash(rank(inputs), sha256),
    again: rankingHash(rankWritten(region, writtenViewer(inputs)), sha256),
  };
}

function wholeHere(region: ManyTastes, viewer: number): number {
  const sign = () => ({ note: '', verifierKey: '' });
  const receipt = receiptFrom(inputsOf(region, viewer), { sha256, sign });
  return rerun(JSON.parse(JSON.stringify(receipt)) as typeof receipt, sha256).differing.length;
}

const chromium = await openKernel();
const pages = new Set<string>();
let [same, whole, wholeSame, fewest] = [0, 0, 0, Number.POSITIVE_INFINITY];
for (let from = 0; from < TASTES; from += PER_REGION) {
  const seed = from / PER_REGION + 1;
  const region = manyTastes(seed, POSTS);
  fewest = Math.min(fewest, rank(inputsOf(region, from)).candidates);
  const asked = chromium.hashes({ seed, posts: POSTS, from, to: from + PER_REGION });
  const here = Array.from({ length: PER_REGION }, (_, i) => twiceHere(region, from + i));
  const there = await asked;
  for (const [i, { first, again }] of here.entries()) {
    pages.add(first);
    if (first === again && first === there[i]) same += 1;
  }
  for (let viewer = from; viewer < from + PER_REGION; viewer += WHOLE_EACH) {
    whole += 1;
    const { differing } = await chromium.receipt({ seed, posts: POSTS, viewer });
    if (differing === 0 && wholeHere(region, viewer) === 0) wholeSame += 1;
  }
  process.stderr.write(`${from + PER_REGION} tastes, ${same} the same\n`);
}
await chromium.close();
tell({
  id: 'P20',
  what: `receipts run again by Node ${process.version} and Chromium ${chromium.version}`,
  value: wholeSame === whole ? same : 0,
  unit: `of ${TASTES} the same`,
  limit: { atLeast: TASTES },
  ratio: `${pages.size} different pages of at least ${fewest} candidates; ${wholeSame} of ${whole} whole receipts with their files`,
});
