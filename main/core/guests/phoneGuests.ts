import { EventEmitter } from 'node:events';
import { fail, ok, type Findings, type Language, type Photo, type Result } from '../../../preload/index.ts';
import { bareJpeg } from '../library/index.ts';
import type { Face } from '../../workers/index.ts';
import type { PackTemplate, Vision } from '../matching/index.ts';
import type { Store } from '../store/index.ts';
import { clearFaces } from './findPhotos.ts';
import type { GuestBook } from './guestBook.ts';
import { endOfDay } from './localDate.ts';
import { isSamePerson } from './samePerson.ts';
import { foremost } from './subjects.ts';
import { forgetFound, type Visit } from './visitMemory.ts';

/** A guest's gallery as it stands. */
export interface GuestGallery {
  findings: Findings;
  language: Language;
  /** ISO 8601. */
  expiresAt: string;
  hasSelfie: boolean;
}

/** Guests behind phones. Each is known by the token of their link, and by nothing else; every verb refuses one that opens nothing: guest.unknown. */
export interface PhoneGuests {
  /** A guest has agreed. @returns visit.consent-outdated */
  register(guest: {
    language: Language;
    consentVersion: string;
    name: string | undefined;
    email: string | undefined;
  }): Promise<Result<{ token: string; expiresAt: string; guestId: string }>>;
  /** A link for whoever has the kiosk's code. @returns code.unknown */
  openByCode(typed: string): Promise<Result<{ token: string }>>;
  /** The id of the guest's record; undefined for a token that opens nothing now. */
  guestIdOf(token: string): string | undefined;
  /**
   * Looks for whoever the selfie shows, in the place of whoever was looked for before.
   *
   * @param selfie bytes of the picture's file
   * @returns how many photos there are; selfie.* where the picture will not do, photo.* where it is none
   */
  search(token: string, selfie: Uint8Array): Promise<Result<{ photos: number }>>;
  /** What is found now; searched anew when photos have come. */
  gallery(token: string): Promise<Result<GuestGallery>>;
  /** One of the gallery's photos. @returns photo.missing-original for any other */
  photo(token: string, photoId: number): Promise<Result<Photo>>;
  answer(token: string, photoId: number, isMe: boolean): Result<void>;
  erase(token: string, withFaces: boolean): Promise<Result<{ faces: number }>>;
  /** Photos have come or gone: galleries may be others. */
  outdate(): void;
  readonly events: EventEmitter<{
    /** Photos have come or gone. */
    photos: [];
    /** Links have been withdrawn, or guests erased. */
    gone: [];
  }>;
}

// At most so many people are looked for from one phone: a family, and not everybody whose picture somebody has.
const mostPeople = 3;
// A face that keeps less of its likeness than this (quality.ts) is looked for in vain.
const leastQuality = 0.4;

const nothing: Findings = { sure: [], maybe: [], searchedPhotos: 0 };

export function createPhoneGuests(deps: {
  book: GuestBook;
  vision: Vision;
  store: Store;
  eventId: number;
}): PhoneGuests {
  const { book, vision, store, eventId } = deps;
  const { memory, kept, records } = book;
  /** By what its link is found, in hexadecimal figures: the visit of a phone that has been heard of lately. */
  const visitIds = new Map<string, string>();
  /** By visit: what was found, and how many times photos had come or gone by then. */
  const searches = new Map<string, { version: number; found: Promise<Result<Findings>> }>();
  let version = 0;

  const expiresAtOf = (date: string) => endOfDay(book.event().settings.timeZone, date).toISOString();

  function remember(key: string, visit: Visit): Visit {
    for (const [other, id] of visitIds) {
      if (memory.peek(id) !== undefined) continue;
      visitIds.delete(other);
      searches.delete(id);
    }
    visitIds.set(key, visit.id);
    return visit;
  }

  function visitOf(token: string): Result<Visit> {
    const key = kept.lookupOf(token).toString('hex');
    const id = visitIds.get(key);
    const known = id === undefined ? undefined : memory.find(id);
    if (known !== undefined) return ok(known);
    const opened = kept.openLink(token);
    if (!opened.ok) return opened;
    const { keepsake, content } = opened.value;
    const record = store.visits.findByLookup(keepsake.keys.lookup);
    if (record === undefined) return fail('guest.unknown');
    const person = book.personIn(content, record.id);
    // Templates of another pack are of no use; the guest is asked for another selfie.
    const usable = book.isOurs(content) ? person : { ...person, probes: [], people: [] };
    return ok(remember(key, memory.open({ recordId: record.id, isOnPhone: true, ...usable, link: keepsake })));
  }

  async function withVisit<T>(token: string, work: (visit: Visit) => Promise<Result<T>>): Promise<Result<T>> {
    const visit = visitOf(token);
    return visit.ok ? work(visit.value) : visit;
  }

  /** Whoever asks for a gallery while another selfie takes the place of the last is told what that one brings. */
  async function searchAsItIs(visit: Visit): Promise<Result<Findings>> {
    const { probes } = visit;
    const found = await book.searchFor(visit);
    const isOutdated = visit.probes !== probes && memory.peek(visit.id) !== undefined;
    return isOutdated ? searchAsItIs(visit) : found;
  }

  /** Of many who ask at once, one searches. */
  function findingsOf(visit: Visit): Promise<Result<Findings>> {
    if (visit.probes.length === 0) return Promise.resolve(ok(nothing));
    const last = searches.get(visit.id);
    if (last?.version === version) return last.found;
    const found = searchAsItIs(visit);
    searches.set(visit.id, { version, found });
    // What went wrong is tried again by whoever asks next.
    void found.then((result) => {
      if (!result.ok && searches.get(visit.id)?.found === found) searches.delete(visit.id);
    });
    return found;
  }

  /** Whoever holds the phone: alone in the picture, or nearest by far. */
  async function faceIn(selfie: Uint8Array): Promise<Result<Face>> {
    const analysed = await vision.analyseSelfie(selfie);
    if (!analysed.ok) return analysed;
    const [face, ...others] = foremost(clearFaces(analysed.value.faces));
    const refusal = (() => {
      if (analysed.value.faces.length === 0) return fail('selfie.no-face');
      if (others.length > 0) return fail('selfie.several-faces');
      return face.quality < leastQuality ? fail('selfie.poor-light') : undefined;
    })();
    // Those beside them have agreed to nothing.
    for (const other of analysed.value.faces) if (refusal !== undefined || other !== face) other.template.fill(0);
    return refusal ?? ok(face);
  }

  /** Another person is looked for from this phone. @returns selfie.too-many-people */
  function admit(visit: Visit, person: PackTemplate): Result<void> {
    if (visit.people.some((other) => isSamePerson(other, person))) return ok(undefined);
    const isTooMany = visit.people.length >= mostPeople;
    if (visit.people.length > 0) {
      const action = isTooMany ? 'guest.too-many-people' : 'guest.another-person';
      store.audit.add({ actor: 'guest', action, values: { people: visit.people.length + 1 } });
    }
    if (isTooMany) return fail('selfie.too-many-people');
    visit.people.push({ ...person, template: person.template.slice() });
    return ok(undefined);
  }

  const events: PhoneGuests['events'] = new EventEmitter();
  // One for each phone that has its gallery open.
  events.setMaxListeners(0);
  book.onGone(() => {
    version += 1;
    events.emit('gone');
  });

  return {
    events,

    register: async ({ language, consentVersion, name, email }) => {
      const isNamed = name !== undefined || email !== undefined;
      const link = await kept.makeLink();
      const registered = store.inOneCommit(() => {
        const begun = book.begin(language, consentVersion, true);
        if (!begun.ok) return begun;
        begun.value.link = link;
        const identified = isNamed ? records.identify(begun.value.recordId, { name, email }) : ok(undefined);
        const put = identified.ok ? book.putKept(begun.value) : identified;
        const mailed = put.ok && email !== undefined ? book.addMail(begun.value, { email, name }) : put;
        if (!mailed.ok) memory.end(begun.value.id);
        return mailed.ok ? begun : mailed;
      });
      if (!registered.ok) return registered;
      const visit = registered.value;
      remember(link.keys.lookup.toString('hex'), visit);
      return ok({ token: link.secret, expiresAt: expiresAtOf(link.expiresOn), guestId: visit.recordId });
    },

    openByCode: async (typed) => {
      const opened = await book.openCode(typed);
      if (!opened.ok) return opened;
      const link = await book.linkTo(opened.value, opened.value.record.id);
      return link.ok ? ok({ token: link.value.secret }) : link;
    },

    guestIdOf: (token) => {
      const visit = visitOf(token);
      return visit.ok ? visit.value.recordId : undefined;
    },

    search: (token, selfie) =>
      withVisit(token, async (visit) => {
        const [seen, bareSelfie] = await Promise.all([
          faceIn(selfie),
          book.keepsSelfies ? bareJpeg(Buffer.from(selfie)) : undefined,
        ]);
        if (!seen.ok) return seen;
        const probe: PackTemplate = { packKey: vision.packKey, template: seen.value.template };
        // Whoever has left meanwhile is not searched for.
        const admitted = memory.find(visit.id) === undefined ? fail('guest.unknown') : admit(visit, probe);
        if (!admitted.ok) {
          probe.template.fill(0);
          return admitted;
        }
        forgetFound(visit);
        visit.probes = [probe];
        // Where it was taken, and with what, is nobody's business.
        if (bareSelfie !== undefined) book.keepSelfie(visit, bareSelfie);
        searches.delete(visit.id);
        const found = await findingsOf(visit);
        if (!found.ok) return found;
        const put = book.putKept(visit);
        return put.ok ? ok({ photos: found.value.sure.length }) : put;
      }),

    gallery: (token) =>
      withVisit(token, async (visit) => {
        const found = await findingsOf(visit);
        if (!found.ok) return found;
        const { answers, consent, link, probes } = visit;
        if (link === undefined) return fail('guest.unknown');
        return ok({
          findings: answered(found.value, answers),
          language: consent.language,
          expiresAt: expiresAtOf(link.expiresOn),
          hasSelfie: probes.length > 0,
        });
      }),

    photo: (token, photoId) =>
      withVisit(token, async (visit) => {
        // A gallery that is open asks for each of its photos; that others have come since is of no matter to it.
        const known = await searches.get(visit.id)?.found;
        const found = known?.ok === true && photoIn(known.value, photoId) ? known : await findingsOf(visit);
        if (!found.ok) return found;
        // What somebody says is not theirs is not given to them either.
        const photo = photoIn(answered(found.value, visit.answers), photoId);
        return photo === undefined ? fail('photo.missing-original') : ok(photo);
      }),

    answer: (token, photoId, isMe) => {
      const visit = visitOf(token);
      return visit.ok ? book.answer(visit.value, photoId, isMe) : visit;
    },

    erase: (token, withFaces) =>
      withVisit(token, async (visit) => {
        const record = store.visits.get(visit.recordId);
        if (record?.eventId !== eventId) return fail('guest.unknown');
        return book.erase(record, withFaces, 'guest', visit);
      }),

    outdate: () => {
      version += 1;
      book.outdate();
      events.emit('photos');
    },
  };
}

const photoIn = ({ sure, maybe }: Findings, photoId: number): Photo | undefined =>
  [...sure, ...maybe].find(({ id }) => id === photoId);

/** The guest's own word, given since the search. */
function answered({ sure, maybe, searchedPhotos }: Findings, answers: ReadonlyMap<number, boolean>): Findings {
  const isRefused = ({ id }: Photo) => answers.get(id) === false;
  const isTheirs = ({ id }: Photo) => answers.get(id) === true;
  return {
    sure: [...sure, ...maybe.filter(isTheirs)].filter((photo) => !isRefused(photo)),
    maybe: maybe.filter((photo) => !isTheirs(photo) && !isRefused(photo)),
    searchedPhotos,
  };
}
