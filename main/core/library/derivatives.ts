import path from 'node:path';
import type { DerivativeFiles } from '../../workers/index.ts';
import type { Lane, Vision } from '../matching/index.ts';
import type { Store } from '../store/index.ts';
import type { Originals } from './originals.ts';

/**
 * The photos as they are shown: upright JPEGs in sRGB, small and large, without the original's metadata. Made when a photo is searched; a cache
 * that may be deleted at any time and comes back when it is asked for.
 */
export interface Derivatives {
  filesOf(sha256: string): DerivativeFiles;
  /**
   * @param lane `ingest`: nobody waits for them
   * @returns whether they are there now; not for a photo that there is not, or whose original cannot be read
   */
  make(sha256: string, lane?: Lane): Promise<boolean>;
}

/** Where they lie; shell reads them there itself, so that they need not pass through core. */
export const derivativesDirOf = (libraryDir: string): string => path.join(libraryDir, 'derivatives');

export function createDerivatives(deps: {
  libraryDir: string;
  store: Store;
  originals: Originals;
  vision: Vision;
}): Derivatives {
  const { store, originals, vision } = deps;
  const dir = derivativesDirOf(deps.libraryDir);
  // A mosaic asks for many at once, and for each photo in both sizes.
  const underWay = new Map<string, Promise<boolean>>();

  const filesOf = (sha256: string): DerivativeFiles => {
    const file = (size: keyof DerivativeFiles) => path.join(dir, size, sha256.slice(0, 2), `${sha256}.jpg`);
    return { thumbnail: file('thumbnail'), screen: file('screen') };
  };

  async function derive(sha256: string, lane: Lane): Promise<boolean> {
    const photo = store.photos.findByHash(sha256);
    return photo !== undefined && (await vision.derive(originals.pathOf(photo), filesOf(sha256), lane)).ok;
  }

  return {
    filesOf,
    make: (sha256, lane = 'guest') => {
      const making = underWay.get(sha256) ?? derive(sha256, lane).finally(() => underWay.delete(sha256));
      underWay.set(sha256, making);
      return making;
    },
  };
}
