import { safeStorage } from 'electron';

// Where Linux has no key store, Electron seals with a key that every copy of the program has.
const worthless: ReadonlySet<string> = new Set(['basic_text', 'unknown']);

/** What Electron had before it could wait for a key store: still the only way in older ones. */
interface WaitlessStorage {
  isEncryptionAvailable(): boolean;
  encryptString(plain: string): Buffer;
  decryptString(sealed: Buffer): string;
}

const canWait = 'encryptStringAsync' in safeStorage;
const waitless = safeStorage as WaitlessStorage;

async function hasKeyStore(): Promise<boolean> {
  const isThere = canWait ? await safeStorage.isAsyncEncryptionAvailable() : waitless.isEncryptionAvailable();
  return isThere && (process.platform !== 'linux' || !worthless.has(safeStorage.getSelectedStorageBackend()));
}

/** @param secret base 64. @returns it wrapped by the system's key store, base 64; undefined where there is none, or it fails */
export const wrap = (secret: string): Promise<string | undefined> =>
  ifItWorks(async () => {
    const sealed = canWait ? await safeStorage.encryptStringAsync(secret) : waitless.encryptString(secret);
    return sealed.toString('base64');
  });

/** @param wrapped base 64. @returns undefined for what the key store does not give back */
export const unwrap = (wrapped: string): Promise<string | undefined> =>
  ifItWorks(async () => {
    const sealed = Buffer.from(wrapped, 'base64');
    return canWait ? (await safeStorage.decryptStringAsync(sealed)).result : waitless.decryptString(sealed);
  });

async function ifItWorks(work: () => Promise<string>): Promise<string | undefined> {
  try {
    return (await hasKeyStore()) ? await work() : undefined;
  } catch (error) {
    console.error('the system’s key store fails:', error);
    return undefined;
  }
}
