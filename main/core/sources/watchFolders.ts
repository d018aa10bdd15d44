import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Result } from '../../../preload/index.ts';
import { listFolder } from './folder.ts';

// A file that was changed a moment ago may still be being written.
const settledAfterMs = 1_000;

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
  /** Size and time of each file as it was taken. */
  const known = new Map<string, string>();
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
    for (const file of listed.value.files) {
      if (stopping.signal.aborted) return;
      await offer(file);
    }
  }

  async function offer(file: string): Promise<void> {
    const found = await stat(file).catch(() => undefined);
    if (found === undefined || Date.now() - found.mtimeMs < settledAfterMs) return;
    const state = `${String(found.size)} ${String(found.mtimeMs)}`;
    if (known.get(file) === state) return;
    const taken = await take(file);
    if (taken.ok) known.set(file, state);
    else sayOnce(file, taken.fault.code);
  }

  /** It is tried again every few seconds, and would fill the log. */
  function sayOnce(subject: string, code: string): void {
    if (troubles.has(`${subject} ${code}`)) return;
    troubles.add(`${subject} ${code}`);
    log.warn({ subject, code }, 'not taken in');
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
