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

  return {
    of: (visitId) => {
      const row = store.visits.get(visitId);
      const consent = store.visits.consentOf(visitId);
      const event = row && events.get(row.eventId);
      if (row === undefined || consent === undefined || event === undefined) return undefined;
      const sealer = eventKeys.sealerOf(event.id);
      if (!sealer.ok) return undefined;
      const records = createVisitRecords({ store, sealer: sealer.value, eventId: event.id });
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
  };
}
