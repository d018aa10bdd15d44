import { createWriteStream } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { setTimeout as pause } from 'node:timers/promises';
import { fail, ok, type Result } from '../../../preload/index.ts';
import { diskFault } from './diskFault.ts';

/** How far a transfer has come. @param totalBytes undefined where the server does not say */
export type OnBytes = (doneBytes: number, totalBytes: number | undefined) => void;

interface Transfer {
  url: string;
  /** Where the bytes gather. What lies there already is gone on with; beside it lies which version of the file that was. */
  part: string;
  onBytes: OnBytes;
  signal: AbortSignal;
}

// A connection that breaks off is taken up again as long as each try brings something, and after so many that brought nothing it is given up.
const emptyTries = 3;
const pauseMs = 500;

/**
 * Fetches a file. What has arrived stays when the transfer breaks off, for the next try or the next run (RFC 9110, sections 13.1.5 and 14: a range of
 * the same version, or else all of it).
 *
 * @returns models.download-failed (detail: the address, and why), models.not-writable, engine.stopping
 */
export async function fetchFile(transfer: Transfer): Promise<Result<void>> {
  for (let empty = 0; ;) {
    const beforeBytes = await sizeOf(transfer.part);
    try {
      return await fetchRest(transfer, beforeBytes);
    } catch (error) {
      if (transfer.signal.aborted) return fail('engine.stopping');
      const fault = diskFault(error);
      if (fault !== undefined) return { ok: false, fault };
      empty = (await sizeOf(transfer.part)) > beforeBytes ? 0 : empty + 1;
      if (empty === emptyTries) return fail('models.download-failed', `${transfer.url}: ${reasonOf(error)}`);
      await pause(pauseMs);
    }
  }
}

/** One request. Throws where the connection, or the disk, fails. */
async function fetchRest({ url, part, onBytes, signal }: Transfer, haveBytes: number): Promise<Result<void>> {
  const tagFile = `${part}.tag`;
  const tag = haveBytes === 0 ? undefined : await readFile(tagFile, 'utf8').catch(() => undefined);
  const headers = tag === undefined ? {} : { range: `bytes=${String(haveBytes)}-`, 'if-range': tag };
  const response = await fetch(url, { headers, signal });
  // What has arrived is all there is, or none of it: the check of the whole will tell.
  if (response.status === 416) {
    await rm(tagFile, { force: true });
    return ok(undefined);
  }
  if (!response.ok || response.body === null) {
    return fail('models.download-failed', `${url}: ${String(response.status)} ${response.statusText}`);
  }

  const isRest = response.status === 206;
  const newTag = tagOf(response.headers);
  if (newTag === undefined) await rm(tagFile, { force: true });
  else await writeFile(tagFile, newTag);
  let doneBytes = isRest ? haveBytes : 0;
  const lengthBytes = response.headers.get('content-length');
  const totalBytes = lengthBytes === null ? undefined : doneBytes + Number(lengthBytes);
  const counted = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      doneBytes += chunk.length;
      onBytes(doneBytes, totalBytes);
      done(null, chunk);
    },
  });
  const body = Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
  await pipeline(body, counted, createWriteStream(part, { flags: isRest ? 'a' : 'w' }), { signal });
  await rm(tagFile, { force: true });
  return ok(undefined);
}

/** Which version of the file it is; a weak tag does not promise the same bytes. */
function tagOf(headers: Headers): string | undefined {
  const etag = headers.get('etag');
  return etag?.startsWith('"') === true ? etag : (headers.get('last-modified') ?? undefined);
}

/** fetch says only that it failed; why is in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );
