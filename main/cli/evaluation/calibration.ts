import { fail, ok, type Result } from '../../../preload/index.ts';
import { scoreAt } from '../../core/index.ts';
import type { DecisionRule } from '../../packs/index.ts';

// Shares of pairs of strangers, and how many pairs have to be as alike for the share to mean anything.
const shares = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6];
const leastPairs = 10;
// Where the default pack's own lie.
const leastShares = { sure: 1e-4, maybe: 1e-3, kin: 2.5e-3 };

// What is wanted of searches, whichever the pack.
const wanted = { falsePositives: { sure: 0.01, maybe: 0.3 }, kinMargin: 0.05 };

/** Of a pack whose scores have not been measured: nobody is like anybody. */
export const beforeCalibration: DecisionRule = {
  falseMatches: [
    [0, 0.5],
    [1, Number.MIN_VALUE],
  ],
  falsePositives: wanted.falsePositives,
  least: { sure: 1, maybe: 1 },
  kin: { margin: wanted.kinMargin, least: 1 },
};

/**
 * What a pack's thresholds follow from, by how alike strangers are to it.
 *
 * @param scores the best of each comparison of a person with a photo of others
 * @param pairs faces that were compared in all: a photo may show several
 * @returns the rule, or calibration.too-few where there are too few pairs for two points of the curve
 */
export function calibrated(scores: readonly number[], pairs: number, before: DecisionRule): Result<DecisionRule> {
  const falling = scores.toSorted((a, b) => b - a);
  const falseMatches = shares
    .filter((share) => share * pairs >= leastPairs)
    .map((share): [number, number] => [rounded(falling[Math.round(share * pairs) - 1] ?? -1), share])
    .filter(([score], i, all) => i === 0 || score > all[i - 1][0]);
  if (falseMatches.length < 2) return fail('calibration.too-few', String(pairs));
  const at = (share: number) => rounded(scoreAt(share, falseMatches));
  return ok({
    ...before,
    falseMatches,
    least: { sure: at(leastShares.sure), maybe: at(leastShares.maybe) },
    kin: { ...before.kin, least: at(leastShares.kin) },
  });
}

const rounded = (score: number): number => Math.round(score * 1000) / 1000;
