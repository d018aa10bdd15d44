import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Transform, type Readable } from 'node:stream';
import yazl from 'yazl';
import { countInMachineCode } from './machineCrc.ts';

countInMachineCode();

// Of a file at a time: each part costs a turn of the loop.
const partBytes = 256 * 1024;

export interface ZipEntry {
  /** Of the file. */
  path: string;
  /** In the archive. */
  name: string;
  at: Date;
}

/** An archive that is made while it is sent, the same bytes each time: a phone that lost it goes on where it broke off. */
export interface Zip {
  sizeBytes: number;
  /** Another whenever a byte is another. */
  etag: string;
  /** @param from first byte; @param to last byte */
  readonly read: (from: number, to: number) => Readable;
}

interface SizedEntry extends ZipEntry {
  sizeBytes: number;
}

/** Stored, not compressed: photos do not get smaller. @param entries whose files are there */
export async function zipOf(entries: readonly ZipEntry[]): Promise<Zip> {
  const sized = await Promise.all(
    entries.map(async (entry): Promise<SizedEntry> => ({ ...entry, sizeBytes: (await stat(entry.path)).size })),
  );
  const hash = createHash('sha256');
  for (const { name, sizeBytes, at } of sized) hash.update(`${name}\0${String(sizeBytes)}\0${at.toISOString()}\0`);
  return {
    sizeBytes: await sizeOf(sized),
    etag: `"${hash.digest('base64url').slice(0, 22)}"`,
    read: (from, to) => read(sized, from, to),
  };
}

function read(entries: readonly SizedEntry[], from: number, to: number): Readable {
  const part = cut(from, to);
  let file: Readable | undefined;
  const zip = archive(entries, (path, give) => {
    file = createReadStream(path, { highWaterMark: partBytes });
    // The archive does not look for these; a photo may have been erased since the phone asked.
    file.once('error', (error) => part.destroy(error));
    give(undefined, file);
  });
  zip.on('error', (error: Error) => part.destroy(error));
  zip.end();
  zip.outputStream.pipe(part);
  // A phone that goes away in the midst of it must not leave a file open.
  for (const last of ['end', 'close'] as const) {
    part.once(last, () => {
      zip.outputStream.unpipe(part);
      file?.destroy();
    });
  }
  return part;
}

/** Nothing is opened for it. */
function sizeOf(entries: readonly SizedEntry[]): Promise<number> {
  const zip = archive(entries, () => undefined);
  return new Promise((resolve) => {
    // It is called with the size, whatever its types say.
    zip.end(undefined, (...sizes: number[]) => resolve(sizes[0]));
  });
}

function archive(
  entries: readonly SizedEntry[],
  open: (path: string, give: (error: unknown, file: Readable) => void) => void,
): yazl.ZipFile {
  const zip = new yazl.ZipFile();
  for (const { path, name, at, sizeBytes } of entries) {
    const options = { compress: false, mtime: at, mode: 0o100644, size: sizeBytes };
    zip.addReadStreamLazy(name, options, (give) => open(path, give));
  }
  return zip;
}

/** Lets the bytes from one to another through, the last included, and ends there. */
function cut(from: number, to: number): Transform {
  let at = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      const [start, end] = [Math.max(0, from - at), Math.min(chunk.length, to + 1 - at)];
      at += chunk.length;
      if (start < end) this.push(chunk.subarray(start, end));
      if (at > to) this.push(null);
      done();
    },
  });
}

/**
 * The part that a Range header asks for (RFC 9110, 14.2); one range of bytes.
 *
 * @returns undefined for what is no such header, which is then as if it were not there; 'unsatisfiable' for one beyond the end
 */
export function rangeOf(
  header: string | undefined,
  sizeBytes: number,
): { from: number; to: number } | 'unsatisfiable' | undefined {
  const parts = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (parts === null || (parts[1] === '' && parts[2] === '')) return undefined;
  const [, first, last] = parts;
  const from = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const to = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  return from > to ? 'unsatisfiable' : { from, to };
}
