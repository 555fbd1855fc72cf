/** Affinities: the viewer's own share of a group against everybody's share. */
import { lnRatio } from '../integer/logarithm.ts';
import { floorDiv } from '../integer/whole.ts';
import { durationBucket, RARE_SHARE, SHARE_ONE } from '../shelf/heads.ts';
import { TAGS_READ } from '../shelf/rows.ts';
import type { ScorerFor } from './viewer.ts';

/** Positives of the group and of all, the group's share in 2^-16, and how many positives the share is worth. */
interface Counted {
  group: number;
  all: number;
  share: number;
  prior: number;
}

/** 256 ln(((group + prior q) / (all + prior)) / q), q = share / 2^16. Counts up to 2^17 keep the products below 2^35. */
export function affinity({ group, all, share, prior }: Counted): number {
  const q = Math.max(RARE_SHARE, share);
  return lnRatio(group * SHARE_ONE + prior * q, (all + prior) * q);
}

/** Mean affinity of the post's tags; 0 without tags. */
export const scoreTag: ScorerFor = ({ heads, profile, weights }) => {
  const prior = weights.numbers.affinityPrior.value;
  const known = new Map<number, number>();
  const ofTag = (tag: number): number => {
    const before = known.get(tag);
    if (before !== undefined) return before;
    const group = profile.byTag.get(tag) ?? 0;
    const value = affinity({ group, all: profile.positives, share: heads.shares.tags.get(tag) ?? 0, prior });
    known.set(tag, value);
    return value;
  };
  return ({ tags }, row) => {
    let sum = 0;
    let count = 0;
    for (let i = row * TAGS_READ; i < (row + 1) * TAGS_READ; i += 1) {
      const tag = tags[i] ?? 0;
      if (tag === 0) continue;
      sum += ofTag(tag);
      count += 1;
    }
    return count === 0 ? 0 : floorDiv(sum, count);
  };
};

/** Affinity of the post's duration bucket. */
export const scoreDuration: ScorerFor = ({ heads, profile, weights }) => {
  const prior = weights.numbers.affinityPrior.value;
  const byBucket = heads.shares.durations.map((share, bucket) =>
    affinity({ group: profile.byDuration[bucket] ?? 0, all: profile.positives, share, prior }),
  );
  return ({ durationsMs }, row) => byBucket[durationBucket(durationsMs[row] ?? 0)] ?? 0;
};

/** 256 ln(1 + own positives of the creator), counted up to the cap. */
export const scoreCreator: ScorerFor = ({ profile, weights }) => {
  const cap = weights.numbers.creatorCap.value;
  const byCount = Array.from({ length: cap + 1 }, (_, count) => lnRatio(1 + count, 1));
  return ({ creators }, row) => byCount[Math.min(cap, profile.byCreator.get(creators[row] ?? 0) ?? 0)] ?? 0;
};
