import type { InferenceSession } from 'onnxruntime-node';
import type { LandmarkRecipe, Manifest } from '../../packs/index.ts';
import type { Box } from '../index.ts';
import { inverseOf, placed, similarityBetween, warp, type FivePoints, type Similarity } from './align.ts';
import { grayCrop, type Square } from './grayCrop.ts';
import { giveBack } from './kernels/index.ts';
import type { Picture } from './picture.ts';
import { runOne, type Sessions } from './sessions.ts';

// Indexes into the 68 points of the iBUG 300-W scheme (Sagonas et al. 2013), counted from 0.
const leftEye = [36, 41] as const;
const rightEye = [42, 47] as const;
const noseTip = 30;
const leftMouthCorner = 48;
const rightMouthCorner = 54;

/** The network that finds points, and how it is fed. */
export interface LandmarkNetwork {
  recipe: LandmarkRecipe;
  session: InferenceSession;
}

/** @returns undefined for a pack whose detector finds the points itself */
export const landmarkNetworkOf = ({ landmarks }: Manifest, { landmark }: Sessions): LandmarkNetwork | undefined =>
  landmarks === undefined || landmark === undefined ? undefined : { recipe: landmarks, session: landmark };

/**
 * The five points of a face: those that the detector has found, or else those that the network sees.
 *
 * @param found pixels of the picture
 * @returns likewise
 */
export function pointsOf(
  picture: Picture,
  { box, points }: { box: Box; points?: FivePoints | undefined },
  network: LandmarkNetwork | undefined,
): Promise<FivePoints> {
  if (points !== undefined) return Promise.resolve(points);
  if (network === undefined) throw new Error('a pack whose detector finds no points has to have a network that does');
  return findPoints(picture, box, network);
}

/**
 * Looks for the five points of a face.
 *
 * @param box pixels of the picture
 * @returns likewise
 */
async function findPoints(
  picture: Picture,
  box: Box,
  { recipe: { sizePx, scale, input, output }, session }: LandmarkNetwork,
): Promise<FivePoints> {
  const square = landmarkSquare(box);
  const crop = grayCrop(picture, square, sizePx, scale);
  const found = await runOne(session, input, crop, [1, 1, sizePx, sizePx], output);
  return fivePointsOf(found, square);
}

/**
 * Looks once more where a first look has found the points, in a crop that is turned and as large as they say: a head that is tilted, or in a box that fits
 * badly, is seen then as the network likes it.
 *
 * @param points pixels of the picture
 * @returns likewise
 */
export async function findPointsAgain(
  picture: Picture,
  points: FivePoints,
  { recipe: { sizePx, scale, input, output, usual }, session }: LandmarkNetwork,
): Promise<FivePoints> {
  // Whole numbers are pixel centres to warp, and edges to the network.
  const inCrop = usual.map((share) => share * sizePx - 0.5);
  const placement = similarityBetween(points, inCrop);
  const planes = warp(picture, placement, { sizePx, colour: 'RGB', mean: 0, scale: 1 });
  const crop = new Float32Array(sizePx * sizePx);
  for (let i = 0; i < crop.length; i++) {
    const gray = 0.299 * planes[i] + 0.587 * planes[crop.length + i] + 0.114 * planes[2 * crop.length + i];
    crop[i] = gray / scale;
  }
  giveBack(planes);
  const found = await runOne(session, input, crop, [1, 1, sizePx, sizePx], output);
  const again = fivePointsOf(found, { x: -0.5, y: -0.5, sidePx: sizePx });
  return placed(inverseOf(placement), again);
}

/** The box of a face with these points, its sides upright, as the detector draws it round a face that it sees well. */
export function boxAround(points: FivePoints, { usual, aspect }: LandmarkRecipe): Box {
  const fit: Similarity = similarityBetween(usual, points);
  const [centreX, centreY] = placed(fit, [0.5, 0.5]);
  const height = Math.hypot(fit.a, fit.b);
  const width = height * aspect;
  return { x: centreX - width / 2, y: centreY - height / 2, width, height };
}

/** The square that the landmark network looks at: as high as the box, around its centre. Pixels of the picture. */
export function landmarkSquare({ x, y, width, height }: Box): Square {
  return { x: x + width / 2 - height / 2, y, sidePx: height };
}

/**
 * The five points that a face is aligned by.
 *
 * @param points Float32Array [68, 2]: x, y as fractions of the square
 * @returns x1, y1, ... in the square's own pixels
 */
export function fivePointsOf(points: Float32Array, square: Square): FivePoints {
  const place = ([x, y]: readonly [number, number]) => [square.x + x * square.sidePx, square.y + y * square.sidePx];
  return [
    ...place(meanOf(points, leftEye[0], leftEye[1])),
    ...place(meanOf(points, rightEye[0], rightEye[1])),
    ...place(meanOf(points, noseTip, noseTip)),
    ...place(meanOf(points, leftMouthCorner, leftMouthCorner)),
    ...place(meanOf(points, rightMouthCorner, rightMouthCorner)),
  ];
}

function meanOf(points: Float32Array, from: number, to: number): [number, number] {
  let x = 0;
  let y = 0;
  for (let i = from; i <= to; i++) {
    x += points[i * 2];
    y += points[i * 2 + 1];
  }
  const count = to - from + 1;
  return [x / count, y / count];
}
