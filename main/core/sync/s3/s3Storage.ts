import type { Logger } from 'pino';
import type { CloudOutcome, Pace, Storage, StoredObject } from '../storage.ts';
import { createBucket } from './bucket.ts';
import { createBucketSelf } from './bucketSelf.ts';
import { createConnection, type CredentialsSource, type Patience } from './connection.ts';
import { openContent, streamOf, type Content } from './content.ts';
import { createExpire } from './expire.ts';
import { createMultipart, standardPartSizes, type MultipartRecords, type PartSizes } from './multipart.ts';
import { createWriteOnce, done } from './once.ts';
import { isNotThere, mostSkewMs, outcomeOf } from './outcomes.ts';
import { publicPolicy } from './publicPolicy.ts';
import { isSecure, type S3Settings } from './settings.ts';

export interface S3Storage extends Storage {
  /**
   * Lets everybody read what a gallery is made of, if they know its name: see publicPolicy. What the bucket's policy says besides stays as it is.
   *
   * @returns cloud.not-allowed, cloud.failed where the store takes no policy
   */
  openToPhones(): Promise<CloudOutcome>;
  /** Ends what is under way, and its connections. */
  close(): void;
}

/**
 * A bucket in a store that speaks S3. Each request is made once, and has its time: the outbox says what is tried again, and when.
 *
 * @param deps.credentials asked before each request
 * @param deps.parts how far large uploads have come
 * @param deps.partSizes from where on, and how, objects are cut
 */
export function createS3Storage(deps: {
  settings: S3Settings;
  credentials: CredentialsSource;
  parts: MultipartRecords;
  log: Logger;
  partSizes?: PartSizes;
  patience?: Patience;
}): S3Storage {
  const { settings, credentials, parts, log, partSizes = standardPartSizes, patience } = deps;
  const connection = createConnection({ settings, credentials, patience });
  const bucket = createBucket(connection, settings);
  const self = createBucketSelf(connection, settings);
  const refusalOf = (error: unknown, signedAheadMs?: number) =>
    outcomeOf(error, { secrets: connection.secrets(), signedAheadMs });
  const expire = createExpire({ bucket: self, wholePrefix: settings.prefix, outcomeOf: (error) => refusalOf(error) });
  const writeOnce = createWriteOnce({ setting: settings.conditionalWrites, log });
  const multipart = createMultipart({ bucket, records: parts, writeOnce, partBytes: partSizes.partBytes, log });

  async function attempt(work: () => Promise<CloudOutcome>): Promise<CloudOutcome> {
    // Not a word of it leaves this machine.
    if (!isSecure(settings)) return { at: 'refused', code: 'cloud.insecure', detail: settings.endpoint ?? '' };
    const knownSkewMs = connection.skewMs();
    try {
      return await work();
    } catch (error) {
      return refusalOf(error, knownSkewMs);
    }
  }

  async function putWhole(
    object: StoredObject,
    content: Content,
    signal?: AbortSignal,
    pace?: Pace,
  ): Promise<CloudOutcome> {
    const { sha256 } = object;
    const { sizeBytes } = content;
    // A stream is read once: each try has its own.
    const write = (ifNoneMatch?: '*') => {
      const stream = streamOf(content, { fromByte: 0, sizeBytes, sha256 }, pace);
      return bucket.put(object, { stream, sizeBytes, sha256 }, ifNoneMatch, signal);
    };
    if (object.keeps === 'once') {
      return writeOnce(object.key, () => bucket.look(object, sizeBytes, signal), write);
    }
    await write();
    return done;
  }

  const put = (object: StoredObject, signal?: AbortSignal, pace?: Pace): Promise<CloudOutcome> =>
    attempt(async () => {
      const content = await openContent(object);
      try {
        const isLarge = content.sizeBytes > partSizes.aboveBytes;
        return await (isLarge ? multipart.put(object, content, signal, pace) : putWhole(object, content, signal, pace));
      } finally {
        await content.close();
      }
    });

  const remove = (key: string): Promise<CloudOutcome> =>
    attempt(async () => {
      await multipart.forget(key);
      await bucket.remove(key);
      return done;
    });

  /** The SDK signs with the store's time once it knows it, so that nothing waits for somebody to set the clock. */
  function tellSkew(skewMs: number): void {
    if (Math.abs(skewMs) <= mostSkewMs) return;
    log.warn(
      { aheadMinutes: Math.round(skewMs / 60_000) },
      'the clock of this machine is wrong, by that of the cloud storage',
    );
  }

  return {
    put,
    remove,
    check: async () => {
      const found = await attempt(async () => {
        try {
          await bucket.exists();
          return done;
        } catch (error) {
          if (!isNotThere(error)) throw error;
          return { at: 'refused', code: 'cloud.no-bucket', detail: settings.bucket };
        }
      });
      if (found.at !== 'done') return found;
      const written = await put(probe);
      const removed = written.at === 'done' ? await remove(probe.key) : written;
      if (removed.at === 'done') tellSkew(connection.skewMs() ?? 0);
      return removed;
    },
    expire: (prefix, days) => attempt(() => expire(settings.prefix + prefix, days)),
    openToPhones: () =>
      attempt(async () => {
        const policy = publicPolicy(settings, await self.policy());
        await self.setPolicy(policy);
        return done;
      }),
    close: () => connection.close(),
  };
}

/** What is put there and taken away to see whether that can be done. */
const probe: StoredObject = {
  key: '.check',
  content: { bytes: new Uint8Array() },
  // Of nothing.
  sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  contentType: 'text/plain',
  keeps: 'latest',
};
