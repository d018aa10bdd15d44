import { Tensor, type InferenceSession } from 'onnxruntime-node';
import { ok, type Result } from '../../../preload/index.ts';
import type { Manifest } from '../../packs/index.ts';
import type { Lane } from '../../processes/index.ts';
import type { Analysis, Box, Face, Stage } from '../index.ts';
import { alignFace } from './align.ts';
import { decode, type Source } from './decode.ts';
import { detect } from './detect.ts';
import { fivePointsOf, landmarkSquare } from './landmarks.ts';
import type { Lanes } from './lanes.ts';
import type { Picture } from './picture.ts';
import { resample } from './resample.ts';
import type { Sessions } from './sessions.ts';

// Longer side of the picture that faces are cut from. Larger than what the detector sees, so that a face of the size that it
// just finds still has the pixels that the recogniser needs.
const analysedLongSidePx = 2560;

export interface AnalyseDeps {
  manifest: Manifest;
  sessions: Sessions;
  lanes: Lanes;
}

/**
 * Finds the faces of one picture and computes a template of each.
 *
 * @param request.lane whose turn it is between any two steps
 * @returns faces in the order of the detector's confidence, or the photo.* fault of a picture that cannot be searched
 */
export async function analyse(
  { manifest, sessions, lanes }: AnalyseDeps,
  { source, lane, maxPixels }: { source: Source; lane: Lane; maxPixels: number },
): Promise<Result<Analysis>> {
  const timings: Record<Stage, number> = { decode: 0, detect: 0, align: 0, embed: 0 };
  const timed = async <T>(stage: Stage, work: () => Promise<T>): Promise<T> => {
    const startMs = performance.now();
    const value = await work();
    timings[stage] += performance.now() - startMs;
    return value;
  };

  // Decoding has threads of its own and is not a step: a guest need not wait for a photo's.
  const decoded = await timed('decode', () => decode(source, analysedLongSidePx, maxPixels));
  if (!decoded.ok) return decoded;
  const { picture, width, height, notes } = decoded.value;

  const boxes = await timed('detect', () => detect(picture, sessions.detect, manifest.detector, lanes, lane));

  const faces: Face[] = [];
  for (const { box, score } of boxes) {
    const points = await timed('align', () => lanes.step(lane, () => findPoints(picture, box)));
    const aligned = await timed('align', () => lanes.step(lane, () => alignFace(picture, points, manifest.template)));
    const template = await timed('embed', () => lanes.step(lane, () => embed(aligned)));
    if (template.norm < manifest.template.minNorm) continue;
    faces.push({
      box: scaled(box, picture.shrink),
      score,
      landmarks: points.map((value) => value * picture.shrink),
      ...template,
    });
  }
  return ok({ width, height, notes, faces, timings });

  async function findPoints(from: Picture, box: Box) {
    const { sizePx, scale, input, output } = manifest.landmarks;
    const square = landmarkSquare(box);
    const pixels = resample(
      from,
      { x: square.x, y: square.y, step: square.sidePx / sizePx },
      { width: sizePx, height: sizePx, colour: 'gray', mean: 0, scale },
    );
    const points = await runOne(sessions.landmark, input, pixels, [1, 1, sizePx, sizePx], output);
    return fivePointsOf(points, square);
  }

  async function embed(aligned: Float32Array): Promise<{ template: Float32Array; norm: number }> {
    const { sizePx, input, output } = manifest.template;
    const raw = await runOne(sessions.embed, input, aligned, [1, 3, sizePx, sizePx], output);
    const norm = Math.hypot(...raw);
    return { template: raw.map((value) => value / norm), norm };
  }
}

async function runOne(
  session: InferenceSession,
  input: string,
  values: Float32Array,
  shape: number[],
  output: string,
): Promise<Float32Array> {
  const results = await session.run({ [input]: new Tensor('float32', values, shape) }, [output]);
  return results[output].data as Float32Array;
}

const scaled = ({ x, y, width, height }: Box, factor: number): Box => ({
  x: x * factor,
  y: y * factor,
  width: width * factor,
  height: height * factor,
});
