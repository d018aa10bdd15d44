import { figuresAt, type PhotoLabels, type ProbeScores } from './metrics.ts';

/** At a threshold: the share of strangers who find something, and of those in photos who find none of theirs. */
export interface DetPoint {
  threshold: number;
  fpir: number;
  fnir: number;
}

/** The detection error trade-off (ISO/IEC 19795-1): a point for every threshold at which anything changes, the lowest first. */
export function detOf(probes: readonly ProbeScores[], labels: PhotoLabels): DetPoint[] {
  const best = probes.flatMap(({ scores }) => [...(scores ?? [])].map(([, score]) => score));
  const thresholds = [...new Set(best)].filter((score) => score > lowest).sort((a, b) => a - b);
  const points: DetPoint[] = [];
  for (const threshold of [lowest, ...thresholds]) {
    const { fpir, fnir } = figuresAt(threshold, probes, labels);
    const last = points.at(-1);
    if (last?.fpir === fpir && last.fnir === fnir) last.threshold = threshold;
    else points.push({ threshold, fpir, fnir });
  }
  return points;
}

// Nothing is decided so low.
const lowest = 0.2;

/** The least share of misses at which no more strangers find something. @returns undefined where there are too few strangers to tell */
export function fnirAt(fpir: number, points: readonly DetPoint[], strangers: number): number | undefined {
  if (strangers * fpir < 1) return undefined;
  const allowed = points.filter((point) => point.fpir <= fpir).map((point) => point.fnir);
  return allowed.length === 0 ? 1 : Math.min(...allowed);
}
