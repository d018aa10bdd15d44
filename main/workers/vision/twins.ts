import type { DetectorRecipe } from '../../packs/index.ts';
import type { Face } from '../index.ts';
import { cornersOf, suppress } from './nms.ts';
import type { Recognised } from './recognise.ts';

/**
 * Of faces that turn out to be one and the same, once the points of each have been found, the clearest; but none whose points have left their box in the
 * place of one whose points are where they should be: nose and beard may pass for a face, and a clear one.
 *
 * @returns the others as they came
 */
export function withoutTwins(found: readonly Recognised[], { nmsIou, nmsContainment }: DetectorRecipe): Face[] {
  const boxesOf = (some: readonly Recognised[]) =>
    some.map(({ face }) => ({ ...cornersOf(face.box), score: face.norm, face }));
  const inPlace = boxesOf(found.filter(({ isInPlace }) => isInPlace));
  const moved = boxesOf(found.filter(({ isInPlace }) => !isInPlace));
  const kept = suppress(moved, nmsIou, nmsContainment, suppress(inPlace, nmsIou, nmsContainment));
  const clearest = new Set(kept.map(({ face }) => face));
  return found.map(({ face }) => face).filter((face) => clearest.has(face));
}
