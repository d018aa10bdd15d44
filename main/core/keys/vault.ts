import { fail, ok, type Result } from '../../../preload/index.ts';
import { createHostSecrets, type HostLine } from '../../processes/index.ts';

/** The system's key store, which only shell can use. */
export interface Vault {
  /** @returns undefined where there is none, or none worth the name */
  wrap(key: Buffer): Promise<Buffer | undefined>;
  /** @returns keys.cannot-unwrap */
  unwrap(wrapped: Buffer): Promise<Result<Buffer>>;
}

/** Outside Electron there is none. */
export const noVault: Vault = {
  wrap: () => Promise.resolve(undefined),
  unwrap: () => Promise.resolve(fail('keys.cannot-unwrap')),
};

/** Asks shell over the line that it has to this process. */
export function createHostVault(line: HostLine): Vault {
  const secrets = createHostSecrets(line);
  return {
    wrap: async (key) => {
      const wrapped = await secrets.wrap(key.toString('base64'));
      return wrapped === undefined ? undefined : Buffer.from(wrapped, 'base64');
    },
    unwrap: async (wrapped) => {
      const key = await secrets.unwrap(wrapped.toString('base64'));
      return key === undefined ? fail('keys.cannot-unwrap') : ok(Buffer.from(key, 'base64'));
    },
  };
}
