import { work } from './kernels/index.ts';
import type { Picture } from './picture.ts';

/** Five points x1, y1, ...: left eye, right eye, nose tip, left and right mouth corner, as seen. */
export type FivePoints = readonly number[];

/** x' = a x - b y + tx, y' = b x + a y + ty: rotation, one scale, and a shift. */
export interface Similarity {
  a: number;
  b: number;
  tx: number;
  ty: number;
}

/** Where the five points lie in an aligned face of 112x112 pixels; the template that ArcFace (Deng et al. 2019) is trained on. */
export const arcfacePoints: FivePoints = [
  38.2946, 51.6963, 73.5318, 51.5014, 56.0252, 71.7366, 41.5493, 92.3655, 70.7299, 92.2041,
];

/**
 * The least-squares similarity that takes one set of points to another (Umeyama 1991, without reflection). In the plane its closed form
 * needs no singular value decomposition.
 *
 * @param from x1, y1, ... of n points, n >= 2, not all the same
 * @param to as many points
 */
export function similarityBetween(from: FivePoints, to: FivePoints): Similarity {
  const count = from.length / 2;
  let fromX = 0;
  let fromY = 0;
  let toX = 0;
  let toY = 0;
  for (let i = 0; i < from.length; i += 2) {
    fromX += from[i] / count;
    fromY += from[i + 1] / count;
    toX += to[i] / count;
    toY += to[i + 1] / count;
  }
  let spread = 0;
  let along = 0;
  let turned = 0;
  for (let i = 0; i < from.length; i += 2) {
    const x = from[i] - fromX;
    const y = from[i + 1] - fromY;
    const u = to[i] - toX;
    const v = to[i + 1] - toY;
    spread += x * x + y * y;
    along += x * u + y * v;
    turned += x * v - y * u;
  }
  const a = along / spread;
  const b = turned / spread;
  return { a, b, tx: toX - a * fromX + b * fromY, ty: toY - b * fromX - a * fromY };
}

/** The similarity that undoes another. Not the one fitted the other way round: least squares there shrinks what it cannot explain. */
export function inverseOf({ a, b, tx, ty }: Similarity): Similarity {
  const squaredScale = a * a + b * b;
  const back = { a: a / squaredScale, b: -b / squaredScale };
  return { ...back, tx: -back.a * tx + back.b * ty, ty: -back.b * tx - back.a * ty };
}

/** Points x1, y1, ... where a similarity takes them. */
export function placed({ a, b, tx, ty }: Similarity, points: readonly number[]): number[] {
  const there: number[] = [];
  for (let i = 0; i < points.length; i += 2) {
    there.push(a * points[i] - b * points[i + 1] + tx, b * points[i] + a * points[i + 1] + ty);
  }
  return there;
}

/** How an aligned face goes into the recogniser: (value - mean) / scale, planes in the order of `colour`. */
export interface AlignedForm {
  sizePx: number;
  colour: 'RGB' | 'BGR';
  mean: number;
  scale: number;
}

/** Cuts out a face so that its five points (pixels of the picture) come to lie on the template's. See warp. */
export const alignFace = (picture: Picture, points: FivePoints, form: AlignedForm): Float32Array =>
  warp(picture, similarityBetween(points, arcfacePoints), form);

/**
 * Draws a picture as the similarity places it. Where it shrinks, each pixel is the mean of a grid of bilinear samples; what lies outside
 * the picture repeats its border.
 *
 * @param placement from pixels of the picture to pixels of the result; whole numbers are pixel centres on both sides
 * @returns Float32Array, NCHW [1, 3, sizePx, sizePx], in the picture's memory
 */
export function warp(picture: Picture, placement: Similarity, form: AlignedForm): Float32Array<ArrayBuffer> {
  const { sizePx, mean, scale, colour } = form;
  const { a, b, tx, ty } = inverseOf(placement);
  const samples = Math.max(1, Math.ceil(Math.hypot(a, b)));
  const plane = sizePx * sizePx;
  const bytes = { result: 3 * plane * Float32Array.BYTES_PER_ELEMENT };
  const planes = work(picture.pixels, bytes, (kernels, { from, to }) =>
    kernels.warp(
      ...([from, picture.width, picture.height, to, sizePx, colour === 'BGR'] as const),
      ...([a, b, tx, ty, samples, mean, 1 / scale] as const),
    ),
  );
  return new Float32Array(planes.buffer, planes.byteOffset, 3 * plane);
}
