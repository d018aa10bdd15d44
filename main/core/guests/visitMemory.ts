import { randomUUID } from 'node:crypto';
import type { PackTemplate } from '../matching/index.ts';
import type { Stance } from './guide.ts';
import type { Consent, Keepsake } from './keptVisit.ts';
import { overwrite, type Shot } from './shot.ts';

/** What is known of a guest, in memory only and only while the visit lasts. */
export interface Visit {
  readonly id: string;
  /** Of the record that is kept of it: its own, that of the visit which a code has brought back, or one that was begun when somebody else stood there. */
  recordId: string;
  /** Else before the kiosk. */
  readonly isOnPhone: boolean;
  consent: Consent;
  stance: Stance | undefined;
  shot: Shot | undefined;
  /** One for each person who is searched for. */
  probes: PackTemplate[];
  /** The guest's own word on photos. */
  answers: Map<number, boolean>;
  /** Photos that were found so far. */
  seen: Set<number>;
  /** By photo that was found: the face in it that is most like the guest's. */
  faceOf: ReadonlyMap<number, number>;
  /** Those that are surely the guest's, and the guest's face in each. */
  matches: Map<number, number>;
  /** One of each person that a phone's selfies have shown. */
  people: PackTemplate[];
  /** Before the kiosk: one of each person whom something is kept for under the record. */
  keptFor: PackTemplate[];
  /** What the guest can come back with. */
  code: Keepsake | undefined;
  link: Keepsake | undefined;
  /** What stands on a sheet that the guest looks at: nothing is kept under them until it is printed. */
  offered: { code: Keepsake; link: Keepsake } | undefined;
}

export interface VisitMemory {
  open(known: Pick<Visit, 'consent'> & Partial<Visit>): Visit;
  /** The visit, if it has not ended; it lasts on from now. */
  find(id: string): Visit | undefined;
  /** All that go with a record: a guest may stand before the kiosk and hold the phone. */
  ofRecord(recordId: string): Visit[];
  /** The same, and it lasts no longer for it. */
  peek(id: string): Visit | undefined;
  /** Whether somebody stands before the kiosk. */
  isAnyoneThere(): boolean;
  /** Overwrites what is secret and forgets the rest. */
  end(id: string): void;
  /** Ends those whose windows have gone without doing so. */
  sweep(): void;
  endAll(): void;
}

const longestSilenceMs = 15 * 60_000;

/** @param onEnd hears of each visit that ends, however it ends */
export function createVisitMemory(onEnd: (visit: Visit) => void): VisitMemory {
  const visits = new Map<string, { visit: Visit; touchedMs: number }>();

  function end(id: string): void {
    const visit = visits.get(id)?.visit;
    visits.delete(id);
    if (visit === undefined) return;
    onEnd(visit);
    forgetPerson(visit);
    forgetShot(visit);
    for (const { template } of visit.people) template.fill(0);
    forgetKeptFor(visit);
  }

  return {
    open: (known) => {
      const id = randomUUID();
      const visit: Visit = {
        id,
        recordId: id,
        isOnPhone: false,
        stance: undefined,
        shot: undefined,
        probes: [],
        answers: new Map(),
        seen: new Set(),
        faceOf: new Map(),
        matches: new Map(),
        people: [],
        keptFor: [],
        code: undefined,
        link: undefined,
        offered: undefined,
        ...known,
      };
      visits.set(visit.id, { visit, touchedMs: performance.now() });
      return visit;
    },

    find: (id) => {
      const found = visits.get(id);
      if (found !== undefined) found.touchedMs = performance.now();
      return found?.visit;
    },

    ofRecord: (recordId) =>
      [...visits.values()].map(({ visit }) => visit).filter((visit) => visit.recordId === recordId),

    peek: (id) => visits.get(id)?.visit,

    isAnyoneThere: () => [...visits.values()].some(({ visit }) => !visit.isOnPhone),

    end,

    sweep: () => {
      const longAgo = performance.now() - longestSilenceMs;
      for (const [id, { touchedMs }] of visits) if (touchedMs < longAgo) end(id);
    },

    endAll: () => {
      for (const id of [...visits.keys()]) end(id);
    },
  };
}

/**
 * Overwrites who is searched for, and parts with all that was said and kept of them. Another picture is another beginning: it may show somebody else,
 * whom the code or the link that was given must never come to open.
 */
export function forgetPerson(visit: Visit): void {
  forgetFound(visit);
  const { code, link, offered } = visit;
  for (const keepsake of [code, link, offered?.code, offered?.link]) {
    keepsake?.keys.key.fill(0);
    keepsake?.door?.keys?.key.fill(0);
  }
  visit.code = undefined;
  visit.link = undefined;
  visit.offered = undefined;
}

/** The same for a guest on a phone, whose link is theirs whoever the picture shows. */
export function forgetFound(visit: Visit): void {
  // Not left for whenever the garbage is collected.
  for (const { template } of visit.probes) template.fill(0);
  visit.probes = [];
  visit.answers = new Map();
  visit.seen = new Set();
  visit.faceOf = new Map();
  visit.matches = new Map();
}

/** The record is another's, or nobody's. */
export function forgetKeptFor(visit: Visit): void {
  for (const { template } of visit.keptFor) template.fill(0);
  visit.keptFor = [];
}

/** Parts with a try, used or not. */
export function forgetShot(visit: Visit): void {
  if (visit.shot !== undefined) overwrite(visit.shot);
  visit.shot = undefined;
}
