import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../../preload/index.ts';
import { libraryFaultOf, type Store } from '../store/index.ts';
import { brandingDirOf } from './branding.ts';
import { folderVersion, names, type exportedEventSchema } from './eventFolder.ts';
import type { BoothEvent } from './events.ts';
import type { z } from 'zod';

/** A name that every file system takes. */
export const folderNameOf = ({ code }: Pick<BoothEvent, 'code'>, day: string): string =>
  `${
    code
      .normalize('NFKD')
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 60) || 'event'
  }-${day}`;

/**
 * Writes an event into a new folder. Cut off or out of room, it leaves a folder without checksums, which is no exported event.
 *
 * @param deps.key wrapped by the passphrase of the export
 * @returns the number of files, or why it could not be written
 */
export async function exportEvent(deps: {
  event: BoothEvent;
  folder: string;
  key: unknown;
  program: string;
  store: Store;
  libraryDir: string;
  originalPathOf: (sha256: string) => string;
  signal: AbortSignal;
  onFiles: (done: number, total: number) => void;
}): Promise<Result<number>> {
  const { event, folder, store, signal, onFiles } = deps;
  const photos = store.photos.listExported(event.id);
  const { logo, attractPictures } = event.settings;
  const pictures = [...new Set([...(logo === undefined ? [] : [logo]), ...attractPictures])];
  const total = photos.length + pictures.length + 2;
  const checksums: string[] = [];
  const written = (file: string, sha256: string) => {
    checksums.push(`${sha256}  ${file}\n`);
    onFiles(checksums.length, total);
  };

  try {
    await mkdir(folder);
    written(names.event, await write(path.join(folder, names.event), [`${JSON.stringify(aboutEvent(), null, 2)}\n`]));
    written(names.records, await write(path.join(folder, names.records), recordLines()));
    for (const picture of pictures) {
      const from = path.join(brandingDirOf(deps.libraryDir), picture);
      written(`${names.branding}/${picture}`, await copy(from, path.join(folder, names.branding, picture)));
    }
    for (const { sha256, extension } of photos) {
      if (signal.aborted) return fail('engine.stopping');
      const file = `${names.photos}/${sha256.slice(0, 2)}/${sha256}${safeEnding(extension)}`;
      written(file, await copy(deps.originalPathOf(sha256), path.join(folder, ...file.split('/'))));
    }
    await write(path.join(folder, names.checksums), checksums);
    return ok(total);
  } catch (error) {
    const fault = libraryFaultOf(error);
    if (fault === undefined) throw error;
    return fail(fault.code === 'library.not-writable' ? 'transfer.failed' : fault.code, fault.detail);
  }

  function aboutEvent(): z.input<typeof exportedEventSchema> {
    const { uid, code, state, settings, createdAt } = event;
    const codeSalt = store.events.codeSaltOf(event.id)?.toString('base64') ?? '';
    return {
      version: folderVersion,
      program: deps.program,
      uid,
      code,
      state,
      settings,
      createdAt,
      codeSalt,
      key: deps.key,
    };
  }

  function* recordLines(): Generator<string> {
    for (const record of store.records.of(event.id)) yield `${JSON.stringify(record)}\n`;
  }
}

const safeEnding = (extension: string): string => (/^\.[a-z0-9]{1,5}$/.test(extension) ? extension : '');

/** @returns the SHA-256 of what was written, once it is on disk */
async function write(file: string, chunks: AsyncIterable<Buffer> | Iterable<string>): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  const hash = createHash('sha256');
  const handle = await open(file, 'wx');
  try {
    for await (const chunk of chunks) {
      hash.update(chunk);
      await handle.writeFile(chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}

const copy = (from: string, to: string): Promise<string> =>
  write(to, createReadStream(from, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>);
