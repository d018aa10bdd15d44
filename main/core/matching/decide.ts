import type { Manifest } from '../../packs/index.ts';
import type { IndexMatch } from '../../workers/index.ts';

/** `sure`: shown as the guest's. `maybe`: the guest is asked. */
export type Decision = 'sure' | 'maybe';

export interface Match extends IndexMatch {
  decision: Decision;
}

/** Comparison scores (cosine similarity, -1..1); maybe <= sure. */
export interface Thresholds {
  sure: number;
  maybe: number;
}

/** The pack's thresholds, or those of the settings where they name any; "maybe" never lies above "sure". */
export function thresholdsOf(
  { thresholds }: Manifest,
  settings: { sure?: number | undefined; maybe?: number | undefined },
): Thresholds {
  const sure = settings.sure ?? thresholds.sure;
  return { sure, maybe: Math.min(sure, settings.maybe ?? thresholds.maybe) };
}

/** What each match means; those under "maybe" mean nothing and are left out. The order is kept. */
export const decide = (matches: readonly IndexMatch[], { sure, maybe }: Thresholds): Match[] =>
  matches
    .filter(({ score }) => score >= maybe)
    .map((match) => ({ ...match, decision: match.score >= sure ? 'sure' : 'maybe' }));
