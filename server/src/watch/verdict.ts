/** Whether one post is shown to somebody: the rules, after the facts and before the presentation. Pure. */
import type { Refusal } from '../platform/problem.ts';
import { refuse } from '../platform/problem.ts';
import { removedBy } from '../publish/removed.ts';
import type { JudgedFacts, RestrictionFacts } from './hydration.ts';

/**
 * shown: to anyone who may watch it, and to its author in every state ·
 * removed: it was public and the operator took it away; everyone may know why and since when ·
 * hidden: it does not exist, or not for this viewer; the two cannot be told apart.
 */
export type Verdict =
  | { kind: 'shown'; facts: JudgedFacts }
  | { kind: 'removed'; restriction: RestrictionFacts }
  | { kind: 'hidden' };

/** Judges the facts of one post. */
export function judge(facts: JudgedFacts | undefined): Verdict {
  if (facts === undefined) return { kind: 'hidden' };
  if (facts.isShown || facts.viewer?.isMine) return { kind: 'shown', facts };
  if (facts.restriction !== null && facts.wasPublic) return { kind: 'removed', restriction: facts.restriction };
  return { kind: 'hidden' };
}

/** The refusal of a post that is not shown. */
export function refusalOf(verdict: Exclude<Verdict, { kind: 'shown' }>): Refusal {
  if (verdict.kind === 'hidden') return refuse('not_found');
  return removedBy(verdict.restriction);
}
