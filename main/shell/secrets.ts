import { safeStorage } from 'electron';

// Where Linux has no key store, Electron seals with a key that every copy of the program has.
const worthless: ReadonlySet<string> = new Set(['basic_text', 'unknown']);

function hasKeyStore(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return process.platform !== 'linux' || !worthless.has(safeStorage.getSelectedStorageBackend());
}

/** @param secret base 64. @returns it wrapped by the system's key store, base 64; undefined where there is none, or it fails */
export function wrap(secret: string): string | undefined {
  try {
    return hasKeyStore() ? safeStorage.encryptString(secret).toString('base64') : undefined;
  } catch (error) {
    console.error('the system’s key store fails:', error);
    return undefined;
  }
}

/** @param wrapped base 64. @returns undefined for what the key store does not give back */
export function unwrap(wrapped: string): string | undefined {
  try {
    return hasKeyStore() ? safeStorage.decryptString(Buffer.from(wrapped, 'base64')) : undefined;
  } catch (error) {
    console.error('the system’s key store fails:', error);
    return undefined;
  }
}
