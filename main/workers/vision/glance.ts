import { ok, type Result } from '../../../preload/index.ts';
import type { Glimpse } from '../index.ts';
import type { AnalyseDeps } from './analyse.ts';
import { decode } from './decode.ts';
import { detectAtAGlance } from './detect.ts';
import { findPoints } from './landmarks.ts';
import { copyOf } from './plate.ts';

// A frame of the guide is looked at as it is: whoever stands before the camera is large enough.
const longSidePx = 640;

/** Where the faces of a camera's frame are and how they look, in the guest lane; several times a second, so without any template. */
export async function glance(
  { manifest, sessions, lanes }: AnalyseDeps,
  { bytes, maxPixels }: { bytes: Uint8Array; maxPixels: number },
): Promise<Result<{ width: number; height: number; faces: Glimpse[] }>> {
  const decoded = await decode({ bytes }, longSidePx, maxPixels);
  if (!decoded.ok) return decoded;
  // What is told is told in pixels of the copy.
  const picture = { ...(await copyOf(decoded.value.plate, longSidePx)), shrink: 1 };
  const lane = 'guest';
  const deps = { session: sessions.detect, recipe: manifest.detector, lanes, lane } as const;
  const found = await detectAtAGlance(picture, deps);
  const faces: Glimpse[] = [];
  for (const { box, score } of found) {
    const { points, crop } = await lanes.step(lane, () =>
      findPoints(picture, box, manifest.landmarks, sessions.landmark),
    );
    const grayOfWhite = 255 / manifest.landmarks.scale;
    faces.push({ box, score, landmarks: [...points], brightLuma: brightestTenth(crop) / grayOfWhite });
  }
  return ok({ width: picture.width, height: picture.height, faces });
}

/** The value that nine tenths stay below. */
const brightestTenth = (values: Float32Array): number => values.toSorted()[Math.floor(values.length * 0.9)];
