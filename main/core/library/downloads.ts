import { randomUUID } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../../preload/index.ts';
import { libraryFaultOf, type Store } from '../store/index.ts';
import { bareJpeg } from './bareJpeg.ts';
import { derivativesDirOf, type Derivatives } from './derivatives.ts';
import type { Originals } from './originals.ts';

/** The photos as guests are given them: nothing in them says where they were taken, or with which camera. */
export interface Downloads {
  /**
   * The file of one size; made if it is not there.
   *
   * @param size `download`: the original's pixels, where it is a JPEG; of any other kind of file the picture for a screen
   * @returns its path; photo.missing-original for a photo that there is not, or that cannot be read
   */
  fileOf(sha256: string, size: 'thumbnail' | 'screen' | 'download'): Promise<Result<string>>;
}

export function createDownloads(deps: {
  libraryDir: string;
  store: Store;
  originals: Originals;
  derivatives: Derivatives;
}): Downloads {
  const { store, originals, derivatives } = deps;
  const dir = path.join(derivativesDirOf(deps.libraryDir), 'download');
  const underWay = new Map<string, Promise<Result<string>>>();

  async function derivative(sha256: string, size: 'thumbnail' | 'screen'): Promise<Result<string>> {
    const file = derivatives.filesOf(sha256)[size];
    return (await isThere(file)) || (await derivatives.make(sha256)) ? ok(file) : fail('photo.missing-original');
  }

  async function download(sha256: string): Promise<Result<string>> {
    const file = path.join(dir, sha256.slice(0, 2), `${sha256}.jpg`);
    if (await isThere(file)) return ok(file);
    const photo = store.photos.findByHash(sha256);
    if (photo === undefined) return fail('photo.missing-original');
    const original = await readFile(originals.pathOf(photo)).catch(() => undefined);
    if (original === undefined) return fail('photo.missing-original');
    const bare = await bareJpeg(original);
    if (bare === undefined) return derivative(sha256, 'screen');
    const written = await writeWhole(file, bare);
    return written.ok ? ok(file) : written;
  }

  return {
    fileOf: (sha256, size) => {
      if (size !== 'download') return derivative(sha256, size);
      const making = underWay.get(sha256) ?? download(sha256).finally(() => underWay.delete(sha256));
      underWay.set(sha256, making);
      return making;
    },
  };
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

async function writeWhole(file: string, bytes: Buffer): Promise<Result<void>> {
  const folder = path.dirname(file);
  const unfinished = path.join(folder, `.${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(unfinished, bytes);
    await rename(unfinished, file);
    return ok(undefined);
  } catch (error) {
    const fault = libraryFaultOf(error);
    if (fault === undefined) throw error;
    return fail(fault.code, fault.detail);
  } finally {
    await rm(unfinished, { force: true }).catch(() => undefined);
  }
}
