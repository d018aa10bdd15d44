import type { FaceBox } from './faceTable.ts';

// Another look at a photo, also by other models, finds a face at nearly the same place.
const sameFaceIou = 0.4;

/** Whether two boxes of one photo are of the same face. */
export const isSameFace = (a: FaceBox, b: FaceBox): boolean => iouOf(a, b) >= sameFaceIou;

/** Intersection over union, 0..1. */
function iouOf(a: FaceBox, b: FaceBox): number {
  const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const common = Math.max(0, across) * Math.max(0, down);
  return common / (a.width * a.height + b.width * b.height - common);
}
