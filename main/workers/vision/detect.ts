import { Tensor, type InferenceSession } from 'onnxruntime-node';
import type { DetectorRecipe } from '../../packs/index.ts';
import type { Lane } from '../../processes/index.ts';
import type { Box } from '../index.ts';
import type { Lanes } from './lanes.ts';
import { suppress } from './nms.ts';
import type { Picture } from './picture.ts';
import { planesOf } from './planes.ts';
import { shrinkTo } from './shrink.ts';
import { isCut, tilesOf } from './tiles.ts';
import { decodeDetections, priorsOf, type Detection } from './ultraface.ts';

export interface FoundFace {
  /** Pixels of the picture; may reach beyond its border. */
  box: Box;
  /** 0..1 */
  score: number;
}

// Without room around it a face that fills the picture is not found. Such a face is large: a second, coarse look takes it in, with this
// share of the longer side added all around.
const margin = 0.3;
const coarseLongSidePx = 384;

// Of faces that are less high than this in the copy that the detector sees first, it misses some, and of those half as high most. Where it sees one
// of them there are others: the picture is looked at once more, as large as it is, in tiles that are a step each.
const smallFacePx = 40;
const tileSidePx = 2048;

// Side of the square that is looked at where a face is expected, in heights of that face: room to have moved, and to be seen whole. At this
// size the detector sees such a face at about 130 px, where its boxes are best.
const nearbySides = 2.4;
const nearbySidePx = 320;

interface DetectDeps {
  session: InferenceSession;
  recipe: DetectorRecipe;
  lanes: Lanes;
  lane: Lane;
}

/**
 * Finds faces: a look at a smaller copy of the picture, a coarse one with a margin around it for faces that fill it, and a close one where some are
 * small.
 *
 * @param longSidePx longest side of the copy, pixels
 */
export async function detect(picture: Picture, longSidePx: number, deps: DetectDeps): Promise<FoundFace[]> {
  const plain = await deps.lanes.step(deps.lane, () => shrinkTo(picture, longSidePx));
  const seen = [...(await lookAt(picture, plain, deps)), ...(await lookCoarsely(picture, plain, deps))];
  const largestSmall = (smallFacePx * plain.shrink) / picture.shrink;
  const isSmall = ({ y1, y2 }: Detection) => y2 - y1 < largestSmall;
  // No guest waits for people in the background.
  const isWanted = deps.lane === 'ingest' && plain !== picture && seen.some(isSmall);
  if (!isWanted) return distinct(seen, deps.recipe);
  // What is large is seen better from afar: close up, a part of it may look like a whole.
  return distinct((await lookClosely(picture, largestSmall, deps)).filter(isSmall), deps.recipe, seen);
}

/** The same in half the time where faces are neither tiny nor fill the picture: the coarse look only where the first one shows nobody. */
export async function detectAtAGlance(picture: Picture, longSidePx: number, deps: DetectDeps): Promise<FoundFace[]> {
  const plain = await deps.lanes.step(deps.lane, () => shrinkTo(picture, longSidePx));
  const seen = await lookAt(picture, plain, deps);
  return distinct(seen.length > 0 ? seen : await lookCoarsely(picture, plain, deps), deps.recipe);
}

/**
 * Finds faces where they are expected, in a quarter of the time.
 *
 * @param places boxes of faces a moment ago, pixels of the picture
 * @returns undefined where one of the places shows no face
 */
export async function detectNear(
  picture: Picture,
  places: readonly Box[],
  deps: DetectDeps,
): Promise<FoundFace[] | undefined> {
  const all: Detection[] = [];
  for (const place of places) {
    const region = regionAround(place, picture);
    const near = await deps.lanes.step(deps.lane, () => shrinkTo(cropOf(picture, region), nearbySidePx));
    const seen = await lookAt(picture, near, deps);
    if (seen.length === 0) return undefined;
    all.push(...seen.map((detection) => moved(detection, region.x, region.y)));
  }
  return distinct(all, deps.recipe);
}

/** A look at a smaller copy. @returns boxes in pixels of the picture */
async function lookAt(picture: Picture, copy: Picture, { session, recipe, lanes, lane }: DetectDeps) {
  const seen = await lanes.step(lane, () => look(copy, 0, session, recipe));
  return scaled(seen, copy.shrink / picture.shrink);
}

async function lookCoarsely(picture: Picture, plain: Picture, { session, recipe, lanes, lane }: DetectDeps) {
  const coarse = await lanes.step(lane, () => shrinkTo(plain, Math.round(coarseLongSidePx / (1 + 2 * margin))));
  const pad = Math.round(Math.max(coarse.width, coarse.height) * margin);
  const seen = await lanes.step(lane, () => look(coarse, pad, session, recipe));
  return scaled(seen, coarse.shrink / picture.shrink);
}

/** @param overlapPx as high as the faces that are looked for: each lies whole in some tile */
async function lookClosely(picture: Picture, overlapPx: number, { session, recipe, lanes, lane }: DetectDeps) {
  const found: Detection[] = [];
  for (const tile of tilesOf(picture, tileSidePx, Math.ceil(overlapPx))) {
    const seen = await lanes.step(lane, () => look(cropOf(picture, tile), 0, session, recipe));
    found.push(
      ...seen.map((detection) => moved(detection, tile.x, tile.y)).filter((face) => !isCut(face, tile, picture)),
    );
  }
  return found;
}

/** @param before those that stay in any case, each as it is the best of its own */
const distinct = (
  detections: readonly Detection[],
  { nmsIou, nmsContainment }: DetectorRecipe,
  before: readonly Detection[] = [],
): FoundFace[] =>
  suppress(detections, nmsIou, nmsContainment, suppress(before, nmsIou, nmsContainment)).map(
    ({ x1, y1, x2, y2, score }) => ({ box: { x: x1, y: y1, width: x2 - x1, height: y2 - y1 }, score }),
  );

const scaled = (detections: readonly Detection[], factor: number): Detection[] =>
  detections.map(({ x1, y1, x2, y2, score }) => ({
    x1: x1 * factor,
    y1: y1 * factor,
    x2: x2 * factor,
    y2: y2 * factor,
    score,
  }));

const moved = ({ x1, y1, x2, y2, score }: Detection, x: number, y: number): Detection => ({
  x1: x1 + x,
  y1: y1 + y,
  x2: x2 + x,
  y2: y2 + y,
  score,
});

/** The part of the square around a face that lies in the picture, whole pixels. */
function regionAround({ x, y, width, height }: Box, picture: Picture): Box {
  const half = (height * nearbySides) / 2;
  const within = (value: number, most: number) => Math.round(Math.min(Math.max(value, 0), most));
  const left = within(x + width / 2 - half, picture.width - 1);
  const top = within(y + height / 2 - half, picture.height - 1);
  const right = within(x + width / 2 + half, picture.width);
  const bottom = within(y + height / 2 + half, picture.height);
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

/** A copy of a region of whole pixels. */
function cropOf({ width: rowPx, pixels, shrink }: Picture, { x, y, width, height }: Box): Picture {
  const cropped = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * rowPx + x) * 3;
    cropped.set(pixels.subarray(from, from + width * 3), row * width * 3);
  }
  return { width, height, pixels: cropped, shrink };
}

/** One run of the detector. @param pad empty pixels around the picture. @returns boxes in pixels of the picture given */
async function look(
  picture: Picture,
  pad: number,
  session: InferenceSession,
  recipe: DetectorRecipe,
): Promise<Detection[]> {
  const roundUp = (px: number) => Math.ceil(px / recipe.sideMultiple) * recipe.sideMultiple;
  const width = roundUp(picture.width + 2 * pad);
  const height = roundUp(picture.height + 2 * pad);
  const { mean, scale, colour } = recipe;
  const input = planesOf(picture, pad, pad, { width, height, colour, mean, scale });
  const outputs = await session.run({ [recipe.input]: new Tensor('float32', input, [1, 3, height, width]) });
  const detections = decodeDetections(
    outputs[recipe.outputs.scores].data as Float32Array,
    outputs[recipe.outputs.boxes].data as Float32Array,
    priorsOf(width, height, recipe),
    recipe,
  );
  return suppress(detections, recipe.nmsIou, recipe.nmsContainment).map((detection) => moved(detection, -pad, -pad));
}
