import { ok, type Result } from '../../../preload/index.ts';
import type { Glimpse } from '../index.ts';
import type { AnalyseDeps } from './analyse.ts';
import { decode } from './decode.ts';
import { detectAtAGlance } from './detect.ts';
import { grayCrop } from './grayCrop.ts';
import { landmarkNetworkOf, landmarkSquare, pointsOf } from './landmarks.ts';
import { copyOf } from './plate.ts';

// A frame of the guide is looked at as it is: whoever stands before the camera is large enough.
const longSidePx = 640;
// How large a face is looked at to tell how bright it is.
const brightnessSidePx = 64;

/** Where the faces of a camera's frame are and how they look, in the guest lane; several times a second, so without any template. */
export async function glance(
  { manifest, sessions, lanes }: AnalyseDeps,
  { bytes, maxPixels }: { bytes: Uint8Array; maxPixels: number },
): Promise<Result<{ width: number; height: number; faces: Glimpse[] }>> {
  const decoded = await decode({ bytes }, longSidePx, maxPixels);
  if (!decoded.ok) return decoded;
  // What is told is told in pixels of the copy.
  const { plate, close } = decoded.value;
  const picture = { ...copyOf(plate, longSidePx), shrink: 1 };
  const lane = 'guest';
  const deps = { session: sessions.detect, recipe: manifest.detector, lanes, lane } as const;
  const found = await detectAtAGlance(picture, deps);
  const faces: Glimpse[] = [];
  const network = landmarkNetworkOf(manifest, sessions);
  for (const face of found) {
    const points = await lanes.step(lane, () => pointsOf(picture, face, network));
    const luma = grayCrop(picture, landmarkSquare(face.box), brightnessSidePx, 255);
    faces.push({ box: face.box, score: face.score, landmarks: [...points], brightLuma: brightestTenth(luma) });
  }
  close();
  return ok({ width: picture.width, height: picture.height, faces });
}

/** The value that nine tenths stay below. */
const brightestTenth = (values: Float32Array): number => values.toSorted()[Math.floor(values.length * 0.9)];
