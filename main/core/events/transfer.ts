import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import { fail, ok, type Result, type Transfer } from '../../../preload/index.ts';
import type { EventKeys } from '../keys/index.ts';
import type { Store } from '../store/index.ts';
import type { Events } from './events.ts';
import { exportEvent, folderNameOf } from './exportEvent.ts';
import { importEvent } from './importEvent.ts';

/** Exports and imports, one at a time. */
export interface Transfers {
  /** How the last one stands. */
  state(): Transfer | undefined;
  onChanged(listener: (transfer: Transfer) => void): void;
  /** Begins. @returns transfer.busy, event.unknown, keys.locked, event.key-erased */
  export(eventId: number, folder: string, passphrase: string): Result<void>;
  /** Begins. @returns transfer.busy, keys.locked */
  import(folder: string, passphrase: string): Result<void>;
  /** Clears away what an import that was cut off left. */
  tidy(): Promise<void>;
  stop(): Promise<void>;
}

// Told of no more often: a window need not draw each file.
const tellEveryMs = 200;
const importingName = 'importing-event';

export function createTransfer(deps: {
  store: Store;
  events: Events;
  eventKeys: () => EventKeys | undefined;
  libraryDir: string;
  originals: {
    dirOf: (eventUid: string) => string;
    pathOf: (original: { eventUid: string; sha256: string }) => string;
  };
  wrap: (key: Buffer, passphrase: string) => Promise<unknown>;
  unwrap: (wrapped: unknown, passphrase: string) => Promise<Result<Buffer>>;
  program: string;
  log: Logger;
}): Transfers {
  const { store, events, libraryDir, originals, log } = deps;
  const listeners: ((transfer: Transfer) => void)[] = [];
  const stopping = new AbortController();
  let state: Transfer | undefined;
  let toldMs = -Infinity;
  let running: Promise<void> = Promise.resolve();

  function set(now: Transfer): void {
    const isProgress = now.at === 'running' && now.doneFiles > 0 && now.doneFiles < now.totalFiles;
    state = now;
    if (isProgress && performance.now() - toldMs < tellEveryMs) return;
    toldMs = performance.now();
    for (const listener of listeners) listener(now);
  }

  function begin(
    kind: Transfer['kind'],
    folder: string,
    work: (onFiles: OnFiles) => Promise<Result<Ended>>,
  ): Result<void> {
    if (state?.at === 'running') return fail('transfer.busy');
    let files = { doneFiles: 0, totalFiles: 0 };
    set({ kind, at: 'running', folder, ...files });
    running = work((doneFiles, totalFiles) => {
      files = { doneFiles, totalFiles };
      set({ kind, at: 'running', folder, ...files });
    })
      .catch((error: unknown) => {
        log.error({ err: error }, 'a transfer failed');
        return fail('engine.failed');
      })
      .then((ended) => {
        if (ended.ok) set({ kind, folder, ...files, ...ended.value });
        else set({ kind, at: 'failed', folder, ...files, fault: ended.fault });
      });
    return ok(undefined);
  }

  async function tidy(): Promise<void> {
    const uid = store.booth.get(importingName, z.string().regex(/^[0-9a-f]{32}$/));
    if (uid === undefined) return;
    store.records.removeEvent(uid);
    await rm(originals.dirOf(uid), { recursive: true, force: true });
    store.booth.remove(importingName);
  }

  return {
    state: () => state,
    onChanged: (listener) => void listeners.push(listener),

    export: (eventId, into, passphrase) => {
      const event = events.get(eventId);
      if (event === undefined) return fail('event.unknown');
      const eventKeys = deps.eventKeys();
      if (eventKeys === undefined) return fail('keys.locked');
      const key = eventKeys.keyOf(eventId);
      if (!key.ok) return key;
      const folder = path.join(into, folderNameOf(event, new Date().toISOString().slice(0, 10)));
      return begin('export', folder, async (onFiles) => {
        if ((await readdir(folder).catch(() => undefined)) !== undefined) return fail('transfer.folder-taken', folder);
        const exported = await exportEvent({
          event,
          folder,
          key: await deps.wrap(key.value, passphrase),
          program: deps.program,
          store,
          libraryDir,
          originalPathOf: (sha256) => originals.pathOf({ eventUid: event.uid, sha256 }),
          signal: stopping.signal,
          onFiles,
        });
        return exported.ok ? ok({ at: 'done', eventId }) : exported;
      });
    },

    import: (folder, passphrase) => {
      const eventKeys = deps.eventKeys();
      if (eventKeys === undefined) return fail('keys.locked');
      return begin('import', folder, async (onFiles) => {
        const imported = await importEvent({
          folder,
          passphrase,
          unwrap: deps.unwrap,
          eventKeys,
          store,
          libraryDir,
          originalPathOf: (eventUid, sha256) => originals.pathOf({ eventUid, sha256 }),
          signal: stopping.signal,
          onBegin: (uid) => store.booth.set(importingName, uid),
          onFiles,
        });
        if (!imported.ok) {
          await tidy();
          return imported;
        }
        store.booth.remove(importingName);
        const { value } = imported;
        return ok(value.at === 'imported' ? { at: 'done', eventId: value.eventId } : value);
      });
    },

    tidy,

    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

type OnFiles = (done: number, total: number) => void;
type Ended = Pick<Transfer, 'at' | 'eventId' | 'problems'>;
