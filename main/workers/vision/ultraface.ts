import type { DetectorRecipe } from '../../packs/index.ts';

// The UltraFace (RFB) family: one score and one box regression for each prior. Decoding as published with SSD
// (Liu et al. 2016, section 2.2), the priors as found by measurement; see docs/models.md.

/** A candidate in pixels of the detector's input. */
export interface Detection {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  score: number;
}

/** Rows or columns of each feature map: the side halved, rounded up, once a stride-2 step. */
function mapSides(sidePx: number, strides: readonly number[]): number[] {
  return strides.map((stride) => {
    let side = sidePx;
    for (let step = stride; step > 1; step /= 2) side = Math.ceil(side / 2);
    return side;
  });
}

/**
 * The boxes that the regression starts from, in the order of the network's outputs.
 *
 * @param width of the detector's input, pixels
 * @param height of the detector's input, pixels
 * @returns Float32Array [priors, 4]: centre x, centre y, width, height in pixels of the input
 */
export function priorsOf(width: number, height: number, recipe: DetectorRecipe): Float32Array {
  const columns = mapSides(width, recipe.strides);
  const rows = mapSides(height, recipe.strides);
  const count = recipe.minSizes.reduce((sum, sizes, i) => sum + sizes.length * columns[i] * rows[i], 0);
  const priors = new Float32Array(count * 4);
  let at = 0;
  recipe.minSizes.forEach((sizes, level) => {
    for (let row = 0; row < rows[level]; row++) {
      for (let column = 0; column < columns[level]; column++) {
        for (const size of sizes) {
          priors[at++] = ((column + 0.5) * width) / columns[level];
          priors[at++] = ((row + 0.5) * height) / rows[level];
          priors[at++] = size;
          priors[at++] = Math.min(size, recipe.maxPriorHeightPx);
        }
      }
    }
  });
  return priors;
}

/**
 * Turns the network's outputs into boxes.
 *
 * @param scores Float32Array [priors, 2]: background, face
 * @param regression Float32Array [priors, 4]: dx, dy, dw, dh
 * @param priors as priorsOf gives them
 * @returns the candidates at or above the recipe's score threshold, in the order of the priors
 */
export function decodeDetections(
  scores: Float32Array,
  regression: Float32Array,
  priors: Float32Array,
  recipe: DetectorRecipe,
): Detection[] {
  const { scoreThreshold, centreVariance, sizeVariance } = recipe;
  const detections: Detection[] = [];
  for (let i = 0; i * 4 < priors.length; i++) {
    const score = scores[i * 2 + 1];
    if (score < scoreThreshold) continue;
    const at = i * 4;
    const priorWidth = priors[at + 2];
    const priorHeight = priors[at + 3];
    const centreX = regression[at] * centreVariance * priorWidth + priors[at];
    const centreY = regression[at + 1] * centreVariance * priorHeight + priors[at + 1];
    const halfWidth = (Math.exp(regression[at + 2] * sizeVariance) * priorWidth) / 2;
    const halfHeight = (Math.exp(regression[at + 3] * sizeVariance) * priorHeight) / 2;
    detections.push({
      x1: centreX - halfWidth,
      y1: centreY - halfHeight,
      x2: centreX + halfWidth,
      y2: centreY + halfHeight,
      score,
    });
  }
  return detections;
}
