import { Tensor, type InferenceSession } from 'onnxruntime-node';
import type { DetectorRecipe } from '../../packs/index.ts';
import type { Lane } from '../../processes/index.ts';
import type { Box } from '../index.ts';
import type { Lanes } from './lanes.ts';
import { suppress } from './nms.ts';
import type { Picture } from './picture.ts';
import { resample } from './resample.ts';
import { decodeDetections, priorsOf, type Detection } from './ultraface.ts';

export interface FoundFace {
  /** Pixels of the picture; may reach beyond its border. */
  box: Box;
  /** 0..1 */
  score: number;
}

// Without room around it a face that fills the picture is not found. Share of the longer side that is added on each side, and the
// size of the second, coarse look that takes it in: such a face is large.
const margin = 0.3;
const coarseLongSidePx = 384;

/** Finds faces: a look at the picture as it is, and a coarse one with a margin around it for faces that fill it. */
export async function detect(
  picture: Picture,
  session: InferenceSession,
  recipe: DetectorRecipe,
  lanes: Lanes,
  lane: Lane,
): Promise<FoundFace[]> {
  const look = (marginShare: number, longSidePx: number) =>
    lanes.step(lane, () => lookOnce(picture, session, recipe, marginShare, longSidePx));
  const found = [...(await look(0, recipe.longSidePx)), ...(await look(margin, coarseLongSidePx))];
  return suppress(found, recipe.nmsIou, recipe.nmsContainment).map(({ x1, y1, x2, y2, score }) => ({
    box: { x: x1, y: y1, width: x2 - x1, height: y2 - y1 },
    score,
  }));
}

async function lookOnce(
  picture: Picture,
  session: InferenceSession,
  recipe: DetectorRecipe,
  marginShare: number,
  longSidePx: number,
): Promise<Detection[]> {
  const longSide = Math.max(picture.width, picture.height);
  const pad = longSide * marginShare;
  const step = Math.max(1, (longSide + 2 * pad) / longSidePx);
  const roundUp = (px: number) => Math.ceil(px / recipe.sideMultiple) * recipe.sideMultiple;
  const width = roundUp((picture.width + 2 * pad) / step);
  const height = roundUp((picture.height + 2 * pad) / step);

  const { mean, scale, colour } = recipe;
  const pixels = resample(picture, { x: -pad, y: -pad, step }, { width, height, colour, mean, scale });
  const outputs = await session.run({ [recipe.input]: new Tensor('float32', pixels, [1, 3, height, width]) });
  const detections = decodeDetections(
    outputs[recipe.outputs.scores].data as Float32Array,
    outputs[recipe.outputs.boxes].data as Float32Array,
    priorsOf(width, height, recipe),
    recipe,
  );
  const place = (px: number) => px * step - pad;
  return suppress(detections, recipe.nmsIou, recipe.nmsContainment).map(({ x1, y1, x2, y2, score }) => ({
    x1: place(x1),
    y1: place(y1),
    x2: place(x2),
    y2: place(y2),
    score,
  }));
}
