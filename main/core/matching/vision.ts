import type { Logger } from 'pino';
import { fail, ok, type Result } from '../../../preload/index.ts';
import { packKey, type Pack } from '../../packs/index.ts';
import { createPool, type Lane, type Reply, type Spawner } from '../../processes/index.ts';
import { visionContract, type Analysis, type VisionContract, type VisionSettings } from '../../workers/index.ts';
import type { Config } from '../config/index.ts';

/** Core's side of the vision pool. */
export interface Vision {
  /** What is stored with each template; only templates with the same key may be compared. */
  readonly packKey: string;
  start(): Promise<Result<void>>;
  /** In the ingest lane; the file is read by the worker. */
  analysePhoto(path: string): Promise<Result<Analysis>>;
  /** In the guest lane. @param bytes of the selfie's file */
  analyseSelfie(bytes: Uint8Array): Promise<Result<Analysis>>;
  /** Which libraries the workers run on. */
  describe(): Promise<Result<Reply<VisionContract, 'describe'>>>;
  health(): { pids: number[]; rssBytes: number[]; crashes: number; queued: Record<Lane, number> };
  stop(): Promise<void>;
}

export function createVision(deps: { pack: Pack; settings: Config['vision']; spawner: Spawner; log: Logger }): Vision {
  const { pack, settings, log } = deps;
  const pool = createPool({
    contract: visionContract,
    spawner: deps.spawner,
    spec: { entry: 'vision', settings: { pack } satisfies VisionSettings },
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

  async function analyse(
    source: { path: string } | { bytes: Uint8Array },
    lane: Lane,
    deadlineMs: number,
  ): Promise<Result<Analysis>> {
    const payload = { source, lane, maxPixels: settings.maxPixels };
    const outcome = await pool.run({ method: 'analyse', payload, lane, deadlineMs }).catch((bug: unknown) => {
      // One picture must not take the booth down with a bug that only it brings out.
      log.error({ err: bug, source: 'path' in source ? source.path : 'selfie' }, 'searching a picture failed');
      return { at: 'failed', message: bug instanceof Error ? bug.message : String(bug) } as const;
    });
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
    analysePhoto: (path) => analyse({ path }, 'ingest', settings.photoDeadlineMs),
    analyseSelfie: (bytes) => analyse({ bytes }, 'guest', settings.selfieDeadlineMs),
    describe: async () => {
      const outcome = await pool.run({ method: 'describe', payload: {}, lane: 'guest', deadlineMs: 5_000 });
      return outcome.at === 'done' ? ok(outcome.value) : fail('engine.cannot-start', 'vision');
    },
    health: () => pool.health(),
    stop: () => pool.stop(),
  };
}
