import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { fail, ok, type Findings, type Language, type Result } from '../../../preload/index.ts';
import { consentTextOf, type BoothEvent, type Events } from '../events/index.ts';
import type { Sealer } from '../keys/index.ts';
import type { FaceIndex, Matching, PackTemplate, Vision } from '../matching/index.ts';
import type { Store, VisitRow } from '../store/index.ts';
import { codeOf } from './code.ts';
import { createCloudGalleries, type SweepPace } from './cloudGalleries.ts';
import { homeUrlOf, shortHomeAddressOf } from './door.ts';
import { createErasure, type Actor } from './erasure.ts';
import { findingsFor } from './findings.ts';
import {
  createKeptVisits,
  type Keepsake,
  type KeptContent,
  type KeptVisits,
  type OpenedKeepsake,
} from './keptVisit.ts';
import { localDate } from './localDate.ts';
import type { MailContent } from './mailContent.ts';
import { createVisitRecords, type VisitRecords } from './records.ts';
import { areAmong } from './samePerson.ts';
import { mailPlaceOf, selfiePlaceOf } from './sealedPlaces.ts';
import { createVisitMemory, forgetKeptFor, type Visit, type VisitMemory } from './visitMemory.ts';

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
  /** Where phones find guests' galleries in the cloud, `https://photos.example.org/`; without it there are none. */
  galleryUrl?: string | undefined;
  /** Whether guests who leave an address are sent the link to theirs. */
  sendsMail?: boolean;
  /** Whether a FindMe service is to have the guests' selfies. */
  keepsSelfies?: boolean;
  /** How often the galleries in the cloud are searched anew, where it is not as usual. */
  sweepPace?: SweepPace | undefined;
  log: Logger;
}

/** What is known of an event's guests, wherever they stand: before the kiosk or behind a phone. */
export interface GuestBook {
  readonly memory: VisitMemory;
  readonly kept: KeptVisits;
  readonly records: VisitRecords;
  /** Whether there is a FindMe service that is to have selfies. */
  readonly keepsSelfies: boolean;
  /** As its settings are now. */
  event(): BoothEvent;
  /** A guest has agreed to a text; it has to be the event's. @returns visit.consent-outdated */
  begin(language: Language, consentVersion: string, isOnPhone?: boolean): Result<Visit>;
  /** Somebody else stands there now, who agreed with the first: what becomes of them has a record of its own. @returns visit.unknown */
  beginAnew(visit: Visit): Result<void>;
  /** Searches the event for whom the visit is of. @returns visit.unknown where the guest has left meanwhile */
  searchFor(visit: Visit): Promise<Result<Findings>>;
  /** The guest's own word on a photo goes over the score. */
  answer(visit: Visit, photoId: number, isMe: boolean): Result<void>;
  /** What is kept under a code, as somebody typed it. @returns code.unknown */
  openCode(typed: string): Promise<Result<OpenedKeepsake & { record: VisitRow }>>;
  /** Whether it was kept with the templates that the event is searched with now. */
  isOurs(content: KeptContent): boolean;
  /** What was kept, as a visit has it, with the guest's latest word where another code or link of theirs has had it. */
  personIn(content: KeptContent, recordId: string): Pick<Visit, 'consent' | 'probes' | 'people' | 'answers' | 'seen'>;
  /** Brings what the guest can come back with, if there is anything, up to what is known now. */
  putKept(visit: Visit): Result<void>;
  /** A link to what a code has opened; it lasts as long as the code. */
  linkTo(opened: OpenedKeepsake, recordId: string): Promise<Result<Keepsake>>;
  /** Whether it opens all that a new one would: galleries in the cloud may have come since. */
  opensAll(keepsake: Keepsake): boolean;
  /** The address of a link's gallery in the cloud, and a short one for whoever has the code; undefined where there is none. */
  homeOf(link: Keepsake): Home | undefined;
  /** The guest's e-mail, to be sent once there are photos in the gallery; where none are sent, nothing is kept. */
  addMail(visit: Visit, guest: { email: string; name: string | undefined }): Result<void>;
  /** The guest's selfie, until the FindMe service has it. @param picture bytes of a JPEG without metadata */
  keepSelfie(visit: Visit, picture: Uint8Array): void;
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
  /** Photos have come or gone. */
  outdate(): void;
  stop(): Promise<void>;
}

/** A gallery as it is found from anywhere. */
export interface Home {
  url: string;
  /** To be typed. */
  shortAddress: string;
}

const sweepEveryMs = 60_000;

export function createGuestBook(deps: GuestBookDeps): GuestBook {
  const { vision, store, sealer, events, eventId, onVisitEnded, galleryUrl, sweepPace: pace, log } = deps;
  const { sendsMail = false, keepsSelfies = false } = deps;
  const records = createVisitRecords({ store, sealer, eventId });
  const erasure = createErasure(deps);
  const end = ({ recordId }: Visit) => {
    records.end(recordId);
    onVisitEnded?.(recordId);
  };
  const memory = createVisitMemory(end);
  const dateIn = (daysAhead: number) => localDate(event().settings.timeZone, daysAhead);
  const kept = createKeptVisits({
    ...{ store, eventId, sealer },
    hasCloudGalleries: galleryUrl !== undefined,
    retentionDays: () => event().settings.retentionDays,
    localDate: dateIn,
  });
  const galleries =
    galleryUrl === undefined
      ? undefined
      : createCloudGalleries({ ...deps, today: () => dateIn(0), ...(pace && { pace }) });

  function event(): BoothEvent {
    const found = events.get(eventId);
    if (found === undefined) throw new Error(`there is no event ${String(eventId)}`);
    return found;
  }

  const goneListeners: (() => void)[] = [];
  const gone = () => {
    galleries?.outdate();
    for (const listener of goneListeners) listener();
  };

  kept.removeExpired();
  // Photos may have come while nobody looked.
  galleries?.outdate();
  const sweeping = setInterval(() => {
    kept.removeExpired();
    memory.sweep();
  }, sweepEveryMs).unref();

  const matchOf = (photoId: number, faceOf: ReadonlyMap<number, number>): [number, number][] => {
    const faceId = faceOf.get(photoId);
    return faceId === undefined ? [] : [[photoId, faceId]];
  };

  /** With the gallery in the cloud that the doors of it lead to. @param photoIds undefined where nobody has searched */
  function keep(
    recordId: string,
    keepsakes: readonly Keepsake[],
    content: KeptContent,
    photoIds: readonly number[] | undefined,
  ): Result<void> {
    return store.inOneCommit(() => {
      const contents = galleries?.put(recordId, keepsakes, content, photoIds) ?? ok(undefined);
      if (!contents.ok) return contents;
      for (const keepsake of keepsakes) {
        const put = kept.put(recordId, keepsake, content, contents.value);
        if (!put.ok) return put;
      }
      return ok(undefined);
    });
  }

  function putKept({ recordId, code, link, probes, people, answers, seen, consent, matches }: Visit): Result<void> {
    const templatesOf = (some: readonly PackTemplate[]) => some.map(({ template }) => template);
    const content = { probes: templatesOf(probes), people: templatesOf(people), answers, seen, consent };
    const keepsakes = [code, link].filter((keepsake) => keepsake !== undefined);
    return keep(recordId, keepsakes, { packKey: vision.packKey, ...content }, [...matches.keys()]);
  }

  const homeOf = ({ door, secret }: Keepsake): Home | undefined =>
    door === undefined || galleryUrl === undefined
      ? undefined
      : { url: homeUrlOf(galleryUrl, door.days, secret), shortAddress: shortHomeAddressOf(galleryUrl) };

  return {
    ...{ memory, kept, records, keepsSelfies, event, putKept, homeOf, gone },
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

    beginAnew: (visit) => {
      const consent = store.visits.consentOf(visit.recordId);
      if (consent === undefined) return fail('visit.unknown');
      const recordId = randomUUID();
      const begun = records.begin(recordId, consent, new Date().toISOString());
      if (!begun.ok) return begun;
      end(visit);
      visit.recordId = recordId;
      forgetKeptFor(visit);
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
      // Not to whoever else holds a phone that the same code has opened.
      const ofTheirs = memory.ofRecord(visit.recordId).filter(({ probes }) => areAmong(visit.probes, probes));
      for (const { answers } of [visit, ...ofTheirs]) answers.set(photoId, isMe);
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

    opensAll: ({ door }) => door !== undefined || galleries === undefined,

    linkTo: async ({ keepsake, content }, recordId) => {
      const link = await kept.makeLink(keepsake.expiresOn);
      const put = keep(recordId, [link], content, undefined);
      return put.ok ? ok(link) : put;
    },

    addMail: ({ recordId, consent, link }, { email, name }) => {
      const home = sendsMail && link !== undefined ? homeOf(link) : undefined;
      if (home === undefined) return ok(undefined);
      const content: MailContent = {
        to: email,
        ...(name === undefined ? {} : { name }),
        language: consent.language,
        url: home.url,
        eventName: event().settings.name,
      };
      const sealed = sealer.seal(mailPlaceOf(recordId), Buffer.from(JSON.stringify(content), 'utf8'));
      return store.mails.add(recordId, eventId, sealed);
    },

    keepSelfie: ({ recordId }, picture) => {
      if (!keepsSelfies) return;
      const put = store.findme.putSelfie(recordId, eventId, sealer.seal(selfiePlaceOf(recordId), picture));
      // A guest is not kept from their photos by it.
      if (!put.ok) log.error({ fault: put.fault }, 'a selfie for the FindMe service cannot be kept');
    },

    isOurs: ({ packKey }) => packKey === vision.packKey,

    personIn: ({ packKey, probes, people, answers: keptAnswers, seen, consent }, recordId) => {
      const answers = new Map([...keptAnswers, ...(galleries?.answersOf(recordId, { packKey, probes }) ?? [])]);
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

    outdate: () => galleries?.outdate(),

    stop: async () => {
      clearInterval(sweeping);
      memory.endAll();
      await galleries?.stop();
    },
  };
}

const isSame = (a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): boolean =>
  a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
