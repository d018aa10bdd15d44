import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../../preload/index.ts';
import { libraryFaultOf } from '../store/index.ts';

/** The pictures of the events' own, each named by the SHA-256 of its bytes. */
export interface Branding {
  /** Takes a picture file in, as the windows show it. @returns its name there, or photo.* / library.* */
  add(file: string): Promise<Result<string>>;
}

/** Where they lie; shell reads them there itself. */
export const brandingDirOf = (libraryDir: string): string => path.join(libraryDir, 'branding');

// Of these some parts may be transparent, as of a logo.
const transparentEndings = new Set(['.png', '.webp', '.gif', '.avif']);

/** @param deps.toPicture writes a picture upright and in sRGB, as PNG or JPEG by the target's ending; it looks at hostile files elsewhere */
export function createBranding(deps: {
  libraryDir: string;
  toPicture: (file: string, target: string) => Promise<Result<unknown>>;
}): Branding {
  const dir = brandingDirOf(deps.libraryDir);

  return {
    add: async (file) => {
      const ending = transparentEndings.has(path.extname(file).toLowerCase()) ? '.png' : '.jpg';
      const unfinished = path.join(dir, `.${randomUUID()}${ending}`);
      try {
        await mkdir(dir, { recursive: true });
        const made = await deps.toPicture(file, unfinished);
        if (!made.ok) return made;
        const name = `${createHash('sha256')
          .update(await readFile(unfinished))
          .digest('hex')}${ending}`;
        await sync(unfinished);
        await rename(unfinished, path.join(dir, name));
        return ok(name);
      } catch (error) {
        const fault = libraryFaultOf(error);
        if (fault === undefined) throw error;
        return fail(fault.code, fault.detail);
      } finally {
        await rm(unfinished, { force: true });
      }
    },
  };
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
