import { Tensor, type InferenceSession } from 'onnxruntime-node';
import type { DetectorRecipe } from '../../packs/index.ts';
import type { Lane } from '../../processes/index.ts';
import type { Box } from '../index.ts';
import type { FivePoints } from './align.ts';
import { decoderFor, type Detection } from './detectors/index.ts';
import type { Lanes } from './lanes.ts';
import { giveBack } from './kernels/index.ts';
import { iouOf, suppress } from './nms.ts';
import { ofBothCopies } from './ofBothCopies.ts';
import type { Picture } from './picture.ts';
import { placesOf } from './places.ts';
import { cutOut, shrinkTo, type Plate } from './plate.ts';
import { interleaved, planesOf } from './planes.ts';

export interface FoundFace {
  /** Pixels of the upright original; may reach beyond its border. */
  box: Box;
  /** 0..1 */
  score: number;
  /** From a detector that finds them as well; pixels of the upright original. */
  points?: FivePoints | undefined;
}

// Without room around it a face that fills the picture is not found. Such a face is large: a second, coarse look takes it in, with this
// share of the longer side added all around.
const margin = 0.3;
const coarseLongSidePx = 384;

// Where a face is expected: the square that is looked at, in heights of that face, has room to have moved and to be seen whole. At this size the detector
// sees such a face at about 130 px, where its boxes are best.
const expectedSides = 2.4;
const nearbySidePx = 320;

// Where there may be one, it is seen with more of what is around it, which tells a small face from a pattern. It is the same one if the boxes share a
// little: in a smaller copy they are drawn coarsely.
const doubtfulSides = 4;
const sameFaceIou = 0.1;

interface DetectDeps {
  session: InferenceSession;
  recipe: DetectorRecipe;
  lanes: Lanes;
  lane: Lane;
}

/**
 * Finds faces: a look at a copy of the picture, a coarse one with a margin around it for faces that fill it, one at a larger copy for small faces, and one
 * at each place where there may be a face.
 *
 * @param larger a larger copy of the picture, if small faces are wanted
 */
export async function detect(plate: Plate, plain: Picture, deps: DetectDeps, larger?: Picture): Promise<FoundFace[]> {
  const { recipe } = deps;
  // Of faces that are less high than this in the copy that the detector sees first, it misses some, and of those half as high most. They are looked
  // for in a larger copy, in which what is larger is seen worse than from afar: close up, a part of it may look like a whole.
  const largestSmall = larger === undefined ? 0 : recipe.smallFacePx * plain.shrink;
  const isSmall = ({ y1, y2 }: Detection) => y2 - y1 < largestSmall;
  const isSure = ({ score }: Detection) => score >= recipe.scoreThreshold;

  const seen = [...(await lookAt(plain, deps, recipe.doubtThreshold)), ...(await lookCoarsely(plain, deps))];
  const small = larger === undefined ? [] : await lookThroughout(larger, largestSmall, deps);
  const sure = distinct(seen.filter(isSure), recipe);
  const sureOfAll = ofBothCopies(sure, small.filter(isSure), isSmall, recipe);

  // A guest who is seen badly is asked for another selfie.
  if (deps.lane === 'guest') return sureOfAll.map(asFound);
  const doubtful = [...seen, ...small.filter(isSmall)].filter((face) => !isSure(face));
  const inDoubt = distinct(doubtful, recipe, sureOfAll).slice(sureOfAll.length);
  const cleared = await Promise.all(inDoubt.map((face) => lookAgain(plate, face, deps)));
  return distinct(
    cleared.filter((face) => face !== undefined),
    recipe,
    sureOfAll,
  ).map(asFound);
}

/** @returns the face that is seen where one may be */
async function lookAgain(plate: Plate, doubtful: Detection, deps: DetectDeps): Promise<Detection | undefined> {
  const seen = await lookNear(
    plate,
    squareAround(asFound(doubtful).box, doubtfulSides),
    deps,
    deps.recipe.againThreshold,
  );
  return seen
    .filter((face) => iouOf(face, doubtful) >= sameFaceIou)
    .sort((a, b) => b.score - a.score)
    .at(0);
}

/** The same in half the time where faces are neither tiny nor fill the picture: the coarse look only where the first one shows nobody. */
export async function detectAtAGlance(picture: Picture, deps: DetectDeps): Promise<FoundFace[]> {
  const plain = shrinkTo(picture, deps.recipe.longSidePx);
  const seen = await lookAt(plain, deps);
  return distinct(seen.length > 0 ? seen : await lookCoarsely(plain, deps), deps.recipe).map(asFound);
}

/** How large a copy is looked at first of a picture in which a face is large. A network that takes one size only is no quicker with a smaller one. */
export const glanceSidePx = ({ longSidePx, fixedSidePx }: DetectorRecipe): number => fixedSidePx ?? longSidePx / 2;

/** How large a one shows which way up somebody is who stands before a camera. */
export const uprightSidePx = ({ longSidePx, fixedSidePx }: DetectorRecipe): number => fixedSidePx ?? longSidePx / 4;

/**
 * Finds faces where they are expected, in a quarter of the time.
 *
 * @param places boxes of faces a moment ago, pixels of the upright original
 * @returns undefined where one of the places shows no face
 */
export async function detectNear(
  plate: Plate,
  places: readonly Box[],
  deps: DetectDeps,
): Promise<FoundFace[] | undefined> {
  const all: Detection[] = [];
  for (const place of places) {
    const seen = await lookNear(plate, squareAround(place, expectedSides), deps);
    if (seen.length === 0) return undefined;
    all.push(...seen);
  }
  return distinct(all, deps.recipe).map(asFound);
}

/** A look at a square of the picture, as large as the detector likes it. @returns boxes in pixels of the original */
async function lookNear(plate: Plate, square: Box, deps: DetectDeps, threshold?: number): Promise<Detection[]> {
  const { picture, x, y } = cutOut(plate, square);
  const near = shrinkTo(picture, Math.min(nearbySidePx, deps.recipe.longSidePx));
  const seen = await lookAt(near, deps, threshold);
  giveBack(picture.pixels);
  return seen.map((detection) => moved(detection, x, y));
}

/** A look at a copy. @param threshold the least score that is of interest. @returns boxes in pixels of the original */
async function lookAt(
  copy: Picture,
  { session, recipe, lanes, lane }: DetectDeps,
  scoreThreshold = recipe.scoreThreshold,
): Promise<Detection[]> {
  const seen = await lanes.step(lane, () => look(copy, 0, { session, recipe: { ...recipe, scoreThreshold } }));
  return scaled(seen, copy.shrink);
}

/**
 * A look at a larger copy, through a frame that is moved over it where the network takes one size only.
 *
 * @param largestSmall height of the faces that are looked for, pixels of the original
 */
async function lookThroughout(larger: Picture, largestSmall: number, deps: DetectDeps): Promise<Detection[]> {
  const { fixedSidePx, largerSidePx, doubtThreshold } = deps.recipe;
  const wanted = largerSidePx === undefined ? larger : shrinkTo(larger, largerSidePx);
  if (fixedSidePx === undefined) return lookAt(wanted, deps, doubtThreshold);
  // The largest of the faces fill half of the frame at most; a larger copy would need more frames to show less in each.
  const leastShrink = (2 * largestSmall) / fixedSidePx;
  const longSide = Math.max(wanted.width, wanted.height) * wanted.shrink;
  const copy = shrinkTo(wanted, Math.round(longSide / leastShrink));
  const seen: Detection[] = [];
  for (const place of placesOf(copy, fixedSidePx, largestSmall / copy.shrink)) {
    const { picture, x, y } = cutOut({ ...copy, turn: undefined }, place);
    seen.push(...(await lookAt(picture, deps, doubtThreshold)).map((detection) => moved(detection, x, y)));
    giveBack(picture.pixels);
  }
  return seen;
}

async function lookCoarsely(plain: Picture, { session, recipe, lanes, lane }: DetectDeps): Promise<Detection[]> {
  const coarse = shrinkTo(plain, Math.round(Math.min(coarseLongSidePx, recipe.longSidePx) / (1 + 2 * margin)));
  const pad = Math.round(Math.max(coarse.width, coarse.height) * margin);
  const seen = await lanes.step(lane, () => look(coarse, pad, { session, recipe }));
  return scaled(seen, coarse.shrink);
}

/** @param before those that stay in any case, each as it is the best of its own */
const distinct = (
  detections: readonly Detection[],
  { nmsIou, nmsContainment }: DetectorRecipe,
  before: readonly Detection[] = [],
): Detection[] => suppress(detections, nmsIou, nmsContainment, before);

const asFound = ({ x1, y1, x2, y2, score, points }: Detection): FoundFace => ({
  box: { x: x1, y: y1, width: x2 - x1, height: y2 - y1 },
  score,
  points,
});

const scaled = (detections: readonly Detection[], factor: number): Detection[] =>
  detections.map(({ x1, y1, x2, y2, score, points }) => ({
    x1: x1 * factor,
    y1: y1 * factor,
    x2: x2 * factor,
    y2: y2 * factor,
    score,
    points: points?.map((value) => value * factor),
  }));

const moved = ({ x1, y1, x2, y2, score, points }: Detection, x: number, y: number): Detection => ({
  x1: x1 + x,
  y1: y1 + y,
  x2: x2 + x,
  y2: y2 + y,
  score,
  points: points?.map((value, i) => value + (i % 2 === 0 ? x : y)),
});

/** @param sides of the square, in heights of the box */
function squareAround({ x, y, width, height }: Box, sides: number): Box {
  const side = height * sides;
  return { x: x + (width - side) / 2, y: y + (height - side) / 2, width: side, height: side };
}

/** One run of the detector. @param pad empty pixels around the picture. @returns boxes in pixels of the picture given */
async function look(
  picture: Picture,
  pad: number,
  { session, recipe }: Pick<DetectDeps, 'session' | 'recipe'>,
): Promise<Detection[]> {
  const roundUp = (px: number) => Math.ceil(px / recipe.sideMultiple) * recipe.sideMultiple;
  const width = recipe.fixedSidePx ?? roundUp(picture.width + 2 * pad);
  const height = recipe.fixedSidePx ?? roundUp(picture.height + 2 * pad);
  const { mean, scale, colour, layout } = recipe;
  const planes = planesOf(picture, pad, pad, { width, height, colour, mean, scale });
  const input =
    layout === 'NCHW'
      ? new Tensor('float32', planes, [1, 3, height, width])
      : new Tensor('float32', interleaved(planes), [1, height, width, 3]);
  const outputs = await session.run({ [recipe.input ?? session.inputNames[0]]: input });
  giveBack(planes);
  const detections = decoderFor(recipe)((name) => outputs[name].data as Float32Array, { width, height });
  return suppress(detections, recipe.nmsIou, recipe.nmsContainment).map((detection) => moved(detection, -pad, -pad));
}
