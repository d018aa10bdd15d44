import type { Logger } from 'pino';
import {
  fail,
  ok,
  type Findings,
  type FramePoint,
  type Guidance,
  type Language,
  type Result,
  type StaffVisit,
} from '../../../preload/index.ts';
import type { Face } from '../../workers/index.ts';
import { consentTextOf, type BoothEvent, type Events } from '../events/index.ts';
import type { Sealer } from '../keys/index.ts';
import type { FaceIndex, Matching, PackTemplate, Vision } from '../matching/index.ts';
import type { Store, VisitRow } from '../store/index.ts';
import { codeOf } from './code.ts';
import { createErasure, type Actor } from './erasure.ts';
import { findingsFor } from './findings.ts';
import { guide, type Stance } from './guide.ts';
import { createKeptVisits, type KeptContent } from './keptVisit.ts';
import { localDate, localMidnight } from './localDate.ts';
import { createVisitRecords } from './records.ts';
import { mostFramesPerShot, probesOf } from './shot.ts';
import { facesOf } from './subjects.ts';
import { createTries } from './tries.ts';
import { createVisitMemory, forgetPerson, forgetShot, type Visit } from './visitMemory.ts';

export interface Visits {
  begin(language: Language, consentVersion: string): Result<{ visitId: string; photos: number }>;
  check(visitId: string, frame: Uint8Array, subjects: readonly FramePoint[]): Promise<Result<Guidance>>;
  addFrame(
    visitId: string,
    shot: number,
    frame: Uint8Array,
    subjects: readonly FramePoint[],
  ): Promise<Result<{ isUseful: boolean }>>;
  search(visitId: string, shot: number): Promise<Result<Findings>>;
  answer(visitId: string, photoId: number, isMe: boolean): Result<Record<string, never>>;
  keep(visitId: string): Promise<Result<{ code: string; expiresOn: string }>>;
  resume(typed: string): Promise<Result<{ visitId: string; findings: Findings; newPhotos: number }>>;
  /**
   * Deletes what is kept of a guest, and ends the visit if it lasts still. `withFaces`: the guest's faces go out of the event's photos' index, too.
   *
   * @param visitId of a visit that lasts, or of a record
   * @returns how many faces went; visit.unknown
   */
  erase(visitId: string, withFaces: boolean, actor: Actor): Promise<Result<{ faces: number }>>;
  /** The same for a guest who shows a code to staff. @returns code.unknown */
  eraseByCode(typed: string, withFaces: boolean): Promise<Result<{ faces: number }>>;
  /** Whether there is a guest whose visit has not ended. */
  areUnderWay(): boolean;
  /** Forgets all of it that is in memory. */
  end(visitId: string): void;
  /** What is on record of today, newest first. */
  today(): StaffVisit[];
  /** What staff call a guest by. @returns visit.unknown */
  name: (visitId: string, name: string) => Result<void>;
  stop(): void;
}

const sweepEveryMs = 60_000;

export function createVisits(deps: {
  vision: Vision;
  matching: Matching;
  index: FaceIndex;
  store: Store;
  /** Of the event. */
  sealer: Sealer;
  events: Events;
  eventId: number;
  onErased: () => Promise<void>;
  log: Logger;
}): Visits {
  const { vision, store, sealer, events, eventId } = deps;
  const records = createVisitRecords({ store, sealer, eventId });
  const erasure = createErasure(deps);
  const memory = createVisitMemory(({ recordId }) => records.end(recordId));
  const kept = createKeptVisits({
    store,
    eventId,
    sealer,
    retentionDays: () => event().settings.retentionDays,
    localDate: (daysAhead) => localDate(event().settings.timeZone, daysAhead),
  });
  const tries = createTries();

  /** As its settings are now. */
  function event(): BoothEvent {
    const found = events.get(eventId);
    if (found === undefined) throw new Error(`there is no event ${String(eventId)}`);
    return found;
  }

  kept.removeExpired();
  const sweeping = setInterval(() => {
    kept.removeExpired();
    memory.sweep();
  }, sweepEveryMs).unref();

  async function facesIn(
    frame: Uint8Array,
    subjects: readonly FramePoint[],
    stance: Stance | undefined,
  ): Promise<Result<(Face | undefined)[]>> {
    const analysed = await vision.analyseSelfie(frame, stance?.boxes);
    if (!analysed.ok) return analysed;
    const { faces, width, height } = analysed.value;
    const chosen = facesOf(faces, subjects, { width, height });
    // Those beside them have agreed to nothing.
    for (const face of faces) if (!chosen.includes(face)) face.template.fill(0);
    return ok(chosen);
  }

  async function searchFor(visit: Visit): Promise<Result<Findings>> {
    const found = await findingsFor(deps, visit.probes, visit.answers);
    if (!found.ok) return found;
    // What was found for somebody who has left meanwhile is nobody's.
    if (memory.find(visit.id) === undefined) return fail('visit.unknown');
    const { findings, faceOf } = found.value;
    for (const { id } of [...findings.sure, ...findings.maybe]) visit.seen.add(id);
    visit.faceOf = faceOf;
    visit.matches = new Map(findings.sure.flatMap(({ id }) => matchOf(id, faceOf)));
    // A guest is not kept from their photos by a record that cannot be written now; the next word of theirs writes it.
    records.note(visit);
    return ok(findings);
  }

  const isOurs = ({ packKey }: KeptContent): boolean => packKey === vision.packKey;

  const probesIn = ({ packKey, probes }: KeptContent): PackTemplate[] =>
    probes.map((template) => ({ packKey, template }));

  const matchOf = (photoId: number, faceOf: ReadonlyMap<number, number>): [number, number][] => {
    const faceId = faceOf.get(photoId);
    return faceId === undefined ? [] : [[photoId, faceId]];
  };

  /** @param person whose faces are looked for anew: photos may have come since the record was written */
  async function eraseRecord(
    record: VisitRow,
    withFaces: boolean,
    actor: Actor,
    person: Pick<Visit, 'probes' | 'answers'> | undefined,
  ): Promise<Result<{ faces: number }>> {
    const faceIds = new Set(withFaces ? erasure.facesOf(records.matchesOf(record)) : []);
    if (withFaces && person !== undefined) {
      const alike = await erasure.facesLike(person.probes, person.answers);
      if (!alike.ok) return alike;
      for (const id of alike.value) faceIds.add(id);
    }
    const erased = await erasure.erase(record, actor, [...faceIds]);
    const live = memory.findByRecord(record.id);
    if (erased.ok && live !== undefined) memory.end(live.id);
    return erased;
  }

  /** Brings what is kept under the guest's code, if there is one, up to what is known now. */
  function putKept({ recordId, keepsake, probes, answers, seen, consent }: Visit): Result<void> {
    if (keepsake === undefined) return ok(undefined);
    const templates = probes.map(({ template }) => template);
    return kept.put(recordId, keepsake, { packKey: vision.packKey, probes: templates, answers, seen, consent });
  }

  return {
    begin: (language, consentVersion) => {
      const shown = events.consentsOf(event())[language];
      if (shown?.version !== consentVersion) return fail('visit.consent-outdated');
      const consent = { version: consentVersion, language, at: new Date().toISOString() };
      const visit = memory.open({ consent });
      const text = { language, version: consentVersion, text: consentTextOf(shown) };
      const begun = records.begin(visit.recordId, text, consent.at);
      if (!begun.ok) {
        memory.end(visit.id);
        return begun;
      }
      return ok({ visitId: visit.id, photos: store.photos.count(eventId).indexed });
    },

    check: async (visitId, frame, subjects) => {
      const visit = memory.find(visitId);
      if (visit === undefined) return fail('visit.unknown');
      // When it came: how long the looking takes has nothing to do with how the guest moves.
      const atMs = performance.now();
      const glance = await vision.glance(frame);
      if (!glance.ok) return glance;
      const { guidance, stance } = guide(glance.value, subjects, visit.stance, atMs);
      visit.stance = stance;
      return ok(guidance);
    },

    addFrame: async (visitId, shot, frame, subjects) => {
      const visit = memory.find(visitId);
      if (visit === undefined) return fail('visit.unknown');
      if (visit.shot?.number !== shot) {
        forgetShot(visit);
        visit.shot = { number: shot, frames: [] };
      }
      if (visit.shot.frames.length >= mostFramesPerShot) return ok({ isUseful: false });
      const faces = facesIn(frame, subjects, visit.stance);
      // A frame that cannot be read is one without a face: there are others.
      visit.shot.frames.push(faces.then((found) => (found.ok ? found.value : [])));
      const found = await faces;
      return found.ok ? ok({ isUseful: found.value.some((face) => face !== undefined) }) : found;
    },

    search: async (visitId, shot) => {
      const visit = memory.find(visitId);
      if (visit === undefined) return fail('visit.unknown');
      const taken = visit.shot;
      if (taken?.number !== shot) return fail('selfie.no-face');
      const probes = await probesOf(taken);
      // Whoever has left meanwhile is not searched for.
      if (memory.find(visitId) === undefined) return fail('visit.unknown');
      // Another shot has begun, and the frames of this one have been overwritten.
      if (visit.shot !== taken) return fail('selfie.no-face');
      forgetPerson(visit);
      visit.probes = probes.map((template) => ({ packKey: vision.packKey, template }));
      forgetShot(visit);
      return visit.probes.length === 0 ? fail('selfie.no-face') : searchFor(visit);
    },

    answer: (visitId, photoId, isMe) => {
      const visit = memory.find(visitId);
      if (visit === undefined) return fail('visit.unknown');
      visit.answers.set(photoId, isMe);
      if (isMe) for (const match of matchOf(photoId, visit.faceOf)) visit.matches.set(...match);
      else visit.matches.delete(photoId);
      const noted = records.note(visit);
      const put = noted.ok ? putKept(visit) : noted;
      return put.ok ? ok({}) : put;
    },

    keep: async (visitId) => {
      const visit = memory.find(visitId);
      if (visit === undefined || visit.probes.length === 0) return fail('visit.unknown');
      const made = visit.keepsake ?? (await kept.make());
      if (memory.find(visitId) === undefined) return fail('visit.unknown');
      // Asked for twice at once, it is one code.
      visit.keepsake ??= made;
      const { code, expiresOn } = visit.keepsake;
      const put = putKept(visit);
      const noted = put.ok ? records.note(visit) : put;
      return noted.ok ? ok({ code, expiresOn }) : noted;
    },

    resume: async (typed) => {
      if (!tries.begin()) return fail('code.too-many-tries');
      const code = codeOf(typed);
      const opened = code === undefined ? fail('code.unknown') : await kept.open(code);
      if (!opened.ok) return opened;
      tries.succeeded();
      const { keepsake, content } = opened.value;
      const record = store.visits.findByLookup(keepsake.keys.lookup);
      if (record === undefined) return fail('code.unknown');
      const { consent, answers, seen } = content;
      const probes = probesIn(content);
      const visit = memory.open({ recordId: record.id, consent, probes, answers, seen: new Set(seen), keepsake });
      const found = isOurs(content) ? await searchFor(visit) : fail('code.outdated');
      if (!found.ok) {
        memory.end(visit.id);
        return found;
      }
      // What cannot be written now is written at the next word of the guest, or found again the next time.
      putKept(visit);
      const newPhotos = [...found.value.sure, ...found.value.maybe].filter(({ id }) => !seen.has(id)).length;
      return ok({ visitId: visit.id, findings: found.value, newPhotos });
    },

    erase: async (visitId, withFaces, actor) => {
      const live = memory.find(visitId) ?? memory.findByRecord(visitId);
      const record = store.visits.get(live?.recordId ?? visitId);
      if (record?.eventId !== eventId) return fail('visit.unknown');
      return eraseRecord(record, withFaces, actor, live);
    },

    eraseByCode: async (typed, withFaces) => {
      const code = codeOf(typed);
      const opened = code === undefined ? fail('code.unknown') : await kept.open(code);
      if (!opened.ok) return opened;
      const { keepsake, content } = opened.value;
      const record = store.visits.findByLookup(keepsake.keys.lookup);
      if (record === undefined) return fail('code.unknown');
      const { answers } = content;
      // Among the templates of another pack the guest cannot be looked for: what is on record goes.
      const person = isOurs(content) ? { probes: probesIn(content), answers } : undefined;
      return eraseRecord(record, withFaces, 'staff', memory.findByRecord(record.id) ?? person);
    },

    areUnderWay: () => !memory.isEmpty(),
    end: (visitId) => memory.end(visitId),
    today: () => records.since(localMidnight(event().settings.timeZone).toISOString()),
    name: records.name,

    stop: () => {
      clearInterval(sweeping);
      memory.endAll();
    },
  };
}
