import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { loadPack, readManifest, type Pack } from './loadPack.ts';
import { packKey } from './manifest.ts';

/**
 * The pack of this key, in whichever folder it lies.
 *
 * @param modelsDir the folder of packs
 * @returns undefined where there is none, or none whose files are the ones that it names
 */
export async function findPack(modelsDir: string, key: string): Promise<Pack | undefined> {
  const folders = await readdir(modelsDir).catch(() => []);
  for (const id of folders) {
    // Hashing the weights of every pack that lies there would take seconds.
    const manifest = await readManifest(path.join(modelsDir, id));
    if (!manifest.ok || packKey(manifest.value) !== key) continue;
    const loaded = await loadPack(modelsDir, id);
    if (loaded.ok) return loaded.value;
  }
  return undefined;
}
