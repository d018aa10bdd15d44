import { open, rename, rm } from 'node:fs/promises';
import type { Logger } from 'pino';
import { fail, ok, type Fault, type Result } from '../../../preload/index.ts';
import { isSoundDatabase, libraryFaultOf, type Store } from '../store/index.ts';
import { backupsDirOf, damagedDirOf, listBackups, newBackupFile, prune, removeUnfinished } from './backupFiles.ts';

export interface Backups {
  /** One soon if the newest is an hour old, then one every hour. */
  start(): void;
  /** @returns backup.failed; the database itself is none the worse for it */
  now(): Promise<Result<void>>;
  /** After an erasure: each file that may still hold what was erased gives way to a backup without it. */
  replaceAll(): Promise<Result<void>>;
  /** When the newest was made; ISO 8601. */
  newestAt(): string | undefined;
  onFailed(listener: (fault: Fault) => void): void;
  stop(): Promise<void>;
}

const hourMs = 3_600_000;

export function createBackups(deps: { libraryDir: string; store: Store; log: Logger; everyMs?: number }): Backups {
  const { libraryDir, store, log, everyMs = hourMs } = deps;
  const listeners: ((fault: Fault) => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  /** One after the other; whoever asks while one is waiting to begin gets that one. */
  let last: Promise<unknown> = Promise.resolve();
  let next: Promise<Result<void>> | undefined;

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };

  async function back(): Promise<Result<void>> {
    const outcome = await write();
    if (!outcome.ok) {
      log.error({ fault: outcome.fault }, 'a backup could not be written');
      for (const listener of listeners) listener(outcome.fault);
    }
    return outcome;
  }

  async function write(): Promise<Result<void>> {
    let unfinished: string | undefined;
    try {
      const file = newBackupFile(libraryDir);
      unfinished = `${file}.part`;
      const copied = await store.copyTo(unfinished);
      if (!copied.ok) return fail('backup.failed', copied.fault.detail);
      if (!isSoundDatabase(unfinished)) return fail('backup.failed', file);
      await sync(unfinished);
      await rename(unfinished, file);
      prune(libraryDir);
      return ok(undefined);
    } catch (error) {
      const fault = libraryFaultOf(error);
      if (fault === undefined) throw error;
      return fail('backup.failed', fault.detail);
    } finally {
      if (unfinished !== undefined) await rm(unfinished, { force: true });
    }
  }

  async function replaceAll(): Promise<Result<void>> {
    const emptied = store.checkpoint();
    if (!emptied.ok) return emptied;
    const older = listBackups(libraryDir);
    const outcome = await back();
    if (!outcome.ok) return outcome;
    for (const { path: file } of older) await rm(file, { force: true });
    removeUnfinished(libraryDir);
    await rm(damagedDirOf(libraryDir), { recursive: true, force: true });
    return ok(undefined);
  }

  const newestAt = () => listBackups(libraryDir).at(0)?.madeAt;

  return {
    start: () => {
      const newest = newestAt();
      const ageMs = newest === undefined ? Infinity : Date.now() - Date.parse(newest);
      // A clock that was put back makes the newest one of tomorrow.
      if (ageMs > everyMs || ageMs < 0) void inTurn(back);
      timer = setInterval(() => void inTurn(back), everyMs).unref();
    },
    now: () =>
      (next ??= inTurn(() => {
        next = undefined;
        return back();
      })),
    replaceAll: () => inTurn(replaceAll),
    newestAt,
    onFailed: (listener) => void listeners.push(listener),
    stop: async () => {
      clearInterval(timer);
      await last;
    },
  };

  async function sync(file: string): Promise<void> {
    for (const place of [file, backupsDirOf(libraryDir)]) {
      // Windows has no way to say this of a folder, and needs none.
      if (place !== file && process.platform === 'win32') return;
      const handle = await open(place, place === file ? 'r+' : 'r');
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
    }
  }
}
