import type { Logger } from 'pino';
import { fail, ok, type Findings, type Language, type Result } from '../../../preload/index.ts';
import { consentTextOf, type BoothEvent, type Events } from '../events/index.ts';
import type { Sealer } from '../keys/index.ts';
import type { FaceIndex, Matching, PackTemplate, Vision } from '../matching/index.ts';
import type { Store, VisitRow } from '../store/index.ts';
import { codeOf } from './code.ts';
import { createErasure, type Actor } from './erasure.ts';
import { findingsFor } from './findings.ts';
import { createKeptVisits, type KeptContent, type KeptVisits, type OpenedKeepsake } from './keptVisit.ts';
import { localDate } from './localDate.ts';
import { createVisitRecords, type VisitRecords } from './records.ts';
import { createVisitMemory, type Visit, type VisitMemory } from './visitMemory.ts';

export interface GuestBookDeps {
  vision: Vision;
  matching: Matching;
  index: FaceIndex;
  store: Store;
  /** Of the event. */
  sealer: Sealer;
  events: Events;
  eventId: number;
  onErased: () => Promise<void>;
  /** A guest has left. @param visitId of the visit's record */
  onVisitEnded?: (visitId: string) => void;
  log: Logger;
}

/** What is known of an event's guests, wherever they stand: before the kiosk or behind a phone. */
export interface GuestBook {
  readonly memory: VisitMemory;
  readonly kept: KeptVisits;
  readonly records: VisitRecords;
  /** As its settings are now. */
  event(): BoothEvent;
  /** A guest has agreed to a text; it has to be the event's. @returns visit.consent-outdated */
  begin(language: Language, consentVersion: string, isOnPhone?: boolean): Result<Visit>;
  /** Searches the event for whom the visit is of. @returns visit.unknown where the guest has left meanwhile */
  searchFor(visit: Visit): Promise<Result<Findings>>;
  /** The guest's own word on a photo goes over the score. */
  answer(visit: Visit, photoId: number, isMe: boolean): Result<void>;
  /** What is kept under a code, as somebody typed it. @returns code.unknown */
  openCode(typed: string): Promise<Result<OpenedKeepsake & { record: VisitRow }>>;
  /** Whether it was kept with the templates that the event is searched with now. */
  isOurs(content: KeptContent): boolean;
  /** What was kept, as a visit has it. */
  personIn(content: KeptContent): Pick<Visit, 'consent' | 'probes' | 'people' | 'answers' | 'seen'>;
  /** Brings what the guest can come back with, if there is anything, up to what is known now. */
  putKept(visit: Visit): Result<void>;
  /**
   * Erases a record, what is kept with it, and the visits of it that last still.
   *
   * @param person whose faces are looked for anew: photos may have come since the record was written
   */
  erase(
    record: VisitRow,
    withFaces: boolean,
    actor: Actor,
    person: Pick<Visit, 'probes' | 'answers'> | undefined,
  ): Promise<Result<{ faces: number }>>;
  /** Calls whenever a guest has been erased, or a link withdrawn. */
  onGone(listener: () => void): void;
  gone(): void;
  stop(): void;
}

const sweepEveryMs = 60_000;

export function createGuestBook(deps: GuestBookDeps): GuestBook {
  const { vision, store, sealer, events, eventId, onVisitEnded } = deps;
  const records = createVisitRecords({ store, sealer, eventId });
  const erasure = createErasure(deps);
  const memory = createVisitMemory(({ recordId }) => {
    records.end(recordId);
    onVisitEnded?.(recordId);
  });
  const kept = createKeptVisits({
    store,
    eventId,
    sealer,
    retentionDays: () => event().settings.retentionDays,
    localDate: (daysAhead) => localDate(event().settings.timeZone, daysAhead),
  });

  function event(): BoothEvent {
    const found = events.get(eventId);
    if (found === undefined) throw new Error(`there is no event ${String(eventId)}`);
    return found;
  }

  const goneListeners: (() => void)[] = [];
  const gone = () => {
    for (const listener of goneListeners) listener();
  };

  kept.removeExpired();
  const sweeping = setInterval(() => {
    kept.removeExpired();
    memory.sweep();
  }, sweepEveryMs).unref();

  const matchOf = (photoId: number, faceOf: ReadonlyMap<number, number>): [number, number][] => {
    const faceId = faceOf.get(photoId);
    return faceId === undefined ? [] : [[photoId, faceId]];
  };

  function putKept({ recordId, code, link, probes, people, answers, seen, consent }: Visit): Result<void> {
    const templatesOf = (some: readonly PackTemplate[]) => some.map(({ template }) => template);
    const content = { probes: templatesOf(probes), people: templatesOf(people), answers, seen, consent };
    for (const keepsake of [code, link]) {
      if (keepsake === undefined) continue;
      const put = kept.put(recordId, keepsake, { packKey: vision.packKey, ...content });
      if (!put.ok) return put;
    }
    return ok(undefined);
  }

  return {
    ...{ memory, kept, records, event, putKept, gone },
    onGone: (listener) => void goneListeners.push(listener),

    begin: (language, consentVersion, isOnPhone = false) => {
      const shown = events.consentsOf(event(), isOnPhone ? 'phone' : 'kiosk')[language];
      if (shown?.version !== consentVersion) return fail('visit.consent-outdated');
      const consent = { version: consentVersion, language, at: new Date().toISOString() };
      const visit = memory.open({ consent, isOnPhone });
      const text = { language, version: consentVersion, text: consentTextOf(shown) };
      const begun = records.begin(visit.recordId, text, consent.at);
      if (begun.ok) return ok(visit);
      memory.end(visit.id);
      return begun;
    },

    searchFor: async (visit) => {
      const { probes } = visit;
      const found = await findingsFor(deps, probes, visit.answers);
      if (!found.ok) return found;
      // What was found for somebody who has left meanwhile is nobody's, and for a picture that another has followed, of no use.
      if (memory.find(visit.id) === undefined || visit.probes !== probes) return fail('visit.unknown');
      const { findings, faceOf } = found.value;
      for (const { id } of [...findings.sure, ...findings.maybe]) visit.seen.add(id);
      visit.faceOf = faceOf;
      const before = visit.matches;
      visit.matches = new Map(findings.sure.flatMap(({ id }) => matchOf(id, faceOf)));
      // A guest is not kept from their photos by a record that cannot be written now; the next word of theirs writes it.
      if (!isSame(before, visit.matches)) records.note(visit);
      return ok(findings);
    },

    answer: (visit, photoId, isMe) => {
      for (const { answers } of [visit, ...memory.ofRecord(visit.recordId)]) answers.set(photoId, isMe);
      if (isMe) for (const match of matchOf(photoId, visit.faceOf)) visit.matches.set(...match);
      else visit.matches.delete(photoId);
      const noted = records.note(visit);
      return noted.ok ? putKept(visit) : noted;
    },

    openCode: async (typed) => {
      const code = codeOf(typed);
      const opened = code === undefined ? fail('code.unknown') : await kept.openCode(code);
      if (!opened.ok) return opened;
      const record = store.visits.findByLookup(opened.value.keepsake.keys.lookup);
      return record === undefined ? fail('code.unknown') : ok({ ...opened.value, record });
    },

    isOurs: ({ packKey }) => packKey === vision.packKey,

    personIn: ({ packKey, probes, people, answers, seen, consent }) => {
      const ofPack = (template: Float32Array): PackTemplate => ({ packKey, template });
      return { consent, probes: probes.map(ofPack), people: people.map(ofPack), answers, seen: new Set(seen) };
    },

    erase: async (record, withFaces, actor, person) => {
      const faceIds = new Set(withFaces ? erasure.facesOf(records.matchesOf(record)) : []);
      if (withFaces && person !== undefined) {
        const alike = await erasure.facesLike(person.probes, person.answers);
        if (!alike.ok) return alike;
        for (const id of alike.value) faceIds.add(id);
      }
      const erased = await erasure.erase(record, actor, [...faceIds]);
      if (!erased.ok) return erased;
      for (const { id } of memory.ofRecord(record.id)) memory.end(id);
      gone();
      return erased;
    },

    stop: () => {
      clearInterval(sweeping);
      memory.endAll();
    },
  };
}

const isSame = (a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): boolean =>
  a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
