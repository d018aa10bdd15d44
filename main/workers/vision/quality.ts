import type { Manifest } from '../../packs/index.ts';
import type { FivePoints } from './align.ts';

/** How a face is seen, in the crop that the recogniser is given. */
interface Appearance {
  /** ln of the mean square of the Laplacian over the variance, both of luma: less is more blurred, or from fewer pixels. */
  sharpness: number;
  /** Share of the face that is as bright as white, 0..1. */
  glare: number;
}

// Measured on faces that were made smaller, blurred, darkened and overexposed, and on faces as they are in photos (docs/recognition.md, "How well a face
// is seen"): the part that each has in how much of its likeness to a clear picture of the person a face keeps.
const parts = { norm: 1.25, sharpness: 0.11, glare: -0.38, nod: -0.5, offset: -0.2 };

// What is found has been recognised as a face, and is never worth nothing.
const least = 0.05;

// What is sharper has noise, and gains nothing by it.
const sharpEnough = -2.4;
// BT.601 luma, 0..255.
const glaring = 250;
// Between the eyes and the mouth, where the nose's tip lies in a head held straight.
const noseAt = 0.6;

/**
 * How well a face is seen: the share of its likeness to a clear picture of the person that it can be expected to keep, from size, sharpness, light, pose
 * and the length of the template. A usual clear face has about 1, one that is hardly recognised .5.
 *
 * @param aligned Float32Array [3, sizePx, sizePx] as the recogniser is given it; @param points five, in any unit; @param norm of the raw template
 * @returns more than 0, may be more than 1
 */
export function qualityOf(
  { aligned, points, norm }: { aligned: Float32Array; points: FivePoints; norm: number },
  recipe: Manifest['template'],
): number {
  const { sharpness, glare } = appearanceOf(aligned, recipe);
  // Of a recogniser whose norms say nothing of it, every face passes for a usual one.
  const ofUsual = recipe.usualNorm === undefined ? 1 : norm / recipe.usualNorm;
  const sum =
    parts.norm * ofUsual +
    parts.sharpness * Math.min(0, sharpness - sharpEnough) +
    parts.glare * glare +
    parts.nod * Math.abs(nosePlaceOf(points) - noseAt) +
    parts.offset;
  return Math.max(least, sum);
}

/** How far down from the eyes to the mouth the tip of the nose lies: more in a head that nods, less in one that looks up. */
function nosePlaceOf([leftX, leftY, rightX, rightY, noseX, noseY, mouthX1, mouthY1, mouthX2, mouthY2]: FivePoints) {
  const [acrossX, acrossY] = [rightX - leftX, rightY - leftY];
  const [eyesX, eyesY] = [(leftX + rightX) / 2, (leftY + rightY) / 2];
  const down = (x: number, y: number) => (y - eyesY) * acrossX - (x - eyesX) * acrossY;
  const mouth = down((mouthX1 + mouthX2) / 2, (mouthY1 + mouthY2) / 2);
  return Math.abs(mouth) < Number.EPSILON ? noseAt : Math.min(1, Math.max(0, down(noseX, noseY) / mouth));
}

/** Within the ellipse of the face: hair and background say nothing of it. */
function appearanceOf(aligned: Float32Array, { sizePx, colour, mean, scale }: Manifest['template']): Appearance {
  const luma = lumaOf(aligned, colour);
  let count = 0;
  let sum = 0;
  let squares = 0;
  let laplacians = 0;
  let bright = 0;
  const white = (glaring - mean) / scale;
  for (let y = 1; y < sizePx - 1; y++) {
    const reach = faceReach(y / sizePx) * sizePx;
    const from = Math.max(1, Math.ceil(sizePx / 2 - reach));
    const to = Math.min(sizePx - 1, Math.floor(sizePx / 2 + reach));
    for (let at = y * sizePx + from; at < y * sizePx + to; at++) {
      const value = luma[at];
      const laplacian = 4 * value - luma[at - 1] - luma[at + 1] - luma[at - sizePx] - luma[at + sizePx];
      count += 1;
      sum += value;
      squares += value * value;
      laplacians += laplacian * laplacian;
      if (value >= white) bright += 1;
    }
  }
  const variance = Math.max(0, squares / count - (sum / count) ** 2);
  // One step of 255 on both sides: what is all of one colour is not sharp.
  const step = 1 / scale ** 2;
  return { sharpness: Math.log((laplacians / count + step) / (variance + step)), glare: bright / count };
}

/** Half the width of the face at a height, both shares of the aligned crop's side. */
function faceReach(height: number): number {
  const along = (height - 0.54) / 0.5;
  return along * along < 1 ? 0.39 * Math.sqrt(1 - along * along) : 0;
}

function lumaOf(planes: Float32Array, colour: 'RGB' | 'BGR'): Float32Array {
  const size = planes.length / 3;
  const [red, blue] = colour === 'RGB' ? [0, 2 * size] : [2 * size, 0];
  const luma = new Float32Array(size);
  for (let i = 0; i < size; i++)
    luma[i] = 0.299 * planes[red + i] + 0.587 * planes[size + i] + 0.114 * planes[blue + i];
  return luma;
}
