import type { DetectorRecipe } from '../../packs/index.ts';
import type { Detection } from './detectors/index.ts';
import { suppress } from './nms.ts';

/**
 * Each face once, of those seen in the first copy and in the larger one. What is small belongs to the surer look: from afar, head and shoulders may pass for one
 * face, and would keep out the face itself. What is not small is seen better in the first.
 *
 * @param first each face of it once
 */
export const ofBothCopies = (
  first: readonly Detection[],
  larger: readonly Detection[],
  isSmall: (face: Detection) => boolean,
  { nmsIou, nmsContainment }: Pick<DetectorRecipe, 'nmsIou' | 'nmsContainment'>,
): Detection[] =>
  suppress(
    [...first, ...larger].filter(isSmall),
    nmsIou,
    nmsContainment,
    first.filter((face) => !isSmall(face)),
  );
