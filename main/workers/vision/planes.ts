import type { Picture } from './picture.ts';

/** How a network wants its pixels: (value - mean) / scale, planes in the order of `colour`. */
export interface InputForm {
  width: number;
  height: number;
  colour: 'RGB' | 'BGR';
  /** Three are of red, green and blue. */
  mean: number | readonly [number, number, number];
  scale: number;
}

/**
 * Lays a picture into a network's input, pixel for pixel. What it does not cover becomes 0, the network's own middle grey.
 *
 * @param left column of the input where the picture begins, pixels; @param top likewise its row. The picture fits.
 * @param input where to, if there is an array of that length already
 * @returns Float32Array, NCHW [1, 3, height, width]
 */
export function planesOf(
  picture: Picture,
  left: number,
  top: number,
  form: InputForm,
  input: Float32Array = new Float32Array(3 * form.width * form.height),
): Float32Array {
  const { width, height, pixels } = picture;
  const { colour, mean } = form;
  const [redMean, greenMean, blueMean] = typeof mean === 'number' ? [mean, mean, mean] : mean;
  const factor = 1 / form.scale;
  const plane = form.width * form.height;
  const [red, green, blue] = colour === 'RGB' ? [0, plane, 2 * plane] : [2 * plane, plane, 0];
  if (width < form.width || height < form.height) input.fill(0);
  let from = 0;
  for (let y = 0; y < height; y++) {
    const rowStart = (top + y) * form.width + left;
    for (let to = rowStart; to < rowStart + width; to++, from += 3) {
      input[red + to] = (pixels[from] - redMean) * factor;
      input[green + to] = (pixels[from + 1] - greenMean) * factor;
      input[blue + to] = (pixels[from + 2] - blueMean) * factor;
    }
  }
  return input;
}

/** The same values, the colours of a pixel side by side. @returns Float32Array, NHWC [1, height, width, 3] */
export function interleaved(planes: Float32Array): Float32Array {
  const plane = planes.length / 3;
  return Float32Array.from(planes, (_, i) => planes[(i % 3) * plane + Math.floor(i / 3)]);
}
