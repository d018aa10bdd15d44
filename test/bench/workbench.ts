import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino, type Logger } from 'pino';
import {
  loadConfig,
  noVault,
  openGround,
  startCore,
  type Config,
  type Core,
  type KeepOriginals,
} from '../../main/core/index.ts';
import { createChildProcessSpawner, type Spawner } from '../../main/processes/index.ts';
import type { Result } from '../../preload/index.ts';
import { createComposer, type Composer } from '../fixtures/compose.ts';
import { entriesDir, modelsDir } from '../fixtures/pack.ts';
import type { Limit, Row } from './report.ts';

/** What every bench works with, and what is left behind by none. */
export interface Workbench {
  readonly composer: Composer;
  readonly spawner: Spawner;
  readonly log: Logger;
  config(): Promise<Config>;
  /** A folder that is gone afterwards. */
  temporaryDir(): Promise<string>;
  /** A booth that is stopped afterwards. */
  startCore(libraryDir: string, keepOriginals: KeepOriginals): Promise<Core>;
  /** Does this at the end, or at Ctrl-C, whichever is first; the last first. */
  readonly defer: (cleanUp: () => Promise<unknown>) => void;
  /** Puts a table beside the bench's figures. */
  readonly lay: (name: string, rows: readonly Row[]) => void;
  /** The tables that were laid. */
  readonly tables: Readonly<Record<string, readonly Row[]>>;
  /** A line of progress; standard output is for the result. */
  readonly say: (text: string) => void;
  close(): Promise<void>;
}

export function createWorkbench(): Workbench {
  // fork() hands these on, and the product's processes run without a TypeScript loader.
  process.execArgv = [];
  const cleanUps: (() => Promise<unknown>)[] = [];
  const tables: Record<string, readonly Row[]> = {};
  // The product's processes as they were built, not their sources: what is measured is what is shipped.
  const spawner = createChildProcessSpawner({ entriesDir });
  const log = pino({ level: 'silent' });

  // What the person has set (the pool's size, say) holds here too.
  const config = async (libraryDir: string) => valueOf(await loadConfig(process.env, { libraryDir }));

  return {
    composer: createComposer(),
    spawner,
    log,
    config: () => config(os.tmpdir()),
    temporaryDir: async () => {
      const dir = await mkdtemp(path.join(os.tmpdir(), 'findme-bench-'));
      cleanUps.push(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));
      return dir;
    },
    startCore: async (libraryDir, keepOriginals) => {
      const settings = await config(libraryDir);
      const ground = valueOf(await openGround({ libraryDir, vault: noVault, version: 'bench', log }));
      const { store, events, keys } = ground;
      const eventKeys = keys.eventKeys();
      if (eventKeys === undefined) throw new Error('a library of a bench has its keys');
      const on = { store, events, eventKeys };
      const core = valueOf(await startCore({ config: settings, modelsDir, ground: on, keepOriginals, spawner, log }));
      // Closing brings everything into the database's one file.
      let stopping: Promise<void> | undefined;
      const stop = () => (stopping ??= core.stop().then(() => ground.close()));
      cleanUps.push(stop);
      return { ...core, stop };
    },
    defer: (cleanUp) => cleanUps.push(cleanUp),
    lay: (name, rows) => (tables[name] = rows),
    tables,
    say: (text) => process.stderr.write(`${text}\n`),
    close: async () => {
      for (let next = cleanUps.pop(); next !== undefined; next = cleanUps.pop()) await next();
    },
  };
}

/** The value, or an end to the bench: no fault is expected here. */
export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error([result.fault.code, result.fault.detail].filter((part) => part !== undefined).join(': '));
}

/** Rejects when the work takes longer than anything but a fault would explain. */
export async function within<T>(limitMs: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${String(limitMs / 1000)} s`)), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A bench: what `npm run bench -- NAME` runs. */
export interface Bench {
  name: string;
  about: string;
  /** The figures that have a limit. */
  limits: Record<string, Limit>;
  /** Those that have one where peers are measured too. */
  peerLimits?: Record<string, Limit>;
  run(workbench: Workbench, options: BenchOptions): Promise<Record<string, number>>;
}

export interface BenchOptions {
  /** How many photos, where the bench's own number is not wanted. */
  photos?: number;
  /** How many selfies or searches are measured each time. */
  probes?: number;
  /** How many phones come, and how many of them each second. */
  users?: number;
  spawn?: number;
  /** Whether other libraries are measured on the same photos. */
  peers: boolean;
}
