import { ok, type Result } from '../../../preload/index.ts';
import { decide, type Match, type Thresholds } from './decide.ts';
import type { FaceIndex } from './faceIndex.ts';

export interface Matching {
  readonly thresholds: Thresholds;
  /** @param probe Float32Array [dimensions], unit length. @returns the event's photos of that person, best first */
  find(eventId: number, probe: Float32Array): Promise<Result<{ matches: Match[]; searchedFaces: number }>>;
}

export function createMatching({ index, thresholds }: { index: FaceIndex; thresholds: Thresholds }): Matching {
  return {
    thresholds,
    find: async (eventId, probe) => {
      const found = await index.search(eventId, probe, thresholds.maybe);
      if (!found.ok) return found;
      return ok({ matches: decide(found.value.matches, thresholds), searchedFaces: found.value.searchedFaces });
    },
  };
}
