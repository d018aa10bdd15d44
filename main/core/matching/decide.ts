import type { IndexMatch } from '../../workers/index.ts';
import type { Thresholds } from './thresholds.ts';

/** `sure`: shown as the guest's. `maybe`: the guest is asked. */
export type Decision = 'sure' | 'maybe';

export interface Match extends IndexMatch {
  /** What is decided by, -1..1: the match's own score, or its likeness to one of the surest where that is more. */
  strength: number;
  decision: Decision;
}

/** @param thresholds.kinLeast no match with a lower score of its own is lifted by its likeness to others */
export const strengthOf = ({ score, kin }: IndexMatch, { kinLeast }: Pick<Thresholds, 'kinLeast'>): number =>
  kin !== undefined && score >= kinLeast ? Math.max(score, kin) : score;

/** What each match means, the strongest first; those under "maybe" mean nothing and are left out. */
export const decide = (matches: readonly IndexMatch[], thresholds: Thresholds): Match[] =>
  matches
    .map((match) => ({ ...match, strength: strengthOf(match, thresholds) }))
    .filter(({ strength }) => strength >= thresholds.maybe)
    .sort((a, b) => b.strength - a.strength)
    .map((match) => ({ ...match, decision: match.strength >= thresholds.sure ? 'sure' : 'maybe' }));
