import { work } from './kernels/index.ts';
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
 * @returns Float32Array, NCHW [1, 3, height, width], in the picture's memory
 */
export function planesOf(picture: Picture, left: number, top: number, form: InputForm): Float32Array<ArrayBuffer> {
  const { width, height } = picture;
  const { colour, mean, scale } = form;
  const means = typeof mean === 'number' ? ([mean, mean, mean] as const) : mean;
  const plane = form.width * form.height;
  const first = top * form.width + left;
  const bytes = { result: 3 * plane * Float32Array.BYTES_PER_ELEMENT };
  const planes = work(picture.pixels, bytes, (kernels, { from, to, memory }) => {
    const isCovered = width === form.width && height === form.height;
    if (!isCovered) new Uint8Array(memory, to, bytes.result).fill(0);
    kernels.layPlanes(
      ...([from, width, height, to + first * Float32Array.BYTES_PER_ELEMENT] as const),
      ...([form.width * Float32Array.BYTES_PER_ELEMENT, plane * Float32Array.BYTES_PER_ELEMENT] as const),
      ...([colour === 'BGR', ...means, 1 / scale] as const),
    );
  });
  return new Float32Array(planes.buffer, planes.byteOffset, 3 * plane);
}

/** The same values, the colours of a pixel side by side. @returns Float32Array, NHWC [1, height, width, 3] */
export function interleaved(planes: Float32Array): Float32Array {
  const plane = planes.length / 3;
  return Float32Array.from(planes, (_, i) => planes[(i % 3) * plane + Math.floor(i / 3)]);
}
