// The master key in its file, through everything that can happen to a file.
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openKeys, type Keys, type Vault } from '../../main/core/keys/index.ts';
import { noVault } from '../../main/core/keys/vault.ts';
import { openStore, type Store } from '../../main/core/store/index.ts';
import { fail, ok } from '../../preload/index.ts';
import { addEvent, codeOf, valueOf } from '../fixtures/core.ts';
import { temporaryFolder } from '../fixtures/folders.ts';

/** A key store like a system's: what it wraps only it can unwrap. */
function systemVault(): Vault {
  const kept = new Map<string, Buffer>();
  return {
    wrap: (key) => {
      const name = Buffer.from(`wrapped-${String(kept.size)}`);
      kept.set(name.toString(), Buffer.from(key));
      return Promise.resolve(name);
    },
    unwrap: (wrapped) => {
      const key = kept.get(wrapped.toString());
      return Promise.resolve(key === undefined ? fail('keys.cannot-unwrap') : ok(key));
    },
  };
}

async function library(): Promise<{ libraryDir: string; store: Store; eventId: number; file: string }> {
  const libraryDir = await temporaryFolder();
  const store = valueOf(openStore(libraryDir));
  onTestFinished(() => {
    store.close();
  });
  return { libraryDir, store, eventId: addEvent(store, 'wedding'), file: path.join(libraryDir, 'keys.json') };
}

const sealWith = (keys: Keys, eventId: number): Buffer =>
  valueOf(keys.eventKeys()?.sealerOf(eventId) ?? fail('keys.locked')).seal('visit/1', Buffer.from('a name'));
const openWith = (keys: Keys, eventId: number, sealed: Buffer): string | undefined => {
  const sealer = keys.eventKeys()?.sealerOf(eventId);
  return sealer?.ok === true ? sealer.value.unseal('visit/1', sealed)?.toString() : undefined;
};

describe('a library’s keys', () => {
  it('are wrapped by the system’s key store where there is one, and open again by themselves', async () => {
    const { libraryDir, store, eventId, file } = await library();
    const vault = systemVault();
    const keys = valueOf(await openKeys({ libraryDir, store, vault }));
    expect([keys.state(), keys.protection()]).toEqual(['open', { by: 'system', isLocked: false }]);
    const sealed = sealWith(keys, eventId);
    expect(openWith(valueOf(await openKeys({ libraryDir, store, vault })), eventId, sealed)).toBe('a name');
    expect(await readFile(file, 'utf8')).toContain('"by":"system"');
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);

    // Another machine's key store, or none.
    for (const other of [systemVault(), noVault]) {
      const elsewhere = valueOf(await openKeys({ libraryDir, store, vault: other }));
      expect([elsewhere.state(), elsewhere.eventKeys()]).toEqual(['lost', undefined]);
    }
  });

  it('lie open where there is none, which is said, until a passphrase protects them', async () => {
    const { libraryDir, store, eventId } = await library();
    const keys = valueOf(await openKeys({ libraryDir, store, vault: noVault }));
    expect(keys.protection()).toEqual({ by: 'none', isLocked: false });
    const sealed = sealWith(keys, eventId);
    valueOf(await keys.protect('correct horse battery'));
    expect(keys.protection()).toEqual({ by: 'passphrase', isLocked: false });
    expect(openWith(keys, eventId, sealed)).toBe('a name');

    const again = valueOf(await openKeys({ libraryDir, store, vault: noVault }));
    expect([again.state(), again.protection().isLocked, again.eventKeys()]).toEqual(['locked', true, undefined]);
    expect(codeOf(await again.protect('another one altogether'))).toBe('keys.locked');
    expect(codeOf(await again.unlock('correct horse'))).toBe('keys.wrong-passphrase');
    valueOf(await again.unlock('correct horse battery'));
    expect(openWith(again, eventId, sealed)).toBe('a name');
  });

  it('are lost where their file is gone, cut short, changed or of another program, and renewed only when told to', async () => {
    const { libraryDir, store, eventId, file } = await library();
    const keys = valueOf(await openKeys({ libraryDir, store, vault: noVault }));
    const sealed = sealWith(keys, eventId);
    const whole = await readFile(file, 'utf8');
    const spoilt = ['', '{', whole.slice(0, 40), whole.replace('"version":1', '"version":2'), 'null', '{"by":"none"}'];
    for (const text of spoilt) {
      await writeFile(file, text);
      const lost = valueOf(await openKeys({ libraryDir, store, vault: noVault }));
      expect([text, lost.state()]).toEqual([text, 'lost']);
      // Left for whoever can mend it.
      expect(await readFile(file, 'utf8')).toBe(text);
    }
    await writeFile(file, whole);
    expect(openWith(valueOf(await openKeys({ libraryDir, store, vault: noVault })), eventId, sealed)).toBe('a name');

    // Another key than the events': none of them opens.
    await rm(file);
    const gone = valueOf(await openKeys({ libraryDir, store, vault: noVault }));
    expect(gone.state()).toBe('lost');
    await writeFile(file, 'nothing of use');
    valueOf(await gone.renew());
    expect([gone.state(), openWith(gone, eventId, sealed)]).toEqual(['open', undefined]);
    expect((await readdir(libraryDir)).filter((name) => name.startsWith('keys.json.lost-'))).toHaveLength(1);
    expect(openWith(gone, eventId, sealWith(gone, eventId))).toBe('a name');
  });

  it('of an event that was erased neither seal nor open anything, also for whoever still holds them', async () => {
    const { libraryDir, store, eventId } = await library();
    const keys = valueOf(await openKeys({ libraryDir, store, vault: noVault }));
    const eventKeys = keys.eventKeys() ?? expect.fail('they are open');
    const sealer = valueOf(eventKeys.sealerOf(eventId));
    const sealed = sealer.seal('visit/1', Buffer.from('a name'));
    valueOf(eventKeys.erase(eventId));
    expect(sealer.unseal('visit/1', sealed)).toBeUndefined();
    expect(() => sealer.seal('visit/1', Buffer.from('another'))).toThrow(/erased/);
    expect(codeOf(eventKeys.sealerOf(eventId))).toBe('event.key-erased');
    const again = valueOf(await openKeys({ libraryDir, store, vault: noVault }));
    expect(openWith(again, eventId, sealed)).toBeUndefined();
  });
});
