import { countDetections, type Corners } from '../../main/cli/evaluation/detection.ts';
import type { Rectangle } from '../fixtures/compose.ts';

// The labels are boxes of the same heads seen large, whose foreheads and chins the detector sees elsewhere when they are small.
export const leastIou = 0.3;

export const cornersOf = ({ x, y, width, height }: Rectangle): Corners => [x, y, x + width, y + height];

/** @param found boxes photo by photo, pixels of the photo */
export function countFaces(
  photos: readonly { faces: readonly Rectangle[] }[],
  found: readonly (readonly Rectangle[])[],
): { recall: number; falseFaces: number } {
  const counts = photos.map(({ faces }, i) => countDetections(faces.map(cornersOf), found[i].map(cornersOf), leastIou));
  const sum = (of: (count: (typeof counts)[number]) => number) => counts.reduce((all, count) => all + of(count), 0);
  const [hits, misses] = [sum(({ found: hit }) => hit), sum(({ missed }) => missed)];
  return { recall: hits / (hits + misses), falseFaces: sum(({ falseFaces }) => falseFaces) };
}
