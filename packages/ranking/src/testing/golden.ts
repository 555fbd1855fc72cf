/** Golden rankings: a seed and a size each, and the SHA-256 of the canonical text of what the kernel makes of them. */
import { canonicalText, type JsonValue } from '@vitrine/schema';
import { rank, type Ranking } from '../rank.ts';
import { hexOf } from '../wire/bytes.ts';
import type { Sha256 } from '../receipt/receipt.ts';
import { wholeRegionFrom } from './whole-region.ts';

/** One line of fixtures/rankings.json. */
export interface GoldenCase {
  seed: number;
  posts: number;
  positives: number;
  isExtreme: boolean;
  /** Posts that the shelves held. */
  candidates: number;
  /** Of the canonical JSON of the ranking. */
  sha256: string;
}

/** SHA-256 of a ranking's canonical JSON, in hexadecimal. */
export function rankingHash(ranking: Ranking, sha256: Sha256): string {
  return hexOf(sha256(new TextEncoder().encode(canonicalText(ranking as unknown as JsonValue))));
}

/** What the kernel makes of a case now. */
export function goldenOf(size: Omit<GoldenCase, 'candidates' | 'sha256'>, sha256: Sha256): GoldenCase {
  const ranking = rank(wholeRegionFrom(size.seed, size));
  return { ...size, candidates: ranking.candidates, sha256: rankingHash(ranking, sha256) };
}
