import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pino, type Logger } from 'pino';
import { fail, ok, type Fault, type Result } from '../../preload/index.ts';
import packageJson from '../../package.json' with { type: 'json' };
import {
  createHostVault,
  languageOf,
  libraryFaultOf,
  loadConfig,
  noVault,
  openGround,
  startCore,
  type Config,
  type Core,
  type CoreGround,
  type EventKeys,
  type Ground,
  type KeepOriginals,
  type Vault,
} from '../core/index.ts';
import type { Pack } from '../packs/index.ts';
import {
  createChildProcessSpawner,
  createHostSpawner,
  hostLine,
  hostMessageSchema,
  type Spawner,
} from '../processes/index.ts';
import { createOutput, remarkOf, type Output } from './output.ts';

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
    createOutput({ isJson, language: languageOf(process.env) }).fault(config.fault);
    return 1;
  }
  const output = createOutput({ isJson, language: config.value.language });
  const log = pino({ level: config.value.log.level }, pino.destination({ fd: 2, sync: true }));
  const line = hostLine();
  const spawner = line === undefined ? createChildProcessSpawner({ entriesDir }) : createHostSpawner(line);

  const signal = abortedByPerson();
  const outcome = await command({ config: config.value, output, signal, spawner, log }).catch(storageFault);
  if (outcome.ok) return outcome.value;
  // Whatever went wrong while stopping, it is the stopping that the person knows of.
  output.fault(signal.aborted ? { code: 'engine.stopping' } : outcome.fault);
  return signal.aborted ? 130 : 1;
}

/** A disk that fails in mid-work is no bug: what the database threw becomes the fault that says so. */
function storageFault(error: unknown): { ok: false; fault: Fault } {
  const fault = libraryFaultOf(error);
  if (fault === undefined) throw error;
  return { ok: false, fault };
}

/** Ctrl-C asks for a clean stop; a second one does not wait for it. Nor does it make sense to go on when nobody reads any more. */
function abortedByPerson(): AbortSignal {
  const controller = new AbortController();
  const abort = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  }
  const line = hostLine();
  // Shell hears the terminal's Ctrl-C as well and passes it on; heard twice it would count as the second.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, line === undefined ? abort : () => undefined);
  line?.on('message', ({ data }) => {
    const message = hostMessageSchema.safeParse(data);
    if (message.success && message.data.type === 'host:stop') abort();
  });
  return controller.signal;
}

/**
 * Runs work on a started core and stops it afterwards, whatever happens.
 *
 * @param pack in the place of the one that the settings name
 * @param library `given`: the one of the settings. `temporary`: one that is gone afterwards, and that links the photos instead of copying them
 */
export async function withCore<T>(
  { modelsDir }: Places,
  { config, spawner, log, signal, output }: Session,
  library: 'given' | 'temporary',
  work: (core: Core) => Promise<Result<T>>,
  pack?: Pack,
): Promise<Result<T>> {
  if (library === 'given') return runCore(config.libraryDir, 'copy');

  let libraryDir: string;
  try {
    libraryDir = mkdtempSync(path.join(os.tmpdir(), 'findme-'));
  } catch (error) {
    return fail('library.not-writable', error instanceof Error ? error.message : os.tmpdir());
  }
  // It holds templates in clear: it goes however the process ends, short of being killed.
  const remove = () => rmSync(libraryDir, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    return await runCore(libraryDir, 'link');
  } finally {
    remove();
    process.off('exit', remove);
  }

  async function runCore(libraryDir: string, keepOriginals: KeepOriginals): Promise<Result<T>> {
    const ground = await openGround({ libraryDir, vault: vaultFor(library), version: packageJson.version, log });
    if (!ground.ok) return ground;
    try {
      const eventKeys = await unlocked(ground.value);
      if (!eventKeys.ok) return eventKeys;
      sayMishap(ground.value);
      const outcome = await runOn({ ...ground.value, eventKeys: eventKeys.value });
      if (library === 'given' && outcome.ok) await ground.value.backups.now();
      return outcome;
    } finally {
      await ground.value.close();
    }

    function sayMishap({ mishap }: Ground): void {
      if (mishap === undefined) return;
      output.remark(remarkOf(libraryDir, { code: `library.${mishap.at}` }, config.language));
    }

    async function runOn(on: CoreGround): Promise<Result<T>> {
      const core = await startCore({
        // Nobody waits at a booth here.
        config: { ...config, libraryDir, vision: { ...config.vision, guestWorkers: 0 } },
        modelsDir,
        pack,
        ground: on,
        keepOriginals,
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
    }
  }
}

/** A library that is gone in a moment needs no key store. */
function vaultFor(library: 'given' | 'temporary'): Vault {
  const line = hostLine();
  return library === 'temporary' || line === undefined ? noVault : createHostVault(line);
}

/** @returns keys.locked where FINDME_PASSPHRASE does not open them, keys.lost */
async function unlocked({ keys }: Ground): Promise<Result<EventKeys>> {
  const passphrase = process.env['FINDME_PASSPHRASE'];
  if (keys.state() === 'locked' && passphrase !== undefined) {
    const opened = await keys.unlock(passphrase);
    if (!opened.ok) return opened;
  }
  const eventKeys = keys.eventKeys();
  if (eventKeys !== undefined) return ok(eventKeys);
  return fail(keys.state() === 'locked' ? 'keys.locked' : 'keys.lost');
}
