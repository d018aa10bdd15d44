import type { LandmarkRecipe } from '../../packs/index.ts';
import type { FivePoints } from './align.ts';

// How far the tip of the nose stands out from the eyes and the mouth, in distances from the eyes to the mouth: as measured on heads turned aside.
const noseLength = 0.45;
// The least of it that has to be seen: noses differ, and points are not found exactly.
const leastShare = 0.5;
// Above this the eyes of an open-mouthed face may be as near each other, seen from the front.
const turnedCosine = 0.63;

/**
 * Whether a face can have its points there. The network finds points in anything; where there is no face they come to lie like those of a narrow one. Eyes that
 * look so close together are those of a head turned aside, and then its nose stands out to one side.
 *
 * @param points in any unit
 */
export function canBeAFaces(points: FivePoints, { usual }: Pick<LandmarkRecipe, 'usual'>): boolean {
  const { eyes, nose } = shapeOf(points);
  const cosine = eyes / shapeOf(usual).eyes;
  if (cosine > turnedCosine) return true;
  const toBeSeen = noseLength * Math.sqrt(1 - Math.max(0, cosine) ** 2);
  return Math.abs(nose) >= leastShare * toBeSeen;
}

// In heights of the face: those of one face in a hundred move further.
const mostDrift = 0.25;

/**
 * Whether points that were looked for once more are the same as before: where there is no face they are found elsewhere each time.
 *
 * @param faceHeight in the points' unit
 */
export function staysInPlace(before: FivePoints, after: FivePoints, faceHeight: number): boolean {
  const moved = after.map((value, i) => value - before[i]);
  return moved.every((across, i) => i % 2 === 1 || Math.hypot(across, moved[i + 1]) <= mostDrift * faceHeight);
}

/** Across the line from between the eyes to the mouth, and in lengths of it: how far apart the eyes are, and how far off the tip of the nose. */
function shapeOf([leftX, leftY, rightX, rightY, noseX, noseY, mouthX1, mouthY1, mouthX2, mouthY2]: FivePoints) {
  const [eyesX, eyesY] = [(leftX + rightX) / 2, (leftY + rightY) / 2];
  const [downX, downY] = [(mouthX1 + mouthX2) / 2 - eyesX, (mouthY1 + mouthY2) / 2 - eyesY];
  const length = Math.max(Number.EPSILON, downX ** 2 + downY ** 2);
  const across = (x: number, y: number) => (x * downY - y * downX) / length;
  return { eyes: across(rightX - leftX, rightY - leftY), nose: across(noseX - eyesX, noseY - eyesY) };
}
