import { fail, ok, type Protection, type Result } from '../../../preload/index.ts';
import type { Store } from '../store/index.ts';
import { newKey, seal, unseal } from './cipher.ts';
import { createEventKeys, type EventKeys, type Sealer } from './eventKeys.ts';
import { putKeyFileAside, readKeyFile, writeKeyFile, type KeyFile } from './keyFile.ts';
import { unwrapWithPassphrase, wrapWithPassphrase } from './passphrase.ts';
import type { Vault } from './vault.ts';

/** The booth's keys, as far as they are at hand. */
export interface Keys {
  protection(): Protection;
  /** `locked`: the passphrase has not been given yet. `lost`: nobody can open what events have sealed. */
  state(): 'open' | 'locked' | 'lost';
  /** undefined unless they are open. */
  eventKeys(): EventKeys | undefined;
  /** Of what is the booth's own; undefined unless they are open. */
  sealer(): Sealer | undefined;
  /** @returns keys.wrong-passphrase */
  unlock(passphrase: string): Promise<Result<void>>;
  /** From now on the passphrase is asked for after each start. */
  protect(passphrase: string): Promise<Result<void>>;
  /** A new master key where the old one is lost: what was sealed under it is given up, and every photo is to be searched anew. */
  renew(): Promise<Result<void>>;
}

interface KeysDeps {
  libraryDir: string;
  store: Store;
  vault: Vault;
}

/**
 * Opens the master key that lies beside the database; makes one for a library that has none.
 *
 * @returns the keys, open or not; a library.* fault only where a new one cannot be written
 */
export async function openKeys(deps: KeysDeps): Promise<Result<Keys>> {
  const { libraryDir, store, vault } = deps;
  const file = await readKeyFile(libraryDir);
  if (file === 'missing' && !store.events.hasSealedKeys()) {
    const made = await makeKey(deps);
    return made.ok ? ok(createKeys(deps, made.value.by, made.value.key)) : made;
  }
  if (file === 'missing' || file === 'unreadable') return ok(createKeys(deps, 'none', 'lost'));
  switch (file.by) {
    case 'none':
      return ok(createKeys(deps, file.by, Buffer.from(file.key, 'base64')));
    case 'system': {
      const key = await vault.unwrap(Buffer.from(file.wrapped, 'base64'));
      return ok(createKeys(deps, file.by, key.ok ? key.value : 'lost'));
    }
    case 'passphrase':
      return ok(createKeys(deps, file.by, 'locked'));
  }
}

/** Makes a master key and writes it down as well protected as it can be without a person. */
async function makeKey({ libraryDir, vault }: KeysDeps): Promise<Result<{ by: KeyFile['by']; key: Buffer }>> {
  const key = newKey();
  const wrapped = await vault.wrap(key);
  const written =
    wrapped === undefined
      ? await writeKeyFile(libraryDir, { by: 'none', key: key.toString('base64') })
      : await writeKeyFile(libraryDir, { by: 'system', wrapped: wrapped.toString('base64') });
  return written.ok ? ok({ by: wrapped === undefined ? 'none' : 'system', key }) : written;
}

function createKeys(deps: KeysDeps, by: KeyFile['by'], opened: Buffer | 'locked' | 'lost'): Keys {
  const { libraryDir, store } = deps;
  let protectedBy = by;
  let masterKey = opened;
  let eventKeys = keysUnder(masterKey);

  function keysUnder(key: typeof masterKey): EventKeys | undefined {
    return typeof key === 'string' ? undefined : createEventKeys({ store, masterKey: key });
  }

  return {
    protection: () => ({ by: protectedBy, isLocked: masterKey === 'locked' }),
    state: () => (typeof masterKey === 'string' ? masterKey : 'open'),
    eventKeys: () => eventKeys,
    sealer: () => (typeof masterKey === 'string' ? undefined : boothSealer(masterKey)),

    unlock: async (passphrase) => {
      if (masterKey !== 'locked') return ok(undefined);
      const file = await readKeyFile(libraryDir);
      if (typeof file === 'string' || file.by !== 'passphrase') return fail('keys.lost');
      const key = await unwrapWithPassphrase(file.wrapped, passphrase);
      if (!key.ok) return key;
      masterKey = key.value;
      eventKeys = keysUnder(masterKey);
      return ok(undefined);
    },

    protect: async (passphrase) => {
      if (typeof masterKey === 'string') return fail(masterKey === 'locked' ? 'keys.locked' : 'keys.lost');
      const wrapped = await wrapWithPassphrase(masterKey, passphrase);
      const written = await writeKeyFile(libraryDir, { by: 'passphrase', wrapped });
      if (written.ok) protectedBy = 'passphrase';
      return written;
    },

    renew: async () => {
      if (masterKey !== 'lost') return ok(undefined);
      // What cannot be opened goes first: cut off here, the next start finds a library without keys and goes on.
      const aside = await putKeyFileAside(libraryDir);
      if (!aside.ok) return aside;
      const forgotten = store.forgetSealed();
      if (!forgotten.ok) return forgotten;
      const made = await makeKey(deps);
      if (!made.ok) return made;
      protectedBy = made.value.by;
      masterKey = made.value.key;
      eventKeys = keysUnder(masterKey);
      return ok(undefined);
    },
  };
}

const boothSealer = (masterKey: Buffer): Sealer => ({
  seal: (place, plain) => seal(masterKey, `booth/${place}`, plain),
  unseal: (place, sealed) => unseal(masterKey, `booth/${place}`, sealed),
});
