import { ok, type Findings, type Result } from '../../../preload/index.ts';
import type { Match, Matching, PackTemplate } from '../matching/index.ts';
import type { Store } from '../store/index.ts';
import { bestOfBursts, type PhotoOfGuest } from './bestOfBursts.ts';
import { photoFor } from './photoFor.ts';

// More than anybody looks through at a booth; the best are first.
const mostPhotos = 500;

export interface Found {
  findings: Findings;
  /** By photo: the face in it that is most like the guest's. */
  faceOf: Map<number, number>;
}

/**
 * The event's photos of these people, best first: all that show any of them. The guest's own word goes over the score.
 *
 * @param probes of the pack that the event is searched with
 * @param answers by photo: whether the guest is in it
 */
export async function findingsFor(
  { matching, store, eventId }: { matching: Matching; store: Store; eventId: number },
  probes: readonly PackTemplate[],
  answers: ReadonlyMap<number, boolean>,
): Promise<Result<Found>> {
  const best = new Map<number, Match>();
  for (const probe of probes) {
    const matched = await matching.find(eventId, probe);
    if (!matched.ok) return matched;
    for (const match of matched.value.matches) {
      if (match.strength > (best.get(match.photoId)?.strength ?? -1)) best.set(match.photoId, match);
    }
  }
  const found: Record<'sure' | 'maybe', PhotoOfGuest[]> = { sure: [], maybe: [] };
  for (const { photoId, faceId, decision } of [...best.values()]
    .sort((a, b) => b.strength - a.strength)
    .slice(0, mostPhotos)) {
    const answer = answers.get(photoId);
    const photo = answer === false ? undefined : store.photos.shown(eventId, photoId);
    if (photo === undefined) continue;
    found[answer === true ? 'sure' : decision].push({ ...photo, quality: store.faces.qualityOf(faceId) });
  }
  const findings: Findings = {
    sure: bestOfBursts(found.sure).map(photoFor),
    maybe: bestOfBursts(found.maybe).map(photoFor),
    searchedPhotos: store.photos.count(eventId).indexed,
  };
  return ok({ findings, faceOf: new Map([...best.values()].map(({ photoId, faceId }) => [photoId, faceId])) });
}
