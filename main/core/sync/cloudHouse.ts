import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { Config } from '../config/index.ts';
import type { Keys } from '../keys/index.ts';
import type { Store } from '../store/index.ts';
import { createKeyRing, type KeyRing } from './keyRing.ts';
import { createParts } from './parts.ts';
import type { Storage } from './storage.ts';

/** With what a booth syncs. */
export interface CloudHouse {
  /** Tells the cloud from another: what lies in one does not lie in the other. */
  id: string;
  atOnce: number;
  mostBytesPerSecond: number | undefined;
  open(ground: { store: Store; keys: Keys }): Promise<OpenCloud>;
}

export interface OpenCloud {
  storage: Storage;
  /** undefined for a cloud that lets everybody in. */
  keyRing?: KeyRing;
  close: () => void;
}

/** The bucket that the settings name; undefined where they name none. */
export function cloudHouseOf(
  { cloud }: Pick<Config, 'cloud'>,
  env: NodeJS.ProcessEnv,
  log: Logger,
): CloudHouse | undefined {
  if (cloud === undefined) return undefined;
  const { atOnce, mostBytesPerSecond, ...settings } = cloud;
  const { endpoint = settings.region, bucket, prefix } = settings;
  return {
    id: createHash('sha256')
      .update(JSON.stringify([endpoint, bucket, prefix]))
      .digest('hex'),
    atOnce,
    mostBytesPerSecond,
    open: async ({ store, keys }) => {
      // Only where it is needed: it is large.
      const { createS3Storage } = await import('./s3/index.ts');
      const keyRing = createKeyRing({ store, keys, env });
      const storage = createS3Storage({
        settings,
        credentials: () => keyRing.get(),
        parts: createParts(store, log),
        log,
      });
      return { storage, keyRing, close: () => storage.close() };
    },
  };
}
