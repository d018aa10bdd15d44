import type { CloudResult } from '../../../preload/index.ts';
import type { Events } from '../events/index.ts';
import type { EventKeys } from '../keys/index.ts';
import type { Store } from '../store/index.ts';
import { createVisitRecords } from './records.ts';

type Deliveries = CloudResult['deliveries'];

/** What the cloud is told of a visit, of any event. The same visit is told of in the same words, so that nothing is brought there twice. */
export interface VisitResults {
  /** @returns undefined for a visit that there is not, or whose event's key is gone */
  of(visitId: string): CloudResult | undefined;
  /** What a service is told that has agreed to look after the guest: also who it is. @returns likewise */
  factsOf(visitId: string): VisitFacts | undefined;
}

/** What a guest has said of themselves, and was found in. */
export interface VisitFacts {
  name: string | undefined;
  email: string | undefined;
  /** SHA-256 of the originals in which the guest was found, best first. */
  photos: readonly string[];
}

export function createVisitResults(deps: { store: Store; events: Events; eventKeys: EventKeys }): VisitResults {
  const { store, events, eventKeys } = deps;

  function printsOf(visitId: string): Deliveries {
    return store.prints.ofVisit(visitId).map(({ id, orderedAt: at, template }) => {
      const states = store.prints.sheetsOf(id).map(({ state }) => state);
      const sheets = states.filter((state) => state !== 'cancelled').length;
      return { kind: 'print', at, template, sheets, printed: states.filter((state) => state === 'printed').length };
    });
  }

  function mailOf(visitId: string): Deliveries {
    const at = store.mails.get(visitId)?.sentAt;
    return at === undefined ? [] : [{ kind: 'mail', at }];
  }

  function openOf(visitId: string) {
    const row = store.visits.get(visitId);
    const event = row && events.get(row.eventId);
    const sealer = event && eventKeys.sealerOf(event.id);
    if (row === undefined || event === undefined || sealer?.ok !== true) return undefined;
    return { row, event, records: createVisitRecords({ store, sealer: sealer.value, eventId: event.id }) };
  }

  return {
    of: (visitId) => {
      const opened = openOf(visitId);
      const consent = store.visits.consentOf(visitId);
      if (opened === undefined || consent === undefined) return undefined;
      const { row, event, records } = opened;
      const { language, version, text, at } = consent;
      return {
        version: 1,
        ...{ visit: visitId, event: event.uid, beganAt: row.beganAt },
        ...(row.endedAt === undefined ? {} : { endedAt: row.endedAt }),
        consent: { language, version, text, at },
        photos: records.matchesOf(row),
        deliveries: [
          ...store.keptVisits.ofVisit(visitId).map(({ kind, expiresOn: until }) => ({ kind, until })),
          ...printsOf(visitId),
          ...mailOf(visitId),
        ],
      };
    },
    factsOf: (visitId) => {
      const opened = openOf(visitId);
      if (opened === undefined) return undefined;
      const { row, records } = opened;
      return { ...records.identityOf(row), photos: records.matchesOf(row).map(({ sha256 }) => sha256) };
    },
  };
}
