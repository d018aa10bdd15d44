import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { FaultCode, Result } from '../../../preload/index.ts';
import { listFolder } from './folder.ts';

// A file that was changed a moment ago may still be being written. A camera's clock may be hours ahead of ours: what has been seen unchanged for
// so long will do as well.
const settledAfterMs = 1_000;

/** A file as it was last found. */
interface Found {
  /** Its size and time. */
  state: string;
  sinceMs: number;
  isTaken: boolean;
}

export interface WatchedFolders {
  start(): void;
  /** Once what is under way is done. */
  stop(): Promise<void>;
}

/**
 * Looks through folders again and again, and hands on each photo that is new or has been changed.
 *
 * @param deps.except the library's own folder, which may lie in one of them
 * @param deps.take is told of one file after the other; one that it does not take is offered again the next time
 */
export function watchFolders(deps: {
  folders: readonly string[];
  except: string;
  rescanMs: number;
  take: (file: string) => Promise<Result<unknown>>;
  log: Logger;
}): WatchedFolders {
  const { folders, except, rescanMs, take, log } = deps;
  const stopping = new AbortController();
  const known = new Map<string, Found>();
  const troubles = new Set<string>();
  let watching: Promise<void> = Promise.resolve();

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      for (const folder of folders) await rescan(folder);
      await sleep(rescanMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  async function rescan(folder: string): Promise<void> {
    const listed = await listFolder(folder, except);
    if (!listed.ok) {
      sayOnce(folder, listed.fault.code);
      return;
    }
    for (const unreadable of listed.value.unreadable) sayOnce(unreadable, 'folder.unreadable');
    for (const file of listed.value.files) {
      if (stopping.signal.aborted) return;
      await offer(file);
    }
  }

  async function offer(file: string): Promise<void> {
    const status = await stat(file).catch(() => undefined);
    if (status === undefined) return;
    const found = noteState(file, `${String(status.size)} ${String(status.mtimeMs)}`);
    const unchangedForMs = Math.max(Date.now() - status.mtimeMs, performance.now() - found.sinceMs);
    if (found.isTaken || unchangedForMs < settledAfterMs) return;
    try {
      const taken = await take(file);
      found.isTaken = taken.ok;
      if (!taken.ok) sayOnce(file, taken.fault.code);
    } catch (bug) {
      // One file must not end the watch over all others with a bug that only it brings out.
      sayOnce(file, 'photo.failed', bug);
    }
  }

  function noteState(file: string, state: string): Found {
    const before = known.get(file);
    if (before?.state === state) return before;
    const found = { state, sinceMs: performance.now(), isTaken: false };
    known.set(file, found);
    return found;
  }

  /** It is tried again every few seconds, and would fill the log. */
  function sayOnce(subject: string, code: FaultCode, bug?: unknown): void {
    if (troubles.has(`${subject} ${code}`)) return;
    troubles.add(`${subject} ${code}`);
    log.warn({ subject, code, err: bug }, 'not taken in');
  }

  return {
    start: () => {
      watching = watch();
    },
    stop: async () => {
      stopping.abort();
      await watching;
    },
  };
}
