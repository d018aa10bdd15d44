import type { Logger } from 'pino';
import { fail, ok, type Result } from '../../../preload/index.ts';
import { createSupervisor, type CallOutcome, type Spawner } from '../../processes/index.ts';
import { faceIndexContract, type Face, type IndexMatch } from '../../workers/index.ts';

/** A template, and the pack that made it: with those of any other pack it cannot be compared. */
export interface PackTemplate {
  packKey: string;
  /** Float32Array [dimensions], unit length. */
  template: Float32Array;
}

/** Faces of one event as the index takes them, column by column; templates Float32Array [faces * dimensions]. */
export interface StoredFaces {
  packKey: string;
  eventId: number;
  faceIds: number[];
  photoIds: number[];
  templates: Float32Array;
}

/** Core's side of the faceindex worker. All of its templates are of one pack; to put or compare another's is a bug, and throws. */
export interface FaceIndex {
  readonly packKey: string;
  start(): Promise<Result<void>>;
  /** Makes a photo's faces findable. They must be in the store already. */
  add(
    packKey: string,
    eventId: number,
    photoId: number,
    faceIds: readonly number[],
    faces: readonly Face[],
  ): Promise<void>;
  /** Makes an event's faces findable that have come into the store by another way. */
  load(stored: Iterable<StoredFaces>): Promise<void>;
  /** Makes faces unfindable. They must be out of the store already. */
  remove(eventId: number, faceIds: readonly number[]): Promise<void>;
  /**
   * @param kinFrom the score of the surest matches, whose likeness to the others is told as well
   * @returns every photo of the event with a face at or above the threshold, best first
   */
  search(
    eventId: number,
    probe: PackTemplate,
    threshold: number,
    kinFrom?: number,
  ): Promise<Result<{ matches: IndexMatch[]; searchedFaces: number }>>;
  /** How many faces of the event there are. */
  size(eventId: number): number;
  health(): { pid: number | undefined; rssBytes: number; crashes: number };
  stop(): Promise<void>;
}

const callDeadlineMs = 10_000;

/** [Note: Filling] The store is the truth, the index a copy in memory. Each new worker is filled from the store before it is asked anything. */
export function createFaceIndex(deps: {
  packKey: string;
  dimensions: number;
  /** All faces there are, in batches. */
  stored: () => Iterable<StoredFaces>;
  spawner: Spawner;
  log: Logger;
}): FaceIndex {
  const sizes = new Map<number, number>();
  const supervisor = createSupervisor({
    contract: faceIndexContract,
    spawner: deps.spawner,
    spec: { entry: 'faceindex', settings: { dimensions: deps.dimensions } },
    startDeadlineMs: 30_000,
    stopDeadlineMs: 2_000,
    maxRssBytes: Infinity,
    onExit: (exit) => {
      if (exit.kind !== 'clean') deps.log.warn({ exit }, 'the faceindex worker was lost');
    },
    prepare: async (ask) => {
      for (const { packKey, ...batch } of deps.stored()) {
        demandOwn(packKey);
        sizes.set(batch.eventId, (await ask('add', batch)).faces);
      }
    },
  });

  function demandOwn(packKey: string): void {
    if (packKey !== deps.packKey) throw new Error(`a template of ${packKey} among those of ${deps.packKey}`);
  }

  async function change(eventId: number, call: () => Promise<CallOutcome<{ faces: number }>>): Promise<void> {
    // Whatever becomes of the call, the store has it, and a worker that is started again has it from there.
    const outcome = await twice(call);
    if (outcome.at === 'done') sizes.set(eventId, outcome.value.faces);
  }

  /** Once more if the worker dies meanwhile: the next one has been filled from the store. */
  async function twice<T>(call: () => Promise<CallOutcome<T>>): Promise<CallOutcome<T>> {
    const outcome = await call();
    return outcome.at === 'died' || outcome.at === 'late' ? call() : outcome;
  }

  return {
    packKey: deps.packKey,

    start: async () => {
      const outcome = await supervisor.start();
      return outcome.at === 'ready' ? ok(undefined) : fail('engine.cannot-start', `faceindex: ${outcome.reason}`);
    },

    add: async (packKey, eventId, photoId, faceIds, faces) => {
      demandOwn(packKey);
      if (faceIds.length === 0) return;
      const templates = new Float32Array(faces.length * deps.dimensions);
      faces.forEach(({ template }, i) => templates.set(template, i * deps.dimensions));
      const photoIds = faceIds.map(() => photoId);
      await change(eventId, () =>
        supervisor.call('add', { eventId, faceIds: [...faceIds], photoIds, templates }, { deadlineMs: callDeadlineMs }),
      );
    },

    load: async (stored) => {
      for (const { packKey, ...batch } of stored) {
        demandOwn(packKey);
        await change(batch.eventId, () => supervisor.call('add', batch, { deadlineMs: callDeadlineMs }));
      }
    },

    remove: async (eventId, faceIds) => {
      if (faceIds.length === 0) return;
      await change(eventId, () =>
        supervisor.call('remove', { eventId, faceIds: [...faceIds] }, { deadlineMs: callDeadlineMs }),
      );
    },

    search: async (eventId, { packKey, template }, threshold, kinFrom) => {
      demandOwn(packKey);
      const payload = { eventId, probe: template, threshold, kinFrom };
      const outcome = await twice(() => supervisor.call('search', payload, { deadlineMs: callDeadlineMs }));
      switch (outcome.at) {
        case 'done':
          return ok(outcome.value);
        case 'stopped':
          return fail('engine.stopping');
        case 'died':
        case 'late':
          return fail('engine.search-failed');
      }
    },

    size: (eventId) => sizes.get(eventId) ?? 0,
    health: () => ({ pid: supervisor.pid(), rssBytes: supervisor.rssBytes(), crashes: supervisor.crashes() }),
    stop: () => supervisor.stop(),
  };
}
