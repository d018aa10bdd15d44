import { ok, type Result } from '../../../preload/index.ts';
import type { DecisionRule } from '../../packs/index.ts';
import type { IndexMatch } from '../../workers/index.ts';
import { decide, type Match } from './decide.ts';
import type { FaceIndex, PackTemplate } from './faceIndex.ts';
import { thresholdsFor, type Thresholds } from './thresholds.ts';

export interface Matching {
  /** Those of an event as it is now. */
  thresholdsOf(eventId: number): Thresholds;
  /** @param probe of the index's pack. @returns the event's photos of that person, the surest first */
  find(eventId: number, probe: PackTemplate): Promise<Result<{ matches: Match[]; searchedFaces: number }>>;
  /** Every photo of the event in which there is a face, however unlike, and undecided. */
  compare(eventId: number, probe: PackTemplate): Promise<Result<IndexMatch[]>>;
}

/** @param settings scores in the place of what the rule gives */
export function createMatching({
  index,
  rule,
  settings,
}: {
  index: FaceIndex;
  rule: DecisionRule;
  settings: { sure?: number | undefined; maybe?: number | undefined };
}): Matching {
  const thresholdsOf = (eventId: number) => thresholdsFor(index.size(eventId), rule, settings);

  return {
    thresholdsOf,
    find: async (eventId, probe) => {
      const thresholds = thresholdsOf(eventId);
      const { maybe, kinFrom, kinLeast } = thresholds;
      const found = await index.search(eventId, probe, Math.min(maybe, kinLeast), kinFrom);
      if (!found.ok) return found;
      return ok({ matches: decide(found.value.matches, thresholds), searchedFaces: found.value.searchedFaces });
    },
    compare: async (eventId, probe) => {
      const found = await index.search(eventId, probe, -1, thresholdsOf(eventId).kinFrom);
      return found.ok ? ok(found.value.matches) : found;
    },
  };
}
