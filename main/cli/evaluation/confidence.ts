import { figuresAt, rank1, type PhotoLabels, type ProbeScores, type SearchFigures } from './metrics.ts';

export type Interval = readonly [low: number, high: number];
export type Intervals = Record<keyof SearchFigures | 'rank1', Interval>;

const rounds = 1000;
const outside = 0.025;

/**
 * 95 % intervals by the bootstrap (Efron 1979): the figures of many sets of as many probes, drawn from those there are with replacement. They tell
 * how far other guests at the same event would be from these figures, not other events.
 *
 * @param random numbers in [0, 1)
 */
export function intervalsAt(
  threshold: number,
  probes: readonly ProbeScores[],
  labels: PhotoLabels,
  random: () => number,
): Intervals {
  const names = ['recall', 'precision', 'fpir', 'fnir', 'rank1'] as const;
  const drawn = Array.from({ length: rounds }, () => {
    const sample = probes.map(() => probes[Math.floor(random() * probes.length)]);
    return { ...figuresAt(threshold, sample, labels), rank1: rank1(sample, labels) };
  });
  const intervalOf = (name: (typeof names)[number]): Interval => {
    const sorted = drawn.map((figures) => figures[name]).sort((a, b) => a - b);
    return [sorted[Math.floor(rounds * outside)], sorted[Math.ceil(rounds * (1 - outside)) - 1]];
  };
  return Object.fromEntries(names.map((name) => [name, intervalOf(name)])) as Intervals;
}
