import type { Box } from '../index.ts';
import type { Detection } from './detectors/index.ts';

export type Corners = Pick<Detection, 'x1' | 'y1' | 'x2' | 'y2'>;

export const cornersOf = ({ x, y, width, height }: Box): Corners => ({ x1: x, y1: y, x2: x + width, y2: y + height });

const areaOf = ({ x1, y1, x2, y2 }: Corners): number => Math.max(0, x2 - x1) * Math.max(0, y2 - y1);

/** Area that two boxes share, square pixels. */
export function intersectionOf(a: Corners, b: Corners): number {
  const width = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1);
  const height = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1);
  return width > 0 && height > 0 ? width * height : 0;
}

/** Intersection over union, 0..1. */
export function iouOf(a: Corners, b: Corners): number {
  const shared = intersectionOf(a, b);
  return shared === 0 ? 0 : shared / (areaOf(a) + areaOf(b) - shared);
}

export const iou = (a: Box, b: Box): number => iouOf(cornersOf(a), cornersOf(b));

/**
 * Greedy non-maximum suppression: the best box stays, whatever overlaps it too much goes, and so on down the scores.
 *
 * @param detections in any order
 * @param maxIou most intersection over union that two kept boxes may have
 * @param maxContainment most of the smaller box that may lie in the larger: drops a face's nose found as a face
 * @param before boxes that stay whatever their scores
 * @returns those and the kept ones, best first
 */
export function suppress<D extends Detection>(
  detections: readonly D[],
  maxIou: number,
  maxContainment: number,
  before: readonly D[] = [],
): D[] {
  const kept = [...before];
  for (const candidate of [...detections].sort((a, b) => b.score - a.score)) {
    const area = areaOf(candidate);
    const isNew = kept.every((better) => {
      const shared = intersectionOf(candidate, better);
      if (shared === 0) return true;
      const betterArea = areaOf(better);
      return shared <= maxIou * (area + betterArea - shared) && shared <= maxContainment * Math.min(area, betterArea);
    });
    if (isNew) kept.push(candidate);
  }
  return kept;
}
