import type { Logger } from 'pino';
import { fail, ok, type Result } from '../../../preload/index.ts';
import type { Config } from '../config/index.ts';
import { galleriesPrefix } from './keys.ts';
import type { CloudOutcome, Storage } from './storage.ts';

/** A bucket, for whoever sets it up. */
export interface BucketSetUp {
  /** The name of the bucket, and the prefix of all that the booth has in it. */
  bucket: string;
  prefix: string;
  check: Storage['check'];
  /** The rule by which it lets go of the galleries that are kept for so many days. */
  expire(days: number): Promise<CloudOutcome>;
  /** Lets everybody read what a gallery is made of, if they know its name. */
  openToPhones(): Promise<CloudOutcome>;
  close(): void;
}

/**
 * The bucket that the settings name, with the key of the environment, and no other: setting up takes rights that a booth need not have.
 *
 * @returns sync.off where the settings name no bucket; cloud.not-allowed where there is no key
 */
export async function openBucketSetUp(
  { cloud }: Pick<Config, 'cloud'>,
  env: NodeJS.ProcessEnv,
  log: Logger,
): Promise<Result<BucketSetUp>> {
  if (cloud === undefined) return fail('sync.off');
  const { FINDME_CLOUD_KEY_ID: accessKeyId = '', FINDME_CLOUD_KEY: secretAccessKey = '' } = env;
  if (accessKeyId === '' || secretAccessKey === '') {
    return fail('cloud.not-allowed', 'FINDME_CLOUD_KEY_ID and FINDME_CLOUD_KEY are not set');
  }
  // Only where it is needed: it is large.
  const { createS3Storage } = await import('./s3/index.ts');
  const storage = createS3Storage({
    settings: cloud,
    credentials: () => ({ accessKeyId, secretAccessKey }),
    // Nothing is large here.
    parts: { get: () => undefined, set: () => undefined, remove: () => undefined },
    log,
  });
  return ok({
    bucket: cloud.bucket,
    prefix: cloud.prefix,
    check: () => storage.check(),
    expire: (days) => storage.expire(galleriesPrefix(days), days),
    openToPhones: () => storage.openToPhones(),
    close: () => storage.close(),
  });
}
