import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Engine, Fault } from '../../preload/index.ts';
import type { Spawner } from '../processes/index.ts';
import type { Config } from './config/index.ts';
import { createVisits } from './guests/index.ts';
import { startCore, type Core } from './index.ts';
import type { Services } from './kiosk/index.ts';
import { watchFolders } from './sources/index.ts';

/** The booth's engine: core, and around it what makes an event of it. */
export interface RunningEngine {
  /** The library's derivatives, once there is a library. */
  derive(sha256: string): Promise<boolean>;
  stop(): Promise<void>;
}

// A disk that comes back, a library that another program closes: staff mend it, and the booth goes on without being told.
const retryAfterMs = 10_000;

/**
 * Starts the engine, and goes on trying where it does not start.
 *
 * @param tell hears of every change; with the services once it is ready
 */
export function runEngine(deps: {
  config: Config;
  modelsDir: string;
  spawner: Spawner;
  log: Logger;
  tell: (engine: Engine, services?: Services) => void;
}): RunningEngine {
  const { config, log, tell } = deps;
  const stopping = new AbortController();
  let stopOthers: () => Promise<void> = () => Promise.resolve();
  let core: Core | undefined;

  const running = run();

  async function run(): Promise<void> {
    for (;;) {
      const started = await startCore(deps);
      if (started.ok) {
        core = started.value;
        if (!stopping.signal.aborted) open(core);
        return;
      }
      failed(started.fault);
      await sleep(retryAfterMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
    }
  }

  function failed(fault: Fault): void {
    log.error({ fault }, 'the engine does not start');
    tell({ at: 'failed', code: fault.code });
  }

  function open({ events, library, vision, matching, store }: Core): void {
    const { id: eventId } = events.open(config.event.code);
    const { retentionDays } = config.event;
    const visits = createVisits({ vision, matching, store, eventId, retentionDays });
    const folders = watchFolders({
      folders: config.sources.folders,
      except: config.libraryDir,
      rescanMs: config.sources.rescanSeconds * 1000,
      take: (file) => library.take(eventId, file),
      log,
    });
    library.events.on('library:halted', ({ fault }) => log.error({ fault }, 'the library takes no more photos'));
    library.events.on('photo:quarantined', ({ photoId, fault }) =>
      log.warn({ photoId, fault }, 'a photo is set aside'),
    );
    stopOthers = async () => {
      visits.stop();
      await folders.stop();
    };
    library.resume(eventId);
    folders.start();
    tell({ at: 'ready' }, { visits, store, eventId });
  }

  return {
    derive: async (sha256) => core?.derivatives.make(sha256) ?? false,
    stop: async () => {
      stopping.abort();
      await running;
      core?.library.stop();
      await stopOthers();
      await core?.stop();
    },
  };
}
