import { z } from 'zod';
import { fail, ok, type Result } from '../../../../preload/index.ts';
import type { Keys, Sealer } from '../../keys/index.ts';
import type { Store } from '../../store/index.ts';
import { selfiePlaceOf, type VisitFacts } from '../../guests/index.ts';
import { externalIdOf, type GuestFacts, type SelfieFacts } from './mapping.ts';

// What is kept of a guest for the sake of the service, under the booth's master key: what was sealed under the event's would be gone when it is needed most.
const knownSchema = z.object({
  externalId: z.string(),
  /** Until the service has answered, it may know the guest, and we do not know by what. */
  guestId: z.string().optional(),
  uploadToken: z.string().optional(),
});
export type KnownGuest = z.infer<typeof knownSchema>;

/**
 * What the booth knows of guests, and of what the service knows of them. All of it by the visit's id; undefined for what is not there, or not any more.
 * Each returns cloud.keys-away while it cannot be read, and cloud.content-missing for what nobody can read any more.
 */
export interface FindmeRecords {
  guestOf(visitId: string): Result<GuestFacts | undefined>;
  selfieOf(visitId: string): Result<SelfieFacts | undefined>;
  removeSelfie(visitId: string): Result<void>;
  knownOf(visitId: string): Result<KnownGuest | undefined>;
  putKnown(visitId: string, eventUid: string, known: KnownGuest): Result<void>;
  removeKnown(visitId: string): Result<void>;
}

const knownPlaceOf = (visitId: string): string => `findme/${visitId}`;

/** @param deps.factsOf undefined for a visit that was erased */
export function createFindmeRecords(deps: {
  store: Pick<Store, 'findme' | 'visits' | 'events'>;
  keys: Pick<Keys, 'eventKeys' | 'sealer'>;
  factsOf: (visitId: string) => VisitFacts | undefined;
}): FindmeRecords {
  const { keys, factsOf } = deps;
  const { findme, visits, events } = deps.store;

  function opened(sealer: Sealer | undefined, place: string, sealed: Buffer): Result<Buffer> {
    const plain = sealer?.unseal(place, sealed);
    return plain === undefined ? fail('cloud.content-missing', place) : ok(plain);
  }

  return {
    guestOf: (visitId) => {
      const visit = visits.get(visitId);
      const event = visit && events.get(visit.eventId);
      const consent = visits.consentOf(visitId);
      if (visit === undefined || event === undefined || consent === undefined) return ok(undefined);
      const facts = factsOf(visitId);
      if (facts === undefined) return ok(undefined);
      const { name, email } = facts;
      const externalId = externalIdOf(visitId);
      return ok({ externalId, eventCode: event.code, name, email, language: visit.language, consent });
    },

    selfieOf: (visitId) => {
      const selfie = findme.selfieOf(visitId);
      if (selfie === undefined) return ok(undefined);
      const eventKeys = keys.eventKeys();
      if (eventKeys === undefined) return fail('cloud.keys-away');
      const sealer = eventKeys.sealerOf(selfie.eventId);
      const jpeg = opened(sealer.ok ? sealer.value : undefined, selfiePlaceOf(visitId), selfie.sealed);
      if (!jpeg.ok) return jpeg;
      const facts = factsOf(visitId);
      return ok(facts && { jpeg: Uint8Array.from(jpeg.value), photos: facts.photos });
    },
    removeSelfie: (visitId) => findme.removeSelfie(visitId),

    knownOf: (visitId) => {
      const sealed = findme.guestOf(visitId);
      if (sealed === undefined) return ok(undefined);
      const sealer = keys.sealer();
      if (sealer === undefined) return fail('cloud.keys-away');
      const plain = opened(sealer, knownPlaceOf(visitId), sealed);
      return plain.ok ? ok(knownSchema.parse(JSON.parse(plain.value.toString()))) : plain;
    },
    putKnown: (visitId, eventUid, known) => {
      const sealer = keys.sealer();
      if (sealer === undefined) return fail('cloud.keys-away');
      const sealed = sealer.seal(knownPlaceOf(visitId), Buffer.from(JSON.stringify(known)));
      return findme.putGuest(visitId, eventUid, sealed);
    },
    removeKnown: (visitId) => findme.removeGuest(visitId),
  };
}
