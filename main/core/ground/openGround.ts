import path from 'node:path';
import type { Logger } from 'pino';
import { ok, type Result } from '../../../preload/index.ts';
import { createBackups, openLibrary, type Backups, type Mishap } from '../backups/index.ts';
import type { Config } from '../config/index.ts';
import { createEvents, createTransfer, type Events, type Transfers } from '../events/index.ts';
import { openKeys, unwrapWithPassphrase, wrapWithPassphrase, type Keys, type Vault } from '../keys/index.ts';
import { originalPathOf, originalsDirOf } from '../library/index.ts';
import type { Store } from '../store/index.ts';

export interface Ground {
  store: Store;
  backups: Backups;
  keys: Keys;
  events: Events;
  transfer: Transfers;
  /** What became of a database that was damaged or gone. */
  mishap: Mishap | undefined;
  close(): Promise<void>;
}

/** @returns the ground, or the library.* fault that keeps it from being opened */
export async function openGround(deps: {
  libraryDir: string;
  vault: Vault;
  version: string;
  /** What of guests leaves the booth, where anything does: they are told. */
  config?: Pick<Config, 'cloud' | 'findme'>;
  log: Logger;
}): Promise<Result<Ground>> {
  const { libraryDir, vault, version, config, log } = deps;
  const opened = openLibrary({ libraryDir });
  if (!opened.ok) return opened;
  const { store, mishap } = opened.value;
  const keys = await openKeys({ libraryDir, store, vault });
  if (!keys.ok) {
    store.close();
    return keys;
  }
  const backups = createBackups({ libraryDir, store, log });
  const leaving = {
    hasCloudGalleries: config?.cloud?.galleryUrl !== undefined,
    hasFindme: config?.findme !== undefined,
  };
  const events = createEvents({ store, leaving, log });
  const transfer = createTransfer({
    store,
    events,
    eventKeys: () => keys.value.eventKeys(),
    libraryDir,
    originals: {
      dirOf: (eventUid) => path.join(originalsDirOf(libraryDir), eventUid),
      pathOf: (original) => originalPathOf(libraryDir, original),
    },
    wrap: wrapWithPassphrase,
    unwrap: unwrapWithPassphrase,
    program: version,
    log,
  });
  await transfer.tidy();
  return ok({
    store,
    backups,
    keys: keys.value,
    events,
    transfer,
    mishap,
    close: async () => {
      await transfer.stop();
      await backups.stop();
      store.close();
    },
  });
}
