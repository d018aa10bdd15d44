// The key to the cloud: sealed in the library's database, under a master key in its file.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { noVault, openKeys, type Keys } from '../../main/core/keys/index.ts';
import { openStore, type Store } from '../../main/core/store/index.ts';
import { createFindmeToken, createKeyRing, createMailPassword } from '../../main/core/sync/index.ts';
import { codeOf, valueOf } from '../fixtures/core.ts';
import { temporaryFolder } from '../fixtures/folders.ts';

const key = { accessKeyId: 'AKIAOFTHEBOOTH', secretAccessKey: 'secret of the booth' };

async function openIn(libraryDir: string): Promise<{ store: Store; keys: Keys }> {
  const store = valueOf(openStore(libraryDir));
  onTestFinished(() => store.close());
  return { store, keys: valueOf(await openKeys({ libraryDir, store, vault: noVault })) };
}

describe('the key to the cloud', () => {
  it('is kept over restarts, and lies nowhere in clear', async () => {
    const libraryDir = await temporaryFolder();
    const { store, keys } = await openIn(libraryDir);
    const ring = createKeyRing({ store, keys, env: {} });
    expect([ring.source(), ring.get()]).toEqual(['nowhere', undefined]);
    valueOf(ring.set(key));
    store.close();
    const bytes = await readFile(path.join(libraryDir, 'library.db'));
    for (const text of Object.values(key)) expect(bytes.includes(text)).toBe(false);
    const again = createKeyRing({ ...(await openIn(libraryDir)), env: {} });
    expect([again.source(), again.get()]).toEqual(['staff', key]);
  });

  it('is the environment’s where there is one', async () => {
    const { store, keys } = await openIn(await temporaryFolder());
    valueOf(createKeyRing({ store, keys, env: {} }).set(key));
    const env = { FINDME_CLOUD_KEY_ID: 'id', FINDME_CLOUD_KEY: 'of the environment' };
    const ring = createKeyRing({ store, keys, env });
    expect([ring.source(), ring.get()]).toEqual([
      'environment',
      { accessKeyId: 'id', secretAccessKey: 'of the environment' },
    ]);
    expect(createKeyRing({ store, keys, env: { ...env, FINDME_CLOUD_KEY: '' } }).source()).toBe('staff');
  });

  it('is closed until the passphrase is given', async () => {
    const libraryDir = await temporaryFolder();
    const { store, keys } = await openIn(libraryDir);
    valueOf(createKeyRing({ store, keys, env: {} }).set(key));
    valueOf(await keys.protect('a passphrase'));
    store.close();
    const locked = await openIn(libraryDir);
    const ring = createKeyRing({ ...locked, env: {} });
    expect(ring.get()).toBeUndefined();
    expect(codeOf(ring.set(key))).toBe('keys.locked');
    valueOf(await locked.keys.unlock('a passphrase'));
    expect(ring.get()).toEqual(key);
  });
});

describe.each([
  ['the password of the mail server', createMailPassword, 'FINDME_MAIL_PASSWORD'],
  ['the token of a FindMe service', createFindmeToken, 'FINDME_API_TOKEN'],
])('%s', (_, create, name) => {
  it('is kept sealed and apart from the others, and the environment’s goes before', async () => {
    const libraryDir = await temporaryFolder();
    const ground = await openIn(libraryDir);
    const secret = create({ ...ground, env: { [name]: '' } });
    expect([secret.source(), secret.get()]).toEqual(['nowhere', undefined]);
    valueOf(secret.set('open sesame'));
    for (const other of [createKeyRing, createMailPassword, createFindmeToken].filter((one) => one !== create))
      expect(other({ ...ground, env: {} }).source()).toBe('nowhere');
    const given = create({ ...ground, env: { [name]: 'of the environment' } });
    expect([given.source(), given.get()]).toEqual(['environment', 'of the environment']);
    ground.store.close();
    expect((await readFile(path.join(libraryDir, 'library.db'))).includes('open sesame')).toBe(false);
    const again = create({ ...(await openIn(libraryDir)), env: {} });
    expect([again.source(), again.get()]).toEqual(['staff', 'open sesame']);
  });
});
