import { fail, ok, type Result } from '../../../preload/index.ts';
import type { Analysis, Face } from '../../workers/index.ts';
import type { Match, Matching, Vision } from '../matching/index.ts';

/** A selfie's face, ready to be searched for. */
export interface Probe {
  face: Face;
  /** The pack that made its template. */
  packKey: string;
  /** How many faces the selfie shows; the largest is the probe. */
  facesInSelfie: number;
  timings: Analysis['timings'];
}

export interface FoundPhotos {
  probe: Probe;
  /** Best first. */
  matches: Match[];
  searchedFaces: number;
  /** Milliseconds of wall clock. */
  timings: Analysis['timings'] & Record<'search' | 'total', number>;
}

/** A guest with a picture in hand, for whom nothing is remembered. */
export interface Guests {
  /** @param selfie bytes of the picture's file. @returns the probe, a photo.* fault, or selfie.no-face */
  probe(selfie: Uint8Array): Promise<Result<Probe>>;
  /** From the selfie's bytes to the decision. */
  findPhotos(eventId: number, selfie: Uint8Array): Promise<Result<FoundPhotos>>;
}

export function createGuests({ vision, matching }: { vision: Vision; matching: Matching }): Guests {
  async function probe(selfie: Uint8Array): Promise<Result<Probe>> {
    const analysed = await vision.analyseSelfie(selfie);
    if (!analysed.ok) return analysed;
    const face = largestFace(analysed.value);
    if (face === undefined) return fail('selfie.no-face');
    return ok({
      face,
      packKey: vision.packKey,
      facesInSelfie: analysed.value.faces.length,
      timings: analysed.value.timings,
    });
  }

  return {
    probe,
    findPhotos: async (eventId, selfie) => {
      const startMs = performance.now();
      const probed = await probe(selfie);
      if (!probed.ok) return probed;
      const searchStartMs = performance.now();
      const { face, packKey } = probed.value;
      const found = await matching.find(eventId, { packKey, template: face.template });
      if (!found.ok) return found;
      const endMs = performance.now();
      const timings = { ...probed.value.timings, search: endMs - searchStartMs, total: endMs - startMs };
      return ok({ probe: probed.value, ...found.value, timings });
    },
  };
}

// What is less clear than so much of the clearest face is no face, or one in the background that happens to be large.
const leastClarity = 0.75;

/** Those of a selfie's faces that are seen well. */
export function clearFaces(faces: readonly Face[]): Face[] {
  const clearest = Math.max(...faces.map(({ norm }) => norm));
  return faces.filter(({ norm }) => norm >= leastClarity * clearest);
}

/** Whoever holds the camera is nearest to it, and is seen well. */
function largestFace({ faces }: Analysis): Face | undefined {
  return clearFaces(faces)
    .sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height)
    .at(0);
}
