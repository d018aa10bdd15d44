import type { ShownPhoto } from '../store/index.ts';

/**
 * Brings the photos of each burst together, at the place of the first of them, the sharpest first: one is shown, and the others are behind it.
 *
 * @param photos best first
 */
export function bestOfBursts(photos: readonly ShownPhoto[]): ShownPhoto[] {
  const bursts = new Map<number, ShownPhoto[]>();
  for (const photo of photos) {
    const key = photo.burstId ?? photo.id;
    bursts.set(key, [...(bursts.get(key) ?? []), photo]);
  }
  return [...bursts.values()].flatMap((burst) => burst.toSorted((a, b) => b.sharpness - a.sharpness));
}
