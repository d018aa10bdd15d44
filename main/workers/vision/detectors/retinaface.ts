import type { RetinafaceRecipe } from '../../../packs/index.ts';
import { cellsOf, type Decode, type Detection, type InputSize } from './detection.ts';
import { ssdBox } from './ssd.ts';

/**
 * RetinaFace (Deng et al. 2020) as its PyTorch port exports it (biubug6/Pytorch_Retinaface): one tensor each of boxes, scores (background, face) and five
 * points, over square priors in the middle of each cell. Boxes are decoded as SSD's; a point is its distance from the prior's centre in prior sides,
 * times the centre's variance.
 */
export const retinaface =
  (recipe: RetinafaceRecipe): Decode =>
  (outputs, size) => {
    const priors = squarePriorsOf(size, recipe);
    const scores = outputs(recipe.outputs.scores);
    const regression = outputs(recipe.outputs.boxes);
    const offsets = outputs(recipe.outputs.points);
    const detections: Detection[] = [];
    for (let i = 0; i * 4 < priors.length; i++) {
      const score = scores[i * 2 + 1];
      if (score < recipe.scoreThreshold) continue;
      const prior = priors.subarray(i * 4, i * 4 + 4);
      const reach = recipe.centreVariance * prior[2];
      detections.push({
        ...ssdBox(regression, priors, i * 4, recipe),
        score,
        points: Array.from(offsets.subarray(i * 10, i * 10 + 10), (offset, k) => prior[k % 2] + offset * reach),
      });
    }
    return detections;
  };

/** @returns Float32Array [priors, 4]: centre x, centre y, width, height in pixels of the input; level by level, cell by cell, size by size */
export function squarePriorsOf(size: InputSize, { strides, minSizes }: RetinafaceRecipe): Float32Array {
  const priors: number[] = [];
  strides.forEach((stride, level) => {
    for (const { column, row } of cellsOf(size, stride)) {
      for (const side of minSizes[level]) priors.push((column + 0.5) * stride, (row + 0.5) * stride, side, side);
    }
  });
  return Float32Array.from(priors);
}
