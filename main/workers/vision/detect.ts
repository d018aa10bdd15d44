import { Tensor, type InferenceSession } from 'onnxruntime-node';
import type { DetectorRecipe } from '../../packs/index.ts';
import type { Lane } from '../../processes/index.ts';
import type { Box } from '../index.ts';
import type { Lanes } from './lanes.ts';
import { suppress } from './nms.ts';
import type { Picture } from './picture.ts';
import { planesOf } from './planes.ts';
import { shrinkTo } from './shrink.ts';
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

/**
 * Finds faces: a look at the picture as it is, and a coarse one with a margin around it for faces that fill it.
 *
 * @param longSidePx longest side at which the picture is looked at, pixels
 */
export async function detect(
  picture: Picture,
  longSidePx: number,
  { session, recipe, lanes, lane }: { session: InferenceSession; recipe: DetectorRecipe; lanes: Lanes; lane: Lane },
): Promise<FoundFace[]> {
  const plain = await lanes.step(lane, () => shrinkTo(picture, longSidePx));
  const seen = await lanes.step(lane, () => look(plain, 0, session, recipe));
  const coarse = await lanes.step(lane, () => shrinkTo(plain, Math.round(coarseLongSidePx / (1 + 2 * margin))));
  const pad = Math.round(Math.max(coarse.width, coarse.height) * margin);
  const seenCoarsely = await lanes.step(lane, () => look(coarse, pad, session, recipe));

  const inPicture = (detections: readonly Detection[], from: Picture) => {
    const factor = from.shrink / picture.shrink;
    return detections.map(({ x1, y1, x2, y2, score }) => ({
      x1: x1 * factor,
      y1: y1 * factor,
      x2: x2 * factor,
      y2: y2 * factor,
      score,
    }));
  };
  const all = [...inPicture(seen, plain), ...inPicture(seenCoarsely, coarse)];
  return suppress(all, recipe.nmsIou, recipe.nmsContainment).map(({ x1, y1, x2, y2, score }) => ({
    box: { x: x1, y: y1, width: x2 - x1, height: y2 - y1 },
    score,
  }));
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
  return suppress(detections, recipe.nmsIou, recipe.nmsContainment).map(({ x1, y1, x2, y2, score }) => ({
    x1: x1 - pad,
    y1: y1 - pad,
    x2: x2 - pad,
    y2: y2 - pad,
    score,
  }));
}
