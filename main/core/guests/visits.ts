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
import { guide, type Stance } from './guide.ts';
import { createKeptVisits } from './keptVisit.ts';
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
  /** Forgets all of it. */
  end(visitId: string): void;
  stop(): void;
}

const sweepEveryMs = 60_000;

export function createVisits(deps: {
  vision: Vision;
  matching: Matching;
  store: Store;
  eventId: number;
  retentionDays: number;
}): Visits {
  const { vision, store, eventId, retentionDays } = deps;
  const memory = createVisitMemory();
  const kept = createKeptVisits({ store, eventId, retentionDays });
  const tries = createTries();

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
    for (const { id } of [...found.value.sure, ...found.value.maybe]) visit.seen.add(id);
    return found;
  }

  /** Brings what is kept under the guest's code, if there is one, up to what is known now. */
  function putKept({ keepsake, probes, answers, seen, consent }: Visit): Result<void> {
    if (keepsake === undefined) return ok(undefined);
    return kept.put(keepsake, { packKey: vision.packKey, probes, answers, seen, consent });
  }

  return {
    begin: (language, consentVersion) => {
      if (consentVersion !== currentConsentVersion) return fail('visit.consent-outdated');
      const consent = { version: consentVersion, language, at: new Date().toISOString() };
      return ok({ visitId: memory.open({ consent }).id, photos: store.photos.count(eventId).indexed });
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
      visit.probes = probes;
      forgetShot(visit);
      return visit.probes.length === 0 ? fail('selfie.no-face') : searchFor(visit);
    },

    answer: (visitId, photoId, isMe) => {
      const visit = memory.find(visitId);
      if (visit === undefined) return fail('visit.unknown');
      visit.answers.set(photoId, isMe);
      const put = putKept(visit);
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
      return put.ok ? ok({ code, expiresOn }) : put;
    },

    resume: async (typed) => {
      if (!tries.begin()) return fail('code.too-many-tries');
      const code = codeOf(typed);
      const opened = code === undefined ? fail('code.unknown') : await kept.open(code);
      if (!opened.ok) return opened;
      tries.succeeded();
      const { keepsake, content } = opened.value;
      const { packKey, consent, probes, answers, seen } = content;
      const visit = memory.open({ consent, probes, answers, seen: new Set(seen), keepsake });
      const found = packKey === vision.packKey ? await searchFor(visit) : fail('code.outdated');
      if (!found.ok) {
        memory.end(visit.id);
        return found;
      }
      // What cannot be written now is written at the next word of the guest, or found again the next time.
      putKept(visit);
      const newPhotos = [...found.value.sure, ...found.value.maybe].filter(({ id }) => !seen.has(id)).length;
      return ok({ visitId: visit.id, findings: found.value, newPhotos });
    },

    end: (visitId) => memory.end(visitId),

    stop: () => {
      clearInterval(sweeping);
      memory.endAll();
    },
  };
}
