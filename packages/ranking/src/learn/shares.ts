/** How often each tag and each length occurs among accepted positives. */
import { DURATION_BUCKETS_MS, durationBucket, SHARE_ONE, type Shares } from '../shelf/heads.ts';

/** Counts by group. */
interface GroupCounts {
  all: number;
  tags: Map<number, number>;
  durations: number[];
}

/** No counts. */
export function groupCounts(): GroupCounts {
  return { all: 0, tags: new Map(), durations: DURATION_BUCKETS_MS.map(() => 0) };
}

/** Counts a positive of a post. */
export function addGroups(
  counts: GroupCounts,
  { tags, durationMs }: { tags: readonly number[]; durationMs: number },
  weight: number,
): void {
  counts.all += weight;
  for (const tag of tags) counts.tags.set(tag, (counts.tags.get(tag) ?? 0) + weight);
  const bucket = durationBucket(durationMs);
  counts.durations[bucket] = (counts.durations[bucket] ?? 0) + weight;
}

/** The published shares in 2^-16. */
export function publishedShares({ all, tags, durations }: GroupCounts): Shares {
  const shareOf = (count: number) => (all === 0 ? 0 : Math.round((SHARE_ONE * count) / all));
  return {
    tags: new Map([...tags].map(([tag, count]) => [tag, shareOf(count)])),
    durations: durations.map(shareOf),
  };
}
