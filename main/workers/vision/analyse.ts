import { ok, type Result } from '../../../preload/index.ts';
import type { Manifest } from '../../packs/index.ts';
import type { Lane } from '../../processes/index.ts';
import type { Analysis, Box, DerivativeFiles, Face, Stage } from '../index.ts';
import { decode, type Source } from './decode.ts';
import { screenCopyOf, writeDerivatives } from './derive.ts';
import { detect, detectAtAGlance, detectNear, glanceSidePx, uprightSidePx, type FoundFace } from './detect.ts';
import { giveBack } from './kernels/index.ts';
import type { Lanes } from './lanes.ts';
import { looksOf } from './looks.ts';
import { mayBeOnItsSide, quarterTurns, turned, turnedBack, turnFurther } from './onItsSide.ts';
import type { Picture } from './picture.ts';
import { copyOf, cutOut, shrinkTo, type Cutting, type Plate } from './plate.ts';
import { recognise, type Recognised } from './recognise.ts';
import type { Sessions } from './sessions.ts';
import { withoutTwins } from './twins.ts';

export interface AnalyseDeps {
  manifest: Manifest;
  sessions: Sessions;
  lanes: Lanes;
}

// Longer sides, pixels, of what of a picture is of use. In a photo a group may stand far away, and each face needs the pixels that the recogniser can do
// with; in a selfie the face is large.
export const usefulLongSidePx: Record<Lane, number> = { ingest: 3840, guest: 1280 };

// A face this high in a copy, pixels, is cut out of that: as the recogniser sees it, it is smaller still.
const amplePx = 160;
// Side of the square around a face that is cut out of the plate, in heights of the face: what the networks see of it, and room for a tilted head.
const cuttingSides = 2.4;

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
  const decoded = await timed('decode', () => decode(source, usefulLongSidePx[lane], maxPixels));
  if (!decoded.ok) return decoded;
  const { plate, width, height, notes, capture, close } = decoded.value;
  const screen = lane === 'ingest' ? await step('decode', () => screenCopyOf(plate)) : undefined;
  // Beside the networks, as decoding is.
  const derived =
    derivatives === undefined || screen === undefined
      ? undefined
      : timed('derive', () => writeDerivatives(screen, derivatives));

  const detectDeps = { session: sessions.detect, recipe: manifest.detector, lanes, lane };
  const looks = screen === undefined ? {} : looksOf(screen);
  const upright = await facesIn(plate, screen);
  // Where somebody was seen a moment ago the picture lies as it should.
  const isToBeTurned = expected.length === 0 && mayBeOnItsSide(upright, manifest.template, lane);
  const faces = isToBeTurned ? await facesOnTheSide(upright) : upright;
  await derived;
  close();
  return ok({ width, height, notes, capture, ...looks, faces, timings });

  /** @param screen a smaller copy, of a photo */
  async function facesIn(plate: Plate, screen: Picture | undefined): Promise<Face[]> {
    const faces: Recognised[] = [];
    for (const found of await timed('detect', () => findFaces(plate, screen))) {
      if (found.box.height < manifest.template.leastPx * plate.shrink) continue;
      const cutting = await step('align', () => cuttingOf(found.box, plate, screen));
      const leastNorm = leastNormOf(found, plate);
      const face = await recognise(found, cutting, { manifest, sessions, step, leastNorm });
      if (face !== undefined) faces.push(face);
      if (cutting.picture !== screen) giveBack(cutting.picture.pixels);
    }
    return withoutTwins(faces, manifest.detector);
  }

  /** Nobody is seen well in the photo as it lies: the faces of it turned, if somebody is seen well in that. */
  async function facesOnTheSide(upright: Face[]): Promise<Face[]> {
    const sidePx = (lane === 'guest' ? uprightSidePx : glanceSidePx)(manifest.detector);
    const small = screen === undefined ? copyOf(plate, sidePx) : shrinkTo(screen, sidePx);
    const glances = await timed('detect', () =>
      Promise.all(
        quarterTurns.map(async (degrees) => ({
          degrees,
          faces: await detectAtAGlance(turned(small, degrees), detectDeps),
        })),
      ),
    );
    const { degrees, faces: seen } = glances.reduce((best, other) =>
      surenessOf(other) > surenessOf(best) ? other : best,
    );
    if (seen.length === 0) return upright;
    const faces = await facesIn(turnFurther(plate, degrees), screen && turned(screen, degrees));
    return mayBeOnItsSide(faces, manifest.template, lane)
      ? upright
      : faces.map((face) => turnedBack(face, degrees, { width, height }));
  }

  /** A guest's face is large and is found at a glance; only where it is not is the selfie looked at as closely as a photo. */
  async function findFaces(plate: Plate, screen: Picture | undefined): Promise<FoundFace[]> {
    const { longSidePx } = manifest.detector;
    if (screen !== undefined) {
      const plain = shrinkTo(screen, longSidePx);
      return detect(plate, plain, detectDeps, plain === screen ? undefined : screen);
    }
    const near = expected.length > 0 ? await detectNear(plate, expected.map(inPixels), detectDeps) : undefined;
    if (near !== undefined) return near;
    const plain = copyOf(plate, longSidePx);
    const small = shrinkTo(plain, glanceSidePx(manifest.detector));
    const atAGlance = await detect(plate, small, detectDeps);
    return atAGlance.length > 0 ? atAGlance : detect(plate, plain, detectDeps);
  }

  /** The face and what is around it, with as many pixels as there are and are of use. */
  function cuttingOf({ x, y, width: across, height: down }: Box, plate: Plate, screen: Picture | undefined): Cutting {
    if (screen !== undefined && down >= amplePx * screen.shrink) return { picture: screen, x: 0, y: 0 };
    const side = down * cuttingSides;
    return cutOut(plate, { x: x + (across - side) / 2, y: y + (down - side) / 2, width: side, height: side });
  }

  function inPixels({ x, y, width: across, height: down }: Box): Box {
    return { x: x * width, y: y * height, width: across * width, height: down * height };
  }

  /** Of a small face the recogniser has less to go by; one that the detector has doubts about has to convince it all the same. */
  function leastNormOf({ box, score }: FoundFace, plate: Plate): number {
    const { minNorm, small } = manifest.template;
    const isSmall = box.height < small.belowPx * plate.shrink;
    return isSmall && score >= manifest.detector.scoreThreshold ? small.minNorm : minNorm;
  }
}

const surenessOf = ({ faces }: { faces: readonly FoundFace[] }): number =>
  faces.reduce((sum, { score }) => sum + score, 0);
