import type { Logger } from 'pino';
import type { CloudOutcome, Pace, StoredObject } from '../storage.ts';
import type { Bucket, IfNoneMatch, SentPart } from './bucket.ts';
import { ContentFault, sectionsOf, streamOf, type Content, type Section } from './content.ts';
import { done, type WriteOnce } from './once.ts';
import { isCalled } from './outcomes.ts';

/** How far an upload in parts has come. */
export interface MultipartRecord {
  /** The store's name for it. */
  uploadId: string;
  /** Of the whole, 64 hexadecimal digits. */
  sha256: string;
  sizeBytes: number;
  /** Of each part but the last. */
  partBytes: number;
  /** Those of which the store has said that it has them, in order. */
  parts: SentPart[];
}

/** Where it is written down, by the object's key, so that an upload outlives the program. */
export interface MultipartRecords {
  get(key: string): MultipartRecord | undefined;
  set(key: string, record: MultipartRecord): void;
  remove(key: string): void;
}

/** Sizes in which an object is cut. */
export interface PartSizes {
  /** What is no larger goes in one piece. */
  aboveBytes: number;
  /** Amazon takes none under 5 MiB, but for the last. */
  partBytes: number;
}

const mebibyte = 1024 ** 2;
export const standardPartSizes: PartSizes = { aboveBytes: 32 * mebibyte, partBytes: 8 * mebibyte };

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
const mostParts = 10_000;

/** @returns as small as is asked for, and as large as needs be for the store to take them all */
export const partBytesOf = (sizeBytes: number, wantedBytes: number): number =>
  Math.max(wantedBytes, Math.ceil(sizeBytes / mostParts));

/** Large objects, in parts, each of which is there for good once it has arrived. */
export interface Multipart {
  put(object: StoredObject, content: Content, signal?: AbortSignal, pace?: Pace): Promise<CloudOutcome>;
  /** What was begun of this object goes: nobody will end it. */
  forget(key: string): Promise<void>;
}

export function createMultipart(deps: {
  bucket: Bucket;
  records: MultipartRecords;
  writeOnce: WriteOnce;
  partBytes: number;
  log: Logger;
}): Multipart {
  const { bucket, records, writeOnce, log } = deps;

  async function forget(key: string): Promise<void> {
    const record = records.get(key);
    if (record === undefined) return;
    try {
      await bucket.abort({ key, uploadId: record.uploadId });
    } catch (error) {
      if (!isCalled(error, 'NoSuchUpload')) throw error;
    }
    records.remove(key);
  }

  /** With the parts that the store still has; undefined where nothing was begun. */
  async function goOn(key: string, signal?: AbortSignal): Promise<MultipartRecord | undefined> {
    const record = records.get(key);
    if (record === undefined) return undefined;
    const listed = await bucket.listParts({ key, uploadId: record.uploadId }, signal);
    const parts = record.parts.filter((part) => listed.some((other) => isSame(part, other)));
    log.info({ key, parts: parts.length }, 'an upload goes on where it was cut off');
    return { ...record, parts };
  }

  async function begin(object: StoredObject, sizeBytes: number, signal?: AbortSignal): Promise<MultipartRecord> {
    const { key, sha256 } = object;
    const uploadId = await bucket.beginParts(object, signal);
    const partBytes = partBytesOf(sizeBytes, deps.partBytes);
    const record: MultipartRecord = { uploadId, sha256, sizeBytes, partBytes, parts: [] };
    records.set(key, record);
    return record;
  }

  async function putParts(
    object: StoredObject,
    content: Content,
    sections: readonly Section[],
    signal?: AbortSignal,
    pace?: Pace,
  ): Promise<CloudOutcome> {
    const { key } = object;
    let record = (await goOn(key, signal)) ?? (await begin(object, content.sizeBytes, signal));
    const upload = { key, uploadId: record.uploadId };
    for (const [index, section] of sections.entries()) {
      const number = index + 1;
      if (record.parts.some((part) => part.number === number)) continue;
      const { sizeBytes, sha256 } = section;
      const stream = streamOf(content, section, pace);
      const part = await bucket.putPart(upload, number, { stream, sizeBytes, sha256 }, signal);
      record = { ...record, parts: [...record.parts, part].sort((a, b) => a.number - b.number) };
      records.set(key, record);
    }

    const parts = record.parts.map((part) => ({ ...part, sha256: sections[part.number - 1].sha256 }));
    const end = async (ifNoneMatch: IfNoneMatch) => {
      await bucket.complete(upload, parts, ifNoneMatch, signal);
      records.remove(key);
    };
    if (object.keeps === 'latest') {
      await end(undefined);
      return done;
    }
    const outcome = await writeOnce(key, () => bucket.look(object, content.sizeBytes, signal), end);
    // Where the same was there already, nobody needs the parts.
    if (outcome.at === 'done') await forget(key);
    return outcome;
  }

  /** Whether it is in the bucket: from an earlier time, or since it was ended and we never heard of it. */
  async function isThere(object: StoredObject, sizeBytes: number, signal?: AbortSignal): Promise<boolean> {
    if ((await bucket.look(object, sizeBytes, signal)) !== 'same') return false;
    await forget(object.key);
    return true;
  }

  return {
    put: async (object, content, signal, pace) => {
      const { key, sha256 } = object;
      const { sizeBytes } = content;
      const known = records.get(key);
      const isAnothers = known !== undefined && (known.sha256 !== sha256 || known.sizeBytes !== sizeBytes);
      if (isAnothers) await forget(key);
      const partBytes = records.get(key)?.partBytes ?? partBytesOf(sizeBytes, deps.partBytes);
      let sections: Section[];
      try {
        sections = await sectionsOf(content, sha256, partBytes);
      } catch (error) {
        if (error instanceof ContentFault) await forget(key);
        throw error;
      }
      const mayBeThere = object.keeps === 'once' || records.get(key) !== undefined;
      if (mayBeThere && (await isThere(object, sizeBytes, signal))) return done;
      try {
        return await putParts(object, content, sections, signal, pace);
      } catch (error) {
        if (error instanceof ContentFault) await forget(key);
        if (!isLost(error)) throw error;
        log.info({ key }, 'the store has lost an upload: it begins anew');
        if (await isThere(object, sizeBytes, signal)) return done;
        await forget(key);
        // Where the parts' size has changed since, they are other parts.
        const anew = partBytesOf(sizeBytes, deps.partBytes);
        const again = anew === partBytes ? sections : await sectionsOf(content, sha256, anew);
        return await putParts(object, content, again, signal, pace);
      }
    },
    forget,
  };
}

/** Some stores put an ETag in quotes in one answer and not in another. */
const isSame = (a: SentPart, b: SentPart): boolean => a.number === b.number && bare(a.etag) === bare(b.etag);

const bare = (etag: string): string => etag.replaceAll('"', '');

/** There is no such upload, or not with such parts: it was ended, given up by a rule of the bucket's, or mended by somebody. */
const isLost = (error: unknown): boolean =>
  isCalled(error, 'NoSuchUpload', 'InvalidPart', 'InvalidPartOrder', 'EntityTooSmall');
