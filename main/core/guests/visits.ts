import { randomUUID } from 'node:crypto';
import {
  consentVersion as currentConsentVersion,
  fail,
  ok,
  type Findings,
  type FramePoint,
  type Guidance,
  type Language,
  type Result,
} from '../../../preload/index.ts';
import type { Face } from '../../workers/index.ts';
import type { Matching, Vision } from '../matching/index.ts';
import type { Store } from '../store/index.ts';
import { codeOf } from './code.ts';
import { findingsFor } from './findings.ts';
import { fuse } from './fuse.ts';
import { guide, type Stance } from './guide.ts';
import { createKeptVisits, type Consent, type Keepsake } from './keptVisit.ts';
import { facesOf } from './subjects.ts';
import { createTries } from './tries.ts';

/** What is known of a guest, in memory only and only while the visit lasts. */
interface Visit {
  consent: Consent;
  stance: Stance | undefined;
  shot: Shot | undefined;
  /** One for each person who is searched for. */
  probes: Float32Array[];
  answers: Map<number, boolean>;
  /** Photos that were found so far. */
  seen: Set<number>;
  keepsake: Keepsake | undefined;
  touchedMs: number;
}

interface Shot {
  number: number;
  /** For each frame, for each subject: the face, where there was one. */
  frames: Promise<(Face | undefined)[]>[];
}

export interface Visits {
  begin(language: Language, consentVersion: string): Result<{ visitId: string }>;
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
  /** Forgets all of it. */
  end(visitId: string): void;
  stop(): void;
}

// A window that has gone without ending its guest's visit does not make it last.
const longestVisitMs = 15 * 60_000;
const sweepEveryMs = 60_000;
const mostFramesPerShot = 12;

export function createVisits(deps: {
  vision: Vision;
  matching: Matching;
  store: Store;
  eventId: number;
  retentionDays: number;
}): Visits {
  const { vision, store, eventId } = deps;
  const visits = new Map<string, Visit>();
  const kept = createKeptVisits({ store, eventId, retentionDays: deps.retentionDays });
  const tries = createTries();

  kept.removeExpired();
  const sweeping = setInterval(sweep, sweepEveryMs).unref();

  function sweep(): void {
    kept.removeExpired();
    for (const [id, { touchedMs }] of visits) if (performance.now() - touchedMs > longestVisitMs) end(id);
  }

  function touch(visitId: string): Visit | undefined {
    const visit = visits.get(visitId);
    if (visit !== undefined) visit.touchedMs = performance.now();
    return visit;
  }

  function open(visit: Pick<Visit, 'consent'> & Partial<Visit>): string {
    const visitId = randomUUID();
    visits.set(visitId, {
      stance: undefined,
      shot: undefined,
      probes: [],
      answers: new Map(),
      seen: new Set(),
      keepsake: undefined,
      touchedMs: performance.now(),
      ...visit,
    });
    return visitId;
  }

  function end(visitId: string): void {
    const visit = visits.get(visitId);
    visits.delete(visitId);
    if (visit === undefined) return;
    // Not left for the garbage collector's time.
    for (const probe of visit.probes) probe.fill(0);
    visit.keepsake?.keys.key.fill(0);
    forgetShot(visit);
  }

  function forgetShot(visit: Visit): void {
    for (const frame of visit.shot?.frames ?? [])
      void frame.then((faces) => faces.forEach((face) => face?.template.fill(0)));
    visit.shot = undefined;
  }

  async function facesIn(frame: Uint8Array, subjects: readonly FramePoint[]): Promise<Result<(Face | undefined)[]>> {
    const analysed = await vision.analyseSelfie(frame);
    if (!analysed.ok) return analysed;
    const { faces, width, height } = analysed.value;
    return ok(facesOf(faces, subjects, { width, height }));
  }

  async function searchFor(visit: Visit): Promise<Result<Findings>> {
    const found = await findingsFor({ ...deps, eventId }, visit.probes, visit.answers);
    if (!found.ok) return found;
    for (const { id } of [...found.value.sure, ...found.value.maybe]) visit.seen.add(id);
    return found;
  }

  /** Brings what is kept under the guest's code, if there is one, up to what is known now. */
  function putKept(visit: Visit): Result<void> {
    const { keepsake, probes, answers, seen, consent } = visit;
    if (keepsake === undefined) return ok(undefined);
    return kept.put(keepsake, { packKey: vision.packKey, probes, answers, seen, consent });
  }

  return {
    begin: (language, consentVersion) => {
      if (consentVersion !== currentConsentVersion) return fail('visit.consent-outdated');
      return ok({ visitId: open({ consent: { version: consentVersion, language, at: new Date().toISOString() } }) });
    },

    check: async (visitId, frame, subjects) => {
      if (touch(visitId) === undefined) return fail('visit.unknown');
      const glance = await vision.glance(frame);
      if (!glance.ok) return glance;
      const visit = visits.get(visitId);
      if (visit === undefined) return fail('visit.unknown');
      const { guidance, stance } = guide(glance.value, subjects, visit.stance, performance.now());
      visit.stance = stance;
      return ok(guidance);
    },

    addFrame: async (visitId, shot, frame, subjects) => {
      const visit = touch(visitId);
      if (visit === undefined) return fail('visit.unknown');
      if (visit.shot?.number !== shot) {
        forgetShot(visit);
        visit.shot = { number: shot, frames: [] };
      }
      if (visit.shot.frames.length >= mostFramesPerShot) return ok({ isUseful: false });
      const faces = facesIn(frame, subjects);
      // A frame that cannot be read is one without a face: there are others.
      visit.shot.frames.push(faces.then((found) => (found.ok ? found.value : [])));
      const found = await faces;
      return found.ok ? ok({ isUseful: found.value.some((face) => face !== undefined) }) : found;
    },

    search: async (visitId, shot) => {
      const visit = touch(visitId);
      if (visit === undefined) return fail('visit.unknown');
      if (visit.shot?.number !== shot) return fail('selfie.no-face');
      const frames = await Promise.all(visit.shot.frames);
      if (!visits.has(visitId)) return fail('visit.unknown');
      const people = Math.max(0, ...frames.map((faces) => faces.length));
      const probes = Array.from({ length: people }, (_, i) => fuse(frames.flatMap((faces) => faces.at(i) ?? [])));
      visit.probes = probes.filter((probe) => probe !== undefined);
      forgetShot(visit);
      if (visit.probes.length === 0) return fail('selfie.no-face');
      // Another picture is another beginning: what the guest said of the photos of the last one may have been somebody else's word.
      visit.answers = new Map();
      return searchFor(visit);
    },

    answer: (visitId, photoId, isMe) => {
      const visit = touch(visitId);
      if (visit === undefined) return fail('visit.unknown');
      visit.answers.set(photoId, isMe);
      const put = putKept(visit);
      return put.ok ? ok({}) : put;
    },

    keep: async (visitId) => {
      const visit = touch(visitId);
      if (visit === undefined || visit.probes.length === 0) return fail('visit.unknown');
      visit.keepsake ??= await kept.make();
      if (!visits.has(visitId)) return fail('visit.unknown');
      const put = putKept(visit);
      const { code, expiresOn } = visit.keepsake;
      return put.ok ? ok({ code, expiresOn }) : put;
    },

    resume: async (typed) => {
      if (!tries.mayTry()) return fail('code.too-many-tries');
      const code = codeOf(typed);
      const opened = code === undefined ? fail('code.unknown') : await kept.open(code);
      if (!opened.ok) {
        tries.failed();
        return opened;
      }
      tries.succeeded();
      const { keepsake, content } = opened.value;
      if (content.packKey !== vision.packKey) return fail('code.outdated');
      const before = new Set(content.seen);
      const visitId = open({ ...content, keepsake });
      const visit = visits.get(visitId);
      const findings = visit === undefined ? fail('visit.unknown') : await searchFor(visit);
      if (visit === undefined || !findings.ok) {
        end(visitId);
        return findings.ok ? fail('visit.unknown') : findings;
      }
      const { sure, maybe } = findings.value;
      const newPhotos = [...sure, ...maybe].filter(({ id }) => !before.has(id)).length;
      const put = putKept(visit);
      return put.ok ? ok({ visitId, findings: findings.value, newPhotos }) : put;
    },

    end,

    stop: () => {
      clearInterval(sweeping);
      for (const visitId of [...visits.keys()]) end(visitId);
    },
  };
}
