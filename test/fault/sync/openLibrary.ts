import path from 'node:path';
import { createEvents, noVault, openStore, type EventKeys, type Store } from '../../../main/core/index.ts';
import { createGuestContents } from '../../../main/core/guestContents.ts';
import { openKeys } from '../../../main/core/keys/index.ts';
import { derivativesDirOf } from '../../../main/core/library/index.ts';
import type { SyncGround } from '../../../main/core/sync/index.ts';

/** A library without anybody who looks at photos: their pictures are made by whoever puts them there. */
export async function openLibrary(libraryDir: string): Promise<SyncGround & { store: Store; eventKeys: EventKeys }> {
  const store = openStore(libraryDir);
  if (!store.ok) throw new Error(store.fault.code);
  const keys = await openKeys({ libraryDir, store: store.value, vault: noVault });
  const eventKeys = keys.ok ? keys.value.eventKeys() : undefined;
  if (!keys.ok || eventKeys === undefined) throw new Error('the keys do not open');
  const file = (size: string, sha256: string) => path.join(derivativesDirOf(libraryDir), size, `${sha256}.jpg`);
  const guests = createGuestContents({ store: store.value, events: createEvents({ store: store.value }), eventKeys });
  return {
    ...{ libraryDir, store: store.value, keys: keys.value, eventKeys, guests },
    derivatives: {
      filesOf: (sha256) => ({ thumbnail: file('thumbnail', sha256), screen: file('screen', sha256) }),
      make: () => Promise.resolve(false),
    },
  };
}
