import type { Picture } from './picture.ts';

/** A square of a picture: top left corner and side, pixels of the picture. May reach beyond its border. */
export interface Square {
  x: number;
  y: number;
  sidePx: number;
}

/** For each output position: which inputs count, and how much (triangle filter; its support grows with the shrinking). */
interface Taps {
  first: Int32Array;
  count: Int32Array;
  weights: Float64Array;
  most: number;
}

function tapsOf(origin: number, step: number, outputs: number, inputs: number): Taps {
  const support = Math.max(1, step);
  const most = Math.ceil(support * 2) + 1;
  const first = new Int32Array(outputs);
  const count = new Int32Array(outputs);
  const weights = new Float64Array(outputs * most);
  for (let i = 0; i < outputs; i++) {
    const centre = origin + (i + 0.5) * step;
    if (centre < 0 || centre >= inputs) continue;
    const low = Math.max(0, Math.ceil(centre - support - 0.5));
    const high = Math.min(inputs - 1, Math.floor(centre + support - 0.5));
    let sum = 0;
    for (let j = low; j <= high; j++) {
      const weight = Math.max(0, 1 - Math.abs(j + 0.5 - centre) / support);
      weights[i * most + j - low] = weight;
      sum += weight;
    }
    first[i] = low;
    count[i] = high - low + 1;
    for (let j = 0; j < count[i]; j++) weights[i * most + j] /= sum;
  }
  return { first, count, weights, most };
}

/**
 * A square of a picture at another size, in gray (BT.601). What lies outside the picture is black.
 *
 * @param sizePx side of the result, pixels
 * @param scale values are gray / scale
 * @returns Float32Array, NCHW [1, 1, sizePx, sizePx]
 */
export function grayCrop(picture: Picture, { x, y, sidePx }: Square, sizePx: number, scale: number): Float32Array {
  const { width, height, pixels } = picture;
  const step = sidePx / sizePx;
  const across = tapsOf(x, step, sizePx, width);
  const down = tapsOf(y, step, sizePx, height);
  const input = new Float32Array(sizePx * sizePx);
  for (let row = 0; row < sizePx; row++) {
    for (let column = 0; column < sizePx; column++) {
      let gray = 0;
      for (let v = 0; v < down.count[row]; v++) {
        let from = ((down.first[row] + v) * width + across.first[column]) * 3;
        let line = 0;
        for (let u = 0; u < across.count[column]; u++, from += 3) {
          const luma = 0.299 * pixels[from] + 0.587 * pixels[from + 1] + 0.114 * pixels[from + 2];
          line += across.weights[column * across.most + u] * luma;
        }
        gray += down.weights[row * down.most + v] * line;
      }
      input[row * sizePx + column] = gray / scale;
    }
  }
  return input;
}
