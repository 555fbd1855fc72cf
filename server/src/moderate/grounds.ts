/** The grounds of decisions: the 18 reasons of complaints, each in the words of the EU's DSA transparency database. */
import { COMPLAINT_REASONS, type ComplaintReason } from '@vitrine/schema';

/** How the transparency database names a ground. */
interface GroundWords {
  category: `STATEMENT_CATEGORY_${string}`;
  /** Against the law, or against this site's own rules only. */
  decisionGround: 'DECISION_GROUND_ILLEGAL_CONTENT' | 'DECISION_GROUND_INCOMPATIBLE_CONTENT';
}

const illegal = (category: string): GroundWords => ({
  category: `STATEMENT_CATEGORY_${category}`,
  decisionGround: 'DECISION_GROUND_ILLEGAL_CONTENT',
});
const incompatible = (category: string): GroundWords => ({
  category: `STATEMENT_CATEGORY_${category}`,
  decisionGround: 'DECISION_GROUND_INCOMPATIBLE_CONTENT',
});

/** Every ground. */
export const GROUNDS: Readonly<Record<ComplaintReason, GroundWords>> = {
  spam: incompatible('OTHER_VIOLATION_TC'),
  scam: illegal('SCAMS_AND_FRAUD'),
  impersonation: incompatible('SCAMS_AND_FRAUD'),
  harassment: incompatible('CYBER_VIOLENCE'),
  hate: illegal('ILLEGAL_OR_HARMFUL_SPEECH'),
  threat: illegal('VIOLENCE'),
  violence: incompatible('VIOLENCE'),
  nudity: incompatible('OTHER_VIOLATION_TC'),
  childSafety: illegal('PROTECTION_OF_MINORS'),
  selfHarm: incompatible('SELF_HARM'),
  dangerousActs: incompatible('OTHER_VIOLATION_TC'),
  drugsOrWeapons: illegal('UNSAFE_AND_PROHIBITED_PRODUCTS'),
  falseInformation: incompatible('NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS'),
  privacy: illegal('DATA_PROTECTION_AND_PRIVACY_VIOLATIONS'),
  copyright: illegal('INTELLECTUAL_PROPERTY_INFRINGEMENTS'),
  trademark: illegal('INTELLECTUAL_PROPERTY_INFRINGEMENTS'),
  unlabelledAiOrAdvertising: incompatible('CONSUMER_INFORMATION'),
  otherIllegal: illegal('OTHER_VIOLATION_TC'),
};

/** Whether a word is a ground. */
export function isGround(word: string | undefined): word is ComplaintReason {
  return COMPLAINT_REASONS.some((reason) => reason === word);
}
