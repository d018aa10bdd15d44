import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { CloudFault, Pace, StoredObject } from '../storage.ts';

/** What is to be sent is not what it was said to be. An error, because it has to come through a stream. */
export class ContentFault extends Error {
  override readonly name = 'ContentFault';
  readonly code: Extract<CloudFault, 'cloud.content-changed' | 'cloud.content-missing'>;

  constructor(code: ContentFault['code'], detail: string) {
    super(detail);
    this.code = code;
  }
}

/** Opened once, so that all of it is of the same file, whatever becomes of its name. */
export interface Content {
  /** The file's path, for a person. */
  name: string;
  sizeBytes: number;
  /** @throws ContentFault where there is no more so far */
  read(fromByte: number, sizeBytes: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** @throws ContentFault, cloud.content-missing, if there is no such file */
export async function openContent({ key, content }: Pick<StoredObject, 'key' | 'content'>): Promise<Content> {
  if ('bytes' in content) {
    const { bytes } = content;
    const read = (from: number, length: number) => Promise.resolve(bytes.subarray(from, from + length));
    return { name: key, sizeBytes: bytes.length, read, close: () => Promise.resolve() };
  }
  const { file } = content;
  const handle = await open(file).catch((error: unknown) => {
    throw isMissing(error) ? new ContentFault('cloud.content-missing', file) : error;
  });
  const { size } = await handle.stat();
  return {
    name: file,
    sizeBytes: size,
    read: async (from, length) => {
      const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, from);
      if (bytesRead === 0) throw changed(file);
      return buffer.subarray(0, bytesRead);
    },
    close: () => handle.close(),
  };
}

/** A part of a content, or all of it, and what it hashes to. */
export interface Section {
  fromByte: number;
  sizeBytes: number;
  /** 64 hexadecimal digits. */
  sha256: string;
}

/**
 * The bytes of a section, a chunk at a time. They are hashed on their way, and the last of them is held back until it is known that all are right: of
 * a file that has changed nobody ever gets the whole.
 */
export const streamOf = (content: Content, section: Section, pace?: Pace): Readable =>
  Readable.from(checked(content, section, pace), { objectMode: false });

async function* checked(content: Content, section: Section, pace?: Pace): AsyncGenerator<Uint8Array> {
  const { fromByte, sizeBytes, sha256 } = section;
  const hash = createHash('sha256');
  let last: Uint8Array | undefined;
  for await (const chunk of chunksOf(content, fromByte, sizeBytes)) {
    if (last !== undefined) yield last;
    await pace?.(chunk.length);
    hash.update(chunk);
    last = chunk;
  }
  if (hash.digest('hex') !== sha256) throw changed(content.name);
  if (last !== undefined) yield last;
}

/**
 * Reads all of it once.
 *
 * @param partBytes of each section but the last
 * @throws ContentFault, cloud.content-changed, if it is not what `sha256` says
 */
export async function sectionsOf(content: Content, sha256: string, partBytes: number): Promise<Section[]> {
  const whole = createHash('sha256');
  const sections: Section[] = [];
  for (let fromByte = 0; fromByte < content.sizeBytes; fromByte += partBytes) {
    const sizeBytes = Math.min(partBytes, content.sizeBytes - fromByte);
    const part = createHash('sha256');
    for await (const chunk of chunksOf(content, fromByte, sizeBytes)) {
      whole.update(chunk);
      part.update(chunk);
    }
    sections.push({ fromByte, sizeBytes, sha256: part.digest('hex') });
  }
  if (whole.digest('hex') !== sha256) throw changed(content.name);
  return sections;
}

// Hashed in a tenth of a millisecond: nobody in this process waits for it.
const chunkBytes = 64 * 1024;

async function* chunksOf(content: Content, fromByte: number, sizeBytes: number): AsyncGenerator<Uint8Array> {
  for (let read = 0; read < sizeBytes;) {
    const chunk = await content.read(fromByte + read, Math.min(chunkBytes, sizeBytes - read));
    read += chunk.length;
    yield chunk;
  }
}

const changed = (name: string): ContentFault => new ContentFault('cloud.content-changed', name);

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
