/** The plainest rival: what was finished most in the last day comes first, for everyone alike. */
import { addCount, countAt, decayedCounts } from '@vitrine/ranking';
import { type Model, rankOf, seenBy } from './protocol.ts';

const DAY_MS = 86_400_000;

/** Decayed count of positives, half-life one day. */
export function popularityModel(): Model {
  const counts = decayedCounts(DAY_MS);
  return {
    predict: ({ user, post, atMs }, world) => {
      const seen = seenBy(world, user);
      const unseen = world.posts.filter((candidate) => !seen.has(candidate));
      return rankOf(
        unseen.map((candidate) => ({ post: candidate, score: countAt(counts, candidate, atMs) })),
        post,
      );
    },
    learn: ({ post, atMs, isPositive }) => {
      if (isPositive) addCount(counts, post, { weight: 1, atMs });
    },
    stateHash: () => String([...counts.counts.values()].reduce((sum, { value }) => sum + value, 0)),
  };
}
