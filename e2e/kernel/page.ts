/** Runs inside a page of its own: the kernel as the browser's engine runs it. Bundled by `openKernel`; no part of the product. */
import { sha256 } from '@noble/hashes/sha2.js';
import {
  type GoldenCase,
  goldenOf,
  hashesOf,
  inputsOf,
  type ManyTastes,
  manyTastes,
  receiptFrom,
  rerun,
  WEIGHTS,
  wholeRegionFrom,
} from '@vitrine/ranking';
import { timeRankings } from './time-rankings.ts';

let region: { seed: number; posts: number; tastes: ManyTastes } | undefined;

function regionOf(seed: number, posts: number): ManyTastes {
  if (region?.seed !== seed || region.posts !== posts) region = { seed, posts, tastes: manyTastes(seed, posts) };
  return region.tastes;
}

/** What the page can be asked. */
export const kernel = {
  golden: (size: Omit<GoldenCase, 'candidates' | 'sha256'>) => goldenOf(size, sha256),
  hashes: ({ seed, posts, from, to }: { seed: number; posts: number; from: number; to: number }) =>
    hashesOf(regionOf(seed, posts), { from, to }, sha256),
  /** A whole receipt, files and all, through JSON: how many numbers were compared and how many differ. */
  receipt: ({ seed, posts, viewer }: { seed: number; posts: number; viewer: number }) => {
    const sign = () => ({ note: '', verifierKey: '' });
    const receipt = receiptFrom(inputsOf(regionOf(seed, posts), viewer), { sha256, sign });
    const { compared, differing } = rerun(JSON.parse(JSON.stringify(receipt)) as typeof receipt, sha256);
    return { compared, differing: differing.length };
  },
  times: ({ posts, rounds }: { posts: number; rounds: number }) =>
    timeRankings({ ...wholeRegionFrom(1, { posts, positives: 60 }), weights: WEIGHTS }, rounds),
};

Object.assign(globalThis, { kernel });
