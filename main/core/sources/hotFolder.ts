import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Fault, FaultCode, Result } from '../../../preload/index.ts';
import type { Arrival } from '../store/index.ts';
import { listFolder, type Unreadable } from './folder.ts';
import { createHints } from './hints.ts';
import { isForeign, isPhotoName } from './photoFiles.ts';
import { hasSettled, stateOf, type Sighting } from './settling.ts';

/** A folder that a photographer's program writes into. */
export interface HotFolder {
  path: string;
  photographer: string;
}

/** Takes a file in, or says why not. */
export type TakeFile = (file: string, arrival: Arrival) => Promise<Result<{ isNew: boolean }>>;

export interface FolderHealth {
  /** `paused`: nothing is taken in at the moment, from whatever folder. */
  state: 'looking' | 'watching' | 'paused' | 'missing' | 'unreadable';
  /** Files that are still being written, or are to be taken in. */
  waiting: number;
  /** What cannot be read or taken in, and why the first of it. */
  troubled: number;
  trouble: Fault | undefined;
  /** Taken in since the start. */
  taken: number;
  /** ISO 8601. */
  lastAt: string | undefined;
}

export interface WatchedFolder {
  health(): FolderHealth;
  start(): void;
  /** Once what is under way is done. */
  stop(): Promise<void>;
}

interface Found extends Sighting {
  isTaken: boolean;
  trouble: Fault | undefined;
  /** Not before that is it tried again. */
  retryAtMs: number;
}

// Between two looks at files that are being written.
const glanceMs = 150;
// Looking through a large folder is never more than a part of what is done.
const rescanShare = 10;

/**
 * Takes in what is written into a folder and the folders in it. The system's word on what changes there is a hint; looking through all of it again
 * and again is what counts. Nothing in it is ever changed.
 *
 * @param deps.except the library's own folder, which may lie in it
 * @param deps.rescanMs between two looks through the whole folder
 * @param deps.take is told of one file after the other; one that it does not take is offered again the next time
 * @param deps.mayTake whether there is room for more
 */
export function watchHotFolder(deps: {
  folder: HotFolder;
  except: string;
  rescanMs: number;
  take: TakeFile;
  mayTake: () => boolean;
  log: Logger;
}): WatchedFolder {
  const { folder, except, rescanMs, take, mayTake, log } = deps;
  const dir = path.resolve(folder.path);
  const stopping = new AbortController();
  const known = new Map<string, Found>();
  /** Of those, the ones that are not taken yet. */
  const open = new Set<string>();
  const said = new Set<string>();
  const hints = createHints(dir, hint, log);
  let state: FolderHealth['state'] = 'looking';
  let unreadable: readonly Unreadable[] = [];
  let taken = 0;
  let lastAt: string | undefined;
  let rescanAtMs = 0;
  let wake: () => void = () => undefined;
  let watching: Promise<void> = Promise.resolve();

  function hint(files: string[]): void {
    for (const file of files) if (isPhotoName(path.basename(file)) && !isPassedOver(file)) open.add(file);
    wake();
  }

  /** In the library, or in a folder that is none of the photographer's. */
  const isPassedOver = (file: string): boolean => {
    const inLibrary = path.relative(path.resolve(except), file);
    const isInLibrary = !inLibrary.startsWith('..') && !path.isAbsolute(inLibrary);
    return isInLibrary || path.relative(dir, path.dirname(file)).split(path.sep).some(isForeign);
  };

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      if (performance.now() >= rescanAtMs) await rescan();
      if (isThere()) await takeSettled();
      await rest();
    }
  }

  const isThere = (): boolean => state === 'watching' || state === 'paused';

  /** Until something is hinted at, a file may have settled, or it is time to look through everything. */
  async function rest(): Promise<void> {
    const untilRescanMs = Math.max(0, rescanAtMs - performance.now());
    const restMs = open.size > 0 && isThere() ? Math.min(glanceMs, untilRescanMs) : untilRescanMs;
    const ended = new AbortController();
    const end = () => ended.abort();
    wake = end;
    stopping.signal.addEventListener('abort', end, { once: true });
    if (!stopping.signal.aborted) await sleep(restMs, undefined, { signal: ended.signal }).catch(() => undefined);
    stopping.signal.removeEventListener('abort', end);
    wake = () => undefined;
  }

  async function rescan(): Promise<void> {
    const startMs = performance.now();
    let listed = await listFolder(dir, except);
    // What comes between the look and the first hint would be seen a rescan later.
    if (listed.ok && (await hints.begin())) listed = await listFolder(dir, except);
    if (listed.ok) {
      state = mayTake() ? 'watching' : 'paused';
      unreadable = listed.value.unreadable;
      for (const { path: subject, code } of unreadable) sayOnce(subject, code);
      forgetAllBut(new Set(listed.value.files));
      for (const file of listed.value.files) await look(file);
    } else {
      state = listed.fault.code === 'folder.missing' ? 'missing' : 'unreadable';
      sayOnce(dir, listed.fault.code);
      await hints.end();
    }
    const tookMs = performance.now() - startMs;
    rescanAtMs = performance.now() + Math.max(rescanMs, tookMs * rescanShare);
  }

  function forgetAllBut(files: ReadonlySet<string>): void {
    for (const file of known.keys()) if (!files.has(file)) forget(file);
  }

  /** It has gone. One that was taken is remembered: a card or a drive that comes back is not read all over again. */
  function forget(file: string): void {
    open.delete(file);
    if (known.get(file)?.isTaken !== true) known.delete(file);
  }

  /** @returns the file's time, and how it was last found; undefined for one that is gone */
  async function look(file: string): Promise<{ modifiedMs: number; found: Found } | undefined> {
    const status = await lstat(file).catch(() => undefined);
    if (status?.isFile() !== true) {
      forget(file);
      return undefined;
    }
    const now = stateOf(status);
    let found = known.get(file);
    if (found?.state !== now) {
      found = {
        state: now,
        sinceMs: performance.now(),
        wholeness: undefined,
        isTaken: false,
        trouble: undefined,
        retryAtMs: 0,
      };
      known.set(file, found);
    }
    if (!found.isTaken) open.add(file);
    else open.delete(file);
    return { modifiedMs: status.mtimeMs, found };
  }

  async function takeSettled(): Promise<void> {
    state = mayTake() ? 'watching' : 'paused';
    for (const file of [...open]) {
      if (stopping.signal.aborted || !mayTake()) return;
      const looked = await look(file);
      if (looked === undefined || looked.found.isTaken) continue;
      if (performance.now() < looked.found.retryAtMs) continue;
      await offer(file, looked.found, looked.modifiedMs);
    }
  }

  async function offer(file: string, found: Found, modifiedMs: number): Promise<void> {
    try {
      if (!(await hasSettled(file, found, modifiedMs))) return;
      const outcome = await take(file, arrivalOf(file));
      if (!outcome.ok) {
        putOff(file, found, outcome.fault);
        return;
      }
      found.isTaken = true;
      found.trouble = undefined;
      open.delete(file);
      if (!outcome.value.isNew) return;
      taken += 1;
      lastAt = new Date().toISOString();
    } catch (error) {
      // One file must not end the watch over all others: it is locked by whoever writes it, or brings out a bug that only it brings out.
      const isBug = !(error instanceof Error && 'code' in error);
      putOff(file, found, { code: isBug ? 'photo.failed' : 'photo.unreadable', detail: String(error) }, error);
    }
  }

  /** Until the next look through the folder. */
  function putOff(file: string, found: Found, fault: Fault, error?: unknown): void {
    found.trouble = fault;
    found.retryAtMs = performance.now() + rescanMs;
    sayOnce(file, fault.code, error);
  }

  const arrivalOf = (file: string): Arrival => ({
    folder: folder.path,
    album: path.relative(dir, path.dirname(file)).split(path.sep).join('/'),
    photographer: folder.photographer,
  });

  /** It is tried again every few seconds, and would fill the log. */
  function sayOnce(subject: string, code: FaultCode, error?: unknown): void {
    if (said.has(`${subject} ${code}`)) return;
    said.add(`${subject} ${code}`);
    log.warn({ subject, code, err: error }, 'not taken in');
  }

  return {
    health: () => {
      const ofFiles = [...open].flatMap((file) => known.get(file)?.trouble ?? []);
      const troubles = [...ofFiles, ...unreadable.map(({ path: detail, code }): Fault => ({ code, detail }))];
      return {
        ...{ state, taken, lastAt, waiting: open.size - ofFiles.length, troubled: troubles.length },
        trouble: troubles.at(0),
      };
    },
    start: () => {
      watching = watch();
    },
    stop: async () => {
      stopping.abort();
      await watching;
      await hints.end();
    },
  };
}
