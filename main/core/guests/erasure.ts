import type { Logger } from 'pino';
import { ok, type Result } from '../../../preload/index.ts';
import type { FaceIndex, Matching, PackTemplate } from '../matching/index.ts';
import { isSameFace, type ErasureRow, type Store, type VisitRow } from '../store/index.ts';
import { findingsFor } from './findings.ts';
import type { RecordedMatch } from './records.ts';

/** Whoever asked for it. */
export type Actor = ErasureRow['actor'];

export interface Erasure {
  /**
   * Erases a visit's record and what its code keeps; and where there are faces, takes them out of the event's photos for good. Done once it is so
   * in every copy of the database.
   *
   * @returns how many faces were taken out
   */
  erase(visit: VisitRow, actor: Actor, faceIds: readonly number[]): Promise<Result<{ faces: number }>>;
  /** The faces that a record tells of. */
  facesOf(matches: readonly RecordedMatch[]): number[];
  /** The faces that are surely these people's now. @param answers by photo: whether the guest is in it */
  facesLike(probes: readonly PackTemplate[], answers: ReadonlyMap<number, boolean>): Promise<Result<number[]>>;
}

const actions: Readonly<Record<Actor, string>> = {
  guest: 'guest.erased',
  staff: 'visit.erased',
  booth: 'retention.erased',
};

/** @param deps.onErased sees to it that no copy of the database holds what was erased */
export function createErasure(deps: {
  store: Store;
  matching: Matching;
  index: FaceIndex;
  eventId: number;
  onErased: () => Promise<void>;
  log: Logger;
}): Erasure {
  const { store, index, eventId, onErased, log } = deps;

  return {
    erase: async (visit, actor, faceIds) => {
      const erased = store.eraseVisit(visit, actor, faceIds);
      if (!erased.ok) return erased;
      const faces = erased.value.length;
      const written = store.audit.add({ actor, action: actions[actor], values: { faces } });
      if (!written.ok) log.error({ fault: written.fault }, 'the audit log cannot be written');
      await index.remove(eventId, erased.value);
      await onErased();
      return ok({ faces });
    },

    facesOf: (matches) =>
      matches.flatMap((match) => {
        const photoId = store.photos.idByHash(eventId, match.sha256);
        if (photoId === undefined) return [];
        return store.faces
          .listOf(photoId)
          .filter((face) => isSameFace(face, match))
          .map(({ id }) => id);
      }),

    facesLike: async (probes, answers) => {
      const found = await findingsFor(deps, probes, answers);
      if (!found.ok) return found;
      const { findings, faceOf } = found.value;
      return ok(findings.sure.flatMap(({ id }) => faceOf.get(id) ?? []));
    },
  };
}
