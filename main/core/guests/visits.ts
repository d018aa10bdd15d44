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
import type { Vision } from '../matching/index.ts';
import type { Store } from '../store/index.ts';
import type { Actor } from './erasure.ts';
import type { GuestBook, Home } from './guestBook.ts';
import { guide, type Stance } from './guide.ts';
import type { Keepsake } from './keptVisit.ts';
import { localMidnight } from './localDate.ts';
import { mostFramesPerShot, probesOf } from './shot.ts';
import { areAmong } from './samePerson.ts';
import { facesOf } from './subjects.ts';
import { createTries } from './tries.ts';
import { forgetKeptFor, forgetPerson, forgetShot, type Visit } from './visitMemory.ts';

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
  /** A gallery for the guest's phone, and the code that opens it for whoever cannot scan; asked again, they are the same. */
  share(visitId: string): Promise<Result<{ token: string; home: Home | undefined; code: string; expiresOn: string }>>;
  /** The same before the guest has asked for it, so that it can be shown on a sheet: it opens nothing until `share`. */
  offerShare(visitId: string): Promise<Result<{ token: string; home: Home | undefined; code: string }>>;
  /** Which record the prints of these photos are put down to. @returns visit.unknown, print.wrong-photos for one that the guest was not shown */
  recordFor(visitId: string, photoIds: readonly number[]): Result<string>;
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
  /** The guest's links open nothing any more. @returns visit.unknown */
  withdrawLink(visitId: string): Result<void>;
  /** Whether there is a guest before the kiosk whose visit has not ended. */
  areUnderWay(): boolean;
  /** Forgets all of it that is in memory. */
  end(visitId: string): void;
  /** What is on record of today, newest first. */
  today(): StaffVisit[];
  /** What staff call a guest by. @returns visit.unknown */
  name: (visitId: string, name: string) => Result<void>;
}

/** Guests before the kiosk, and what staff may do about any guest. */
export function createVisits(deps: { book: GuestBook; vision: Vision; store: Store; eventId: number }): Visits {
  const { book, vision, store, eventId } = deps;
  const { memory, kept, records } = book;
  const tries = createTries();

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

  /** What the guest comes back with; made once. */
  async function codeFor(visit: Visit): Promise<Result<{ code: string; expiresOn: string }>> {
    const made = visit.code ?? visit.offered?.code ?? (await kept.makeCode());
    if (memory.find(visit.id) === undefined) return fail('visit.unknown');
    // Asked for twice at once, it is one code.
    visit.code ??= made;
    return ok({ code: visit.code.secret, expiresOn: visit.code.expiresOn });
  }

  /** A link, and the code for whoever cannot scan; nothing is kept under them yet. */
  async function shareFor(visit: Visit): Promise<Result<{ code: Keepsake; link: Keepsake }>> {
    const { probes } = visit;
    const known = () => ({ code: currentCode(visit) ?? visit.offered?.code, link: visit.link ?? visit.offered?.link });
    const code = known().code ?? (await kept.makeCode());
    const link = known().link ?? (await kept.makeLink(code.expiresOn));
    // Another picture may show somebody else.
    if (memory.find(visit.id) === undefined || visit.probes !== probes) return fail('visit.unknown');
    // Asked for twice at once, they are the same.
    return ok({ code: known().code ?? code, link: known().link ?? link });
  }

  /** One that was given before there were galleries in the cloud goes on opening what it opened, and does not do for a new one. */
  const currentCode = ({ code }: Visit) => (code !== undefined && book.opensAll(code) ? code : undefined);

  function write(visit: Visit): Result<void> {
    const put = book.putKept(visit);
    if (put.ok) keepFor(visit);
    return put.ok ? records.note(visit) : put;
  }

  /** From now on the record is theirs. */
  function keepFor(visit: Visit): void {
    forgetKeptFor(visit);
    visit.keptFor = visit.probes.map(({ packKey, template }) => ({ packKey, template: template.slice() }));
  }

  return {
    begin: (language, consentVersion) => {
      const begun = book.begin(language, consentVersion);
      return begun.ok ? ok({ visitId: begun.value.id, photos: store.photos.count(eventId).indexed }) : begun;
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
      visit.shot.frames.push({
        faces: faces.then((found) => (found.ok ? found.value : [])),
        picture: book.keepsSelfies ? Uint8Array.from(frame) : undefined,
      });
      const found = await faces;
      return found.ok ? ok({ isUseful: found.value.some((face) => face !== undefined) }) : found;
    },

    search: async (visitId, shot) => {
      const visit = memory.find(visitId);
      if (visit === undefined) return fail('visit.unknown');
      const taken = visit.shot;
      if (taken?.number !== shot) return fail('selfie.no-face');
      const { probes, picture } = await probesOf(taken);
      // Whoever has left meanwhile is not searched for.
      if (memory.find(visitId) === undefined) return fail('visit.unknown');
      // Another shot has begun, and the frames of this one have been overwritten.
      if (visit.shot !== taken) return fail('selfie.no-face');
      const people = probes.map((template) => ({ packKey: vision.packKey, template }));
      const isAnother = visit.keptFor.length > 0 && !areAmong(people, visit.keptFor);
      forgetPerson(visit);
      // What was given to the first leads to their record, and in the cloud to one gallery: it is not to become somebody else's.
      const begun = isAnother ? book.beginAnew(visit) : ok(undefined);
      if (!begun.ok) {
        for (const { template } of people) template.fill(0);
        return begun;
      }
      visit.probes = people;
      if (picture !== undefined && visit.probes.length > 0) book.keepSelfie(visit, picture);
      forgetShot(visit);
      return visit.probes.length === 0 ? fail('selfie.no-face') : book.searchFor(visit);
    },

    answer: (visitId, photoId, isMe) => {
      const visit = memory.find(visitId);
      if (visit === undefined) return fail('visit.unknown');
      const answered = book.answer(visit, photoId, isMe);
      return answered.ok ? ok({}) : answered;
    },

    keep: async (visitId) => {
      const visit = memory.find(visitId);
      if (visit === undefined || visit.probes.length === 0) return fail('visit.unknown');
      const code = await codeFor(visit);
      const written = code.ok ? write(visit) : code;
      return written.ok ? code : written;
    },

    share: async (visitId) => {
      const visit = memory.find(visitId);
      if (visit === undefined || visit.probes.length === 0) return fail('visit.unknown');
      const made = await shareFor(visit);
      if (!made.ok) return made;
      const { code, link } = made.value;
      visit.code = code;
      visit.link = link;
      const written = write(visit);
      if (!written.ok) return written;
      const { secret: token } = link;
      return ok({ token, home: book.homeOf(link), code: code.secret, expiresOn: code.expiresOn });
    },

    offerShare: async (visitId) => {
      const visit = memory.find(visitId);
      if (visit === undefined || visit.probes.length === 0) return fail('visit.unknown');
      const made = await shareFor(visit);
      if (!made.ok) return made;
      visit.offered ??= made.value;
      const { code, link } = visit.offered;
      return ok({ token: link.secret, home: book.homeOf(link), code: code.secret });
    },

    recordFor: (visitId, photoIds) => {
      const visit = memory.find(visitId);
      if (visit === undefined) return fail('visit.unknown');
      return photoIds.every((id) => visit.seen.has(id)) ? ok(visit.recordId) : fail('print.wrong-photos');
    },

    resume: async (typed) => {
      if (!tries.begin()) return fail('code.too-many-tries');
      const opened = await book.openCode(typed);
      if (!opened.ok) return opened;
      tries.succeeded();
      const { keepsake, content, record } = opened.value;
      const visit = memory.open({ recordId: record.id, ...book.personIn(content, record.id), code: keepsake });
      const found = book.isOurs(content) ? await book.searchFor(visit) : fail('code.outdated');
      if (!found.ok) {
        memory.end(visit.id);
        return found;
      }
      keepFor(visit);
      // What cannot be written now is written at the next word of the guest, or found again the next time.
      book.putKept(visit);
      const newPhotos = [...found.value.sure, ...found.value.maybe].filter(({ id }) => !content.seen.has(id)).length;
      return ok({ visitId: visit.id, findings: found.value, newPhotos });
    },

    erase: async (visitId, withFaces, actor) => {
      const live = memory.find(visitId) ?? memory.ofRecord(visitId).at(0);
      const record = store.visits.get(live?.recordId ?? visitId);
      if (record?.eventId !== eventId) return fail('visit.unknown');
      return book.erase(record, withFaces, actor, live);
    },

    eraseByCode: async (typed, withFaces) => {
      const opened = await book.openCode(typed);
      if (!opened.ok) return opened;
      const { content, record } = opened.value;
      // Among the templates of another pack the guest cannot be looked for: what is on record goes.
      const person = book.isOurs(content) ? book.personIn(content, record.id) : undefined;
      return book.erase(record, withFaces, 'staff', memory.ofRecord(record.id).at(0) ?? person);
    },

    withdrawLink: (visitId) => {
      const record = store.visits.get(visitId);
      if (record?.eventId !== eventId) return fail('visit.unknown');
      const removed = kept.removeLinks(record.id);
      if (!removed.ok) return removed;
      for (const visit of memory.ofRecord(record.id)) {
        if (visit.isOnPhone) memory.end(visit.id);
        visit.link = undefined;
        visit.offered = undefined;
      }
      book.gone();
      return ok(undefined);
    },

    areUnderWay: () => memory.isAnyoneThere(),
    end: (visitId) => memory.end(visitId),
    today: () => records.since(localMidnight(book.event().settings.timeZone).toISOString()),
    name: records.name,
  };
}
