import type { DecisionRule } from '../../packs/index.ts';

/** Comparison scores (cosine similarity, -1..1); maybe <= sure <= kinFrom. */
export interface Thresholds {
  sure: number;
  maybe: number;
  /** From here on a match is asked in its turn who is like it. */
  kinFrom: number;
  /** A face less like the probe than this is not taken by its likeness to others. */
  kinLeast: number;
}

/**
 * What scores mean among so many faces. A search compares one face with all of them, so that the chance of a stranger among the results is
 * FPIR = 1 - (1 - FMR)^faces (ISO/IEC 19795-1, strangers taken to be independent): the thresholds rise with the event.
 *
 * @param faces that the event's index holds
 * @param settings in the place of what is reckoned
 */
export function thresholdsFor(
  faces: number,
  { falseMatches, falsePositives, least, kin }: DecisionRule,
  settings: { sure?: number | undefined; maybe?: number | undefined } = {},
): Thresholds {
  const reckoned = (fpir: number, atLeast: number): number => {
    const fmr = 1 - (1 - fpir) ** (1 / Math.max(1, faces));
    return Math.min(1, Math.max(atLeast, scoreAt(fmr, falseMatches)));
  };
  const sure = settings.sure ?? reckoned(falsePositives.sure, least.sure);
  const maybe = Math.min(sure, settings.maybe ?? reckoned(falsePositives.maybe, least.maybe));
  return { sure, maybe, kinFrom: Math.min(1, sure + kin.margin), kinLeast: kin.least };
}

/** The score that this share of pairs of strangers reaches. Between two that were measured, and beyond the last, its logarithm falls in a line. */
export function scoreAt(fmr: number, measured: DecisionRule['falseMatches']): number {
  const next = measured.findIndex(([, share]) => share <= fmr);
  const upper = Math.max(1, next < 0 ? measured.length - 1 : next);
  const [[lowScore, lowShare], [highScore, highShare]] = [measured[upper - 1], measured[upper]];
  const along = Math.log(lowShare / fmr) / Math.log(lowShare / highShare);
  return lowScore + along * (highScore - lowScore);
}
