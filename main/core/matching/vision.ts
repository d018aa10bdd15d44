import type { Logger } from 'pino';
import { fail, ok, type Fault, type Result } from '../../../preload/index.ts';
import { packKey, type Pack } from '../../packs/index.ts';
import { createPool, type ChildSpec, type Job, type Lane, type Reply, type Spawner } from '../../processes/index.ts';
import {
  visionContract,
  type Analysis,
  type Box,
  type DerivativeFiles,
  type Sheet,
  type VisionContract,
  type VisionSettings,
} from '../../workers/index.ts';
import type { Config } from '../config/index.ts';

/** Faces of a camera's frame at a glance; `box` and `landmarks` in pixels of a frame of this width and height. */
export type Glance = ValueOf<Reply<VisionContract, 'glance'>>;

/** Core's side of the vision pool. */
export interface Vision {
  /** What is stored with each template; only templates with the same key may be compared. */
  readonly packKey: string;
  start(): Promise<Result<void>>;
  /** In the ingest lane; the file is read by the worker. @param derivatives are written beside, from the same decoding */
  analysePhoto(path: string, derivatives?: DerivativeFiles): Promise<Result<Analysis>>;
  /**
   * In the guest lane.
   *
   * @param bytes of the selfie's file
   * @param expected where the guests' faces were a moment ago, fractions of the picture: found much sooner
   */
  analyseSelfie(bytes: Uint8Array, expected?: readonly Box[]): Promise<Result<Analysis>>;
  /** In the guest lane. @param bytes of the frame's file */
  glance(bytes: Uint8Array): Promise<Result<Glance>>;
  /** Writes a photo's derivatives; a guest waits for them, unless it is said that nobody does. */
  derive(path: string, derivatives: DerivativeFiles, lane?: Lane): Promise<Result<unknown>>;
  /** Writes a picture of the event's own as the windows show it, as PNG or JPEG by the target's ending. */
  convert: (path: string, target: string) => Promise<Result<unknown>>;
  /** Draws a sheet to be printed into a JPEG file; a guest waits for it. */
  compose: (sheet: Sheet, target: string) => Promise<Result<unknown>>;
  /** What the QR code in a photo says, where there is one. */
  readCode(path: string): Promise<Result<{ text?: string | undefined }>>;
  /** Which libraries the workers run on. */
  describe(): Promise<Result<Reply<VisionContract, 'describe'>>>;
  /** A guest waits for one of these, or has been answered just now and is about to see it. */
  isWithGuest(): boolean;
  health(): { pids: number[]; rssBytes: number[]; crashes: number; queued: Record<Lane, number> };
  stop(): Promise<void>;
}

// After the answer comes the search, and the painting of what was found.
const lingerMs = 500;

type ValueOf<R> = R extends { ok: true; value: infer T } ? T : never;

/** @param deps.isInBackground its workers take what processor time is left over; if not given, where others are there for the guests */
export function createVision(deps: {
  pack: Pack;
  settings: Config['vision'];
  isInBackground?: boolean;
  spawner: Spawner;
  log: Logger;
}): Vision {
  const { pack, settings, log } = deps;
  const { isInBackground = settings.guestWorkers > 0 } = deps;
  const specOf = (duty: Pick<VisionSettings, 'isInBackground' | 'isWarmedUp'>): ChildSpec => ({
    entry: 'vision',
    settings: { pack, provider: settings.provider, ...duty } satisfies VisionSettings,
  });
  const pool = createPool({
    contract: visionContract,
    spawner: deps.spawner,
    // Where no guest is expected, photos are all there is to do, and the first can wait as well as the others.
    spec: specOf({ isInBackground, isWarmedUp: settings.guestWorkers > 0 }),
    guestSpec: specOf({ isInBackground: false, isWarmedUp: true }),
    size: settings.poolSize,
    guestWorkers: settings.guestWorkers,
    startDeadlineMs: 30_000,
    stopDeadlineMs: 2_000,
    maxRssBytes: settings.maxRssBytes,
    onExit: (exit) => {
      if (exit.kind === 'clean') log.info({ exit }, 'a vision worker ended');
      else log.warn({ exit }, 'a vision worker was lost');
    },
  });

  const { maxPixels } = settings;
  let waitingGuests = 0;
  let lastServedMs = -Infinity;

  /** Puts a picture to the pool. @param name for the log. */
  async function look<M extends 'analyse' | 'glance' | 'derive' | 'convert' | 'compose' | 'readCode'>(
    name: string,
    job: Job<VisionContract, M>,
  ): Promise<Reply<VisionContract, M> | { ok: false; fault: Fault }> {
    const isForGuest = job.lane === 'guest';
    if (isForGuest) waitingGuests += 1;
    const outcome = await pool.run(job).catch((bug: unknown) => {
      // One picture must not take the booth down with a bug that only it brings out.
      log.error({ err: bug, source: name }, 'searching a picture failed');
      return { at: 'failed', message: bug instanceof Error ? bug.message : String(bug) } as const;
    });
    if (isForGuest) {
      waitingGuests -= 1;
      lastServedMs = performance.now();
    }
    switch (outcome.at) {
      case 'done':
        return outcome.value;
      case 'gaveUp':
        return fail(outcome.reason === 'died' ? 'photo.killed-workers' : 'photo.too-slow');
      case 'failed':
        return fail('photo.failed', outcome.message);
      case 'stopped':
        return fail('engine.stopping');
    }
  }

  return {
    packKey: packKey(pack.manifest),
    start: async () => {
      const outcome = await pool.start();
      return outcome.at === 'ready' ? ok(undefined) : fail('engine.cannot-start', `vision: ${outcome.reason}`);
    },
    analysePhoto: (path, derivatives) => {
      const payload = { source: { path }, lane: 'ingest' as const, maxPixels, derivatives };
      return look(path, { method: 'analyse', payload, lane: 'ingest', deadlineMs: settings.photoDeadlineMs });
    },
    analyseSelfie: (bytes, expected = []) => {
      const payload = { source: { bytes }, lane: 'guest' as const, maxPixels, expected: [...expected] };
      return look('selfie', { method: 'analyse', payload, lane: 'guest', deadlineMs: settings.selfieDeadlineMs });
    },
    glance: (bytes) => {
      const payload = { bytes, maxPixels };
      return look('frame', { method: 'glance', payload, lane: 'guest', deadlineMs: settings.selfieDeadlineMs });
    },
    derive: (path, derivatives, lane = 'guest') => {
      const payload = { path, maxPixels, derivatives };
      return look(path, { method: 'derive', payload, lane, deadlineMs: settings.photoDeadlineMs });
    },
    convert: (path, target) => {
      const payload = { path, maxPixels, target };
      return look(path, { method: 'convert', payload, lane: 'guest', deadlineMs: settings.photoDeadlineMs });
    },
    compose: (sheet, target) => {
      const payload = { sheet, maxPixels, target };
      return look('sheet', { method: 'compose', payload, lane: 'guest', deadlineMs: settings.photoDeadlineMs });
    },
    readCode: (path) => {
      const payload = { path, maxPixels };
      return look(path, { method: 'readCode', payload, lane: 'ingest', deadlineMs: settings.photoDeadlineMs });
    },
    describe: async () => {
      const outcome = await pool.run({ method: 'describe', payload: {}, lane: 'guest', deadlineMs: 5_000 });
      return outcome.at === 'done' ? ok(outcome.value) : fail('engine.cannot-start', 'vision');
    },
    isWithGuest: () => waitingGuests > 0 || performance.now() - lastServedMs < lingerMs,
    health: () => pool.health(),
    stop: () => pool.stop(),
  };
}
