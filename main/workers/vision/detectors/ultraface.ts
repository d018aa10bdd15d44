import type { UltrafaceRecipe } from '../../../packs/index.ts';
import type { Decode, Detection } from './detection.ts';
import { ssdBox } from './ssd.ts';

// The UltraFace (RFB) family: one score and one box regression for each prior. The priors as found by measurement; see docs/models.md.

export const ultraface =
  (recipe: UltrafaceRecipe): Decode =>
  (outputs, { width, height }) =>
    decodeDetections(
      outputs(recipe.outputs.scores),
      outputs(recipe.outputs.boxes),
      knownPriorsOf(width, height, recipe),
      recipe,
    );

// A photo is looked at in copies of a few sizes, and the next one in the same ones. The priors of the largest fill 2 MB.
const mostKnown = 16;
const known = new Map<string, Float32Array>();

function knownPriorsOf(width: number, height: number, recipe: UltrafaceRecipe): Float32Array {
  const key = JSON.stringify([width, height, recipe.strides, recipe.minSizes, recipe.maxPriorHeightPx]);
  const priors = known.get(key) ?? priorsOf(width, height, recipe);
  // What was asked for last comes last.
  known.delete(key);
  known.set(key, priors);
  const [oldest] = known.keys();
  if (known.size > mostKnown) known.delete(oldest);
  return priors;
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
export function priorsOf(width: number, height: number, recipe: UltrafaceRecipe): Float32Array {
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
  recipe: UltrafaceRecipe,
): Detection[] {
  const detections: Detection[] = [];
  for (let i = 0; i * 4 < priors.length; i++) {
    const score = scores[i * 2 + 1];
    if (score < recipe.scoreThreshold) continue;
    detections.push({ ...ssdBox(regression, priors, i * 4, recipe), score });
  }
  return detections;
}
