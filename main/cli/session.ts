import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino, type Logger } from 'pino';
import type { Result } from '../../preload/index.ts';
import { loadConfig, startCore, type Config, type Core } from '../core/index.ts';
import {
  createChildProcessSpawner,
  createHostSpawner,
  hostLine,
  hostMessageSchema,
  type Spawner,
} from '../processes/index.ts';
import { createOutput, type Output } from './output.ts';

/** What a command leaves behind: 0 done, 1 nothing could be done, 130 interrupted. */
export type ExitCode = 0 | 1 | 130;

/** Where things lie that the program brings along. */
export interface Places {
  entriesDir: string;
  modelsDir: string;
}

export interface CommonOptions {
  json?: boolean;
  config?: string;
  language?: string;
  library?: string;
}

/** What every command works with. */
export interface Session {
  config: Config;
  output: Output;
  /** Aborted at Ctrl-C. */
  signal: AbortSignal;
  spawner: Spawner;
  log: Logger;
}

/** Reads the settings, listens for Ctrl-C and runs the command; a fault is said and ends in exit code 1. */
export async function inSession(
  { entriesDir }: Places,
  options: CommonOptions,
  command: (session: Session) => Promise<Result<ExitCode>>,
): Promise<ExitCode> {
  const isJson = options.json === true;
  const config = await loadConfig(process.env, {
    configFile: options.config,
    libraryDir: options.library,
    language: options.language,
  });
  if (!config.ok) {
    createOutput({ isJson, language: 'en' }).fault(config.fault);
    return 1;
  }
  const output = createOutput({ isJson, language: config.value.language });
  const log = pino({ level: config.value.log.level }, pino.destination({ fd: 2, sync: true }));
  const line = hostLine();
  const spawner = line === undefined ? createChildProcessSpawner({ entriesDir }) : createHostSpawner(line);

  const outcome = await command({ config: config.value, output, signal: abortedByPerson(), spawner, log });
  if (outcome.ok) return outcome.value;
  output.fault(outcome.fault);
  return outcome.fault.code === 'engine.stopping' ? 130 : 1;
}

/** Ctrl-C asks for a clean stop; a second one does not wait for it. */
function abortedByPerson(): AbortSignal {
  const controller = new AbortController();
  const abort = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on('SIGINT', abort);
  process.on('SIGTERM', abort);
  hostLine()?.on('message', ({ data }) => {
    const message = hostMessageSchema.safeParse(data);
    if (message.success && message.data.type === 'host:stop') abort();
  });
  return controller.signal;
}

/**
 * Runs work on a started core and stops it afterwards, whatever happens.
 *
 * @param library `given`: the one of the settings. `temporary`: one that is gone afterwards, and that links the photos instead of copying them
 */
export async function withCore<T>(
  { modelsDir }: Places,
  { config, spawner, log, signal }: Session,
  library: 'given' | 'temporary',
  work: (core: Core) => Promise<Result<T>>,
): Promise<Result<T>> {
  const isTemporary = library === 'temporary';
  const libraryDir = isTemporary ? await mkdtemp(path.join(os.tmpdir(), 'findme-')) : config.libraryDir;
  try {
    const core = await startCore({
      // Nobody waits at a booth here.
      config: { ...config, libraryDir, vision: { ...config.vision, guestWorkers: 0 } },
      modelsDir,
      keepOriginals: isTemporary ? 'link' : 'copy',
      spawner,
      log,
    });
    if (!core.ok) return core;
    const stopEarly = () => core.value.library.stop();
    signal.addEventListener('abort', stopEarly, { once: true });
    try {
      return await work(core.value);
    } finally {
      signal.removeEventListener('abort', stopEarly);
      await core.value.stop();
    }
  } finally {
    if (isTemporary) await rm(libraryDir, { recursive: true, force: true });
  }
}
