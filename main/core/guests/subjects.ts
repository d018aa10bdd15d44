import type { FramePoint } from '../../../preload/index.ts';
import type { Box } from '../../workers/index.ts';

interface Size {
  width: number;
  height: number;
}

// Whoever is less than half as large as the nearest stands far behind: a passer-by, not a guest.
const leastShareOfNearest = 0.5;

/** The people who stand before the camera together, nearest first; those far behind them are left out. */
export function foremost<T extends { box: Box }>(faces: readonly T[]): T[] {
  const nearestFirst = faces.toSorted((a, b) => b.box.height - a.box.height);
  const nearest = nearestFirst.at(0)?.box.height ?? 0;
  return nearestFirst.filter(({ box }) => box.height >= nearest * leastShareOfNearest);
}

/**
 * The faces that are searched for: those nearest to where they were last seen, each for one person only.
 *
 * @param subjects fractions of the frame; none: the one who stands alone before the camera
 * @param frame its size, in the unit of the boxes
 * @returns for each subject its face, or undefined for one who is not to be seen now
 */
export function facesOf<T extends { box: Box }>(
  faces: readonly T[],
  subjects: readonly FramePoint[],
  frame: Size,
): (T | undefined)[] {
  const candidates = foremost(faces);
  if (subjects.length === 0) return candidates.length === 1 ? candidates : [undefined];

  const pairs = subjects
    .flatMap((subject, i) =>
      candidates.map((face) => ({ i, face, distance: distanceBetween(subject, face.box, frame) })),
    )
    .filter(({ face, distance }) => distance <= face.box.height)
    .sort((a, b) => a.distance - b.distance);
  const chosen: (T | undefined)[] = subjects.map(() => undefined);
  const taken = new Set<T>();
  for (const { i, face } of pairs) {
    if (chosen[i] !== undefined || taken.has(face)) continue;
    chosen[i] = face;
    taken.add(face);
  }
  return chosen;
}

const distanceBetween = (point: FramePoint, { x, y, width, height }: Box, frame: Size): number =>
  Math.hypot(point.x * frame.width - (x + width / 2), point.y * frame.height - (y + height / 2));
