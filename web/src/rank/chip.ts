/** The short reason over a video. */
import type { RankedPost, Ranking } from '@vitrine/ranking';
import type { Chip } from './calls.ts';

const KINDS: Readonly<Record<string, Chip['kind']>> = {
  taste: 'watches',
  near: 'watches',
  trend2h: 'trending',
  trend6h: 'trending',
  trend1d: 'trending',
  trend2d: 'trending',
  trend7d: 'trending',
  rate: 'trending',
  tag: 'tag',
  duration: 'length',
  creator: 'creator',
  follow: 'followed',
  slider: 'wish',
};

/** Of the watches behind a post those count that gave at least a quarter of what the strongest gave. */
const COUNTED_SHARE = 4;

/** The chip of a placed post: a reserved place says so, else the largest part speaks. */
export function chipOf(
  { placement }: Pick<RankedPost, 'placement'>,
  { parts, watches }: Ranking['reasons'][number],
): Chip {
  if (placement === 'fresh') return { kind: 'fresh', n: 0 };
  if (placement === 'followed') return { kind: 'followed', n: 0 };
  const strongest = parts.filter(({ part }) => part > 0).sort((a, b) => b.part - a.part)[0];
  const kind = (strongest && KINDS[strongest.term]) ?? 'open';
  if (kind !== 'watches') return { kind, n: 0 };
  const most = Math.max(0, ...watches.map(({ part }) => part));
  const n = watches.filter(({ part }) => part > 0 && part * COUNTED_SHARE >= most).length;
  return { kind, n: Math.max(1, n) };
}
