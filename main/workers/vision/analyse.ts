import { ok, type Result } from '../../../preload/index.ts';
import type { Manifest } from '../../packs/index.ts';
import type { Lane } from '../../processes/index.ts';
import type { Analysis, Box, DerivativeFiles, Face, Stage } from '../index.ts';
import { alignFace } from './align.ts';
import { decode, type Source } from './decode.ts';
import { writeDerivatives } from './derive.ts';
import { detect, detectNear, type FoundFace } from './detect.ts';
import { findPoints } from './landmarks.ts';
import type { Lanes } from './lanes.ts';
import { looksOf } from './looks.ts';
import type { Picture } from './picture.ts';
import { runOne, type Sessions } from './sessions.ts';

export interface AnalyseDeps {
  manifest: Manifest;
  sessions: Sessions;
  lanes: Lanes;
}

// Longer side of the picture that faces are looked for in and cut from. In a photo a group may stand far away, and each face needs the pixels that the
// recogniser can do with; in a selfie the face is large.
const analysedLongSidePx: Record<Lane, number> = { ingest: 3840, guest: 1280 };

/**
 * Finds the faces of one picture and computes a template of each.
 *
 * @param request.expected where faces were a moment ago, fractions of the picture: only these are looked for, unless one is not there
 * @param request.lane whose turn it is between any two steps, and how closely the picture is looked at
 * @returns faces in the order of the detector's confidence, or the photo.* fault of a picture that cannot be searched
 */
export async function analyse(
  { manifest, sessions, lanes }: AnalyseDeps,
  {
    source,
    lane,
    maxPixels,
    derivatives,
    expected = [],
  }: {
    source: Source;
    lane: Lane;
    maxPixels: number;
    derivatives?: DerivativeFiles | undefined;
    expected?: readonly Box[] | undefined;
  },
): Promise<Result<Analysis>> {
  const timings: Analysis['timings'] = { decode: 0, detect: 0, align: 0, embed: 0 };
  const timed = async <T>(stage: Stage, work: () => Promise<T>): Promise<T> => {
    const startMs = performance.now();
    const value = await work();
    timings[stage] = (timings[stage] ?? 0) + performance.now() - startMs;
    return value;
  };
  const step = <T>(stage: Stage, work: () => Promise<T> | T) => timed(stage, () => lanes.step(lane, work));

  // Not a step: decoding runs beside the networks. libvips as WebAssembly decodes one picture after the other, though, and a selfie that comes
  // to a worker in the middle of a photo waits for it; that is why the pool keeps a worker for guests.
  const decoded = await timed('decode', () => decode(source, analysedLongSidePx[lane], maxPixels));
  if (!decoded.ok) return decoded;
  const { picture, width, height, notes, capture } = decoded.value;
  // Beside the networks, as decoding is.
  const derived = derivatives === undefined ? undefined : timed('derive', () => writeDerivatives(picture, derivatives));

  const looks = lane === 'ingest' ? looksOf(picture) : {};
  const faces: Face[] = [];
  for (const { box, score } of await timed('detect', () => findFaces(picture))) {
    const { points } = await step('align', () => findPoints(picture, box, manifest.landmarks, sessions.landmark));
    const aligned = await step('align', () => alignFace(picture, points, manifest.template));
    const { template, norm } = await step('embed', () => embed(aligned));
    // The detector is as sure of some leaves and hands as of faces; the recogniser is not. Of a small face it has less to go by.
    const { minNorm, small } = manifest.template;
    if (norm < (box.height < small.belowPx ? small.minNorm : minNorm)) continue;
    const { shrink } = picture;
    faces.push({
      box: { x: box.x * shrink, y: box.y * shrink, width: box.width * shrink, height: box.height * shrink },
      score,
      landmarks: points.map((value) => value * shrink),
      template,
      norm,
    });
  }
  await derived;
  return ok({ width, height, notes, capture, ...looks, faces, timings });

  /** A guest's face is large and is found at a glance; only where it is not is the selfie looked at as closely as a photo. */
  async function findFaces(from: Picture): Promise<FoundFace[]> {
    const deps = { session: sessions.detect, recipe: manifest.detector, lanes, lane };
    const { longSidePx } = manifest.detector;
    const near = expected.length > 0 ? await detectNear(from, expected.map(inPixels), deps) : undefined;
    if (near !== undefined) return near;
    const atAGlance = lane === 'guest' ? await detect(from, longSidePx / 2, deps) : [];
    return atAGlance.length > 0 ? atAGlance : detect(from, longSidePx, deps);
  }

  function inPixels({ x, y, width: across, height: down }: Box): Box {
    return {
      x: x * picture.width,
      y: y * picture.height,
      width: across * picture.width,
      height: down * picture.height,
    };
  }

  async function embed(aligned: Float32Array): Promise<{ template: Float32Array; norm: number }> {
    const { sizePx, input, output } = manifest.template;
    const raw = await runOne(sessions.embed, input, aligned, [1, 3, sizePx, sizePx], output);
    const norm = Math.sqrt(raw.reduce((sum, value) => sum + value * value, 0));
    return { template: raw.map((value) => value / norm), norm };
  }
}
