import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { StoredObject } from '../storage.ts';
import type { Body, Connection } from './connection.ts';
import { isCalled, isNotThere, noStore } from './outcomes.ts';
import type { S3Settings } from './settings.ts';

export interface SentPart {
  /** From 1. */
  number: number;
  etag: string;
}

/** `*`: only if nothing lies there. */
export type IfNoneMatch = '*' | undefined;

/** The requests of S3 that we make, with our own words for what they need. Each throws what the connection does. */
export interface Bucket {
  exists(signal?: AbortSignal): Promise<void>;
  /** How what lies there compares; an object says with its metadata what it hashes to. */
  look(object: Pick<StoredObject, 'key' | 'sha256'>, sizeBytes: number, signal?: AbortSignal): Promise<Seen>;
  put(object: StoredObject, body: Body, ifNoneMatch: IfNoneMatch, signal?: AbortSignal): Promise<void>;
  remove(key: string): Promise<void>;
  /** @returns the upload's id */
  beginParts(object: StoredObject, signal?: AbortSignal): Promise<string>;
  putPart(upload: Upload, number: number, body: Body, signal?: AbortSignal): Promise<SentPart>;
  /** @returns those that the store has */
  listParts(upload: Upload, signal?: AbortSignal): Promise<SentPart[]>;
  complete(
    upload: Upload,
    parts: readonly (SentPart & { sha256: string })[],
    ifNoneMatch: IfNoneMatch,
    signal?: AbortSignal,
  ): Promise<void>;
  /** Of an upload that is not to be ended; its parts go. */
  abort(upload: Upload): Promise<void>;
}

export type Seen = 'nothing' | 'same' | 'other';

export interface Upload {
  key: string;
  uploadId: string;
}

export function createBucket(connection: Connection, settings: S3Settings): Bucket {
  const Bucket = settings.bucket;
  const isChecked = settings.checksums === 'when-supported';
  const at = (key: string) => ({ Bucket, Key: settings.prefix + key });
  const of = ({ key, uploadId }: Upload) => ({ ...at(key), UploadId: uploadId });
  const checksumOf = (sha256: string) => (isChecked ? { ChecksumSHA256: base64Of(sha256) } : {});
  const described = ({ contentType, cacheControl, contentEncoding, sha256 }: StoredObject) => ({
    ContentType: contentType,
    ...(cacheControl === undefined ? {} : { CacheControl: cacheControl }),
    ...(contentEncoding === undefined ? {} : { ContentEncoding: contentEncoding }),
    Metadata: { sha256 },
  });
  const condition = (ifNoneMatch: IfNoneMatch) => (ifNoneMatch === undefined ? {} : { IfNoneMatch: ifNoneMatch });

  return {
    exists: async (signal) => {
      await connection.send((client, options) => client.send(new HeadBucketCommand({ Bucket }), options), { signal });
    },

    look: async ({ key, sha256 }, sizeBytes, signal) => {
      try {
        const { ContentLength, Metadata } = await connection.send(
          (client, options) => client.send(new HeadObjectCommand(at(key)), options),
          { signal },
        );
        return ContentLength === sizeBytes && Metadata?.['sha256'] === sha256 ? 'same' : 'other';
      } catch (error) {
        if (isNotThere(error)) return 'nothing';
        throw error;
      }
    },

    put: async (object, body, ifNoneMatch, signal) => {
      const command = new PutObjectCommand({
        ...at(object.key),
        ...condition(ifNoneMatch),
        ...checksumOf(body.sha256),
        Body: body.stream,
        ContentLength: body.sizeBytes,
        ...described(object),
      });
      const { ETag } = await connection.send((client, options) => client.send(command, options), { signal, body });
      told(ETag);
    },

    remove: async (key) => {
      const command = new DeleteObjectCommand(at(key));
      try {
        const { $metadata } = await connection.send((client, options) => client.send(command, options));
        const isStores = $metadata.httpStatusCode === 204 || $metadata.requestId !== undefined;
        if (!isStores) throw noStore();
      } catch (error) {
        // Anybody on the way can say 404, and it would lie there for good.
        if (!isCalled(error, 'NoSuchKey')) throw error;
      }
    },

    beginParts: async (object, signal) => {
      const command = new CreateMultipartUploadCommand({
        ...at(object.key),
        ...(isChecked ? { ChecksumAlgorithm: 'SHA256' } : {}),
        ...described(object),
      });
      const { UploadId } = await connection.send((client, options) => client.send(command, options), { signal });
      return told(UploadId);
    },

    putPart: async (upload, number, body, signal) => {
      const command = new UploadPartCommand({
        ...of(upload),
        ...checksumOf(body.sha256),
        PartNumber: number,
        Body: body.stream,
        ContentLength: body.sizeBytes,
      });
      const { ETag } = await connection.send((client, options) => client.send(command, options), { signal, body });
      return { number, etag: told(ETag) };
    },

    listParts: async (upload, signal) => {
      const parts: SentPart[] = [];
      let after: string | undefined;
      do {
        const command = new ListPartsCommand({
          ...of(upload),
          ...(after === undefined ? {} : { PartNumberMarker: after }),
        });
        const page = await connection.send((client, options) => client.send(command, options), { signal });
        for (const { PartNumber: number, ETag: etag } of page.Parts ?? []) {
          if (number !== undefined && etag !== undefined) parts.push({ number, etag });
        }
        // A page has a thousand of them.
        after = page.IsTruncated === true ? page.NextPartNumberMarker : undefined;
      } while (after !== undefined);
      return parts;
    },

    complete: async (upload, parts, ifNoneMatch, signal) => {
      const Parts = parts.map(({ number, etag, sha256 }) => ({
        PartNumber: number,
        ETag: etag,
        ...checksumOf(sha256),
      }));
      const command = new CompleteMultipartUploadCommand({
        ...of(upload),
        ...condition(ifNoneMatch),
        MultipartUpload: { Parts },
      });
      const { ETag, Key } = await connection.send((client, options) => client.send(command, options), { signal });
      // Ceph, at least in its 16th version, leaves the ETag empty here.
      told(ETag === '' ? Key : ETag);
    },

    abort: async (upload) => {
      await connection.send((client, options) => client.send(new AbortMultipartUploadCommand(of(upload)), options));
    },
  };
}

const base64Of = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');

/** What every store tells. */
function told(value: string | undefined): string {
  if (value !== undefined && value !== '') return value;
  throw noStore();
}
