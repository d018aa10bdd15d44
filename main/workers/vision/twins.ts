import type { DetectorRecipe } from '../../packs/index.ts';
import type { Face } from '../index.ts';
import { cornersOf, suppress } from './nms.ts';

/** Of faces that turn out to be one and the same, once the points of each have been found, the clearest. @returns the others as they came */
export function withoutTwins(faces: readonly Face[], { nmsIou, nmsContainment }: DetectorRecipe): Face[] {
  const clearest = suppress(
    faces.map((face) => ({ ...cornersOf(face.box), score: face.norm, face })),
    nmsIou,
    nmsContainment,
  );
  const kept = new Set(clearest.map(({ face }) => face));
  return faces.filter((face) => kept.has(face));
}
