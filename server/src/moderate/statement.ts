/** The statement of reasons of a decision, as it enters the ledger: words from closed lists, nothing of the person. */
import type { ComplaintReason } from '@vitrine/schema';
import type { NewEntry } from '../ledger/entry.ts';
import type { SubjectKind } from '../restrict/store.ts';
import { GROUNDS } from './grounds.ts';

/** What made the operator look. */
type DecisionSource = 'SOURCE_ARTICLE_16' | 'SOURCE_TYPE_OTHER_NOTIFICATION' | 'SOURCE_VOLUNTARY';

/** What a statement is made of. */
export interface Decision {
  subjectKind: SubjectKind;
  ground: ComplaintReason;
  source: DecisionSource;
  /** Where it holds. */
  scope: string;
  /** The day from which it holds, UTC. */
  day: string;
}

const CONTENT_TYPE = {
  post: 'CONTENT_TYPE_VIDEO',
  comment: 'CONTENT_TYPE_TEXT',
  account: 'CONTENT_TYPE_OTHER',
  sound: 'CONTENT_TYPE_AUDIO',
} as const;

const DISABLED = { decision_visibility: ['DECISION_VISIBILITY_CONTENT_DISABLED'] };
const MEASURES = {
  post: DISABLED,
  comment: DISABLED,
  account: { decision_account: 'DECISION_ACCOUNT_SUSPENDED' },
  sound: {
    decision_visibility: ['DECISION_VISIBILITY_OTHER'],
    decision_visibility_other: 'SOUND_MUTED',
  },
} as const;

/** The entry of a decision that restricts. */
export function decisionEntry(decision: Decision): NewEntry {
  const words = GROUNDS[decision.ground];
  const measure = MEASURES[decision.subjectKind];
  return {
    t: 'decision',
    body: {
      ...measure,
      decision_ground: words.decisionGround,
      category: words.category,
      content_type: [CONTENT_TYPE[decision.subjectKind]],
      source_type: decision.source,
      automated_detection: 'No',
      automated_decision: 'AUTOMATED_DECISION_NOT_AUTOMATED',
      application_date: decision.day,
      ground: decision.ground,
      scope: decision.scope,
    },
  };
}

/** The entry that takes a decision back. */
export function liftEntry(lifted: { decisionIndex: number; day: string }): NewEntry {
  return { t: 'decision.lift', prev: lifted.decisionIndex, body: { end_date: lifted.day } };
}

/** Against the law, by a complaint: a notice under Article 16; otherwise another notice; without complaint one's own initiative. */
export function sourceOf(ground: ComplaintReason, complaints: number): DecisionSource {
  if (complaints === 0) return 'SOURCE_VOLUNTARY';
  return GROUNDS[ground].decisionGround === 'DECISION_GROUND_ILLEGAL_CONTENT'
    ? 'SOURCE_ARTICLE_16'
    : 'SOURCE_TYPE_OTHER_NOTIFICATION';
}
