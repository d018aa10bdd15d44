import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { loadPack, packKey } from '../../main/packs/index.ts';
import { cacheDirOf, generatorVersion } from '../fixtures/compose.ts';
import { entriesDir, modelsDir } from '../fixtures/pack.ts';
import { valueOf, within, type Workbench } from './workbench.ts';

/** The event in it. */
export const eventCode = 'bench';

const limitPerPhotoMs = 5_000;
/** What of a library is kept: all but the originals. */
const parts = ['library.db', 'keys.json', 'derivatives'] as const;

/**
 * Makes a library of small photos with one to three faces each: composed, taken in and indexed by the product. That is done once
 * and kept for as long as the models, the built vision worker and the photos are the same; the copy is the caller's.
 *
 * @returns the folder of a library without originals, in which everything can be found and shown
 */
export async function eventLibrary(photos: number, workbench: Workbench): Promise<string> {
  const libraryDir = await workbench.temporaryDir();
  const kept = path.join(cacheDirOf(process.env), 'bench-events', await keyOf(photos, workbench));
  if (!(await isThere(kept))) await make(photos, kept, workbench);
  await copyParts(kept, libraryDir);
  return libraryDir;
}

async function keyOf(photos: number, workbench: Workbench): Promise<string> {
  const { manifest } = valueOf(await loadPack(modelsDir, (await workbench.config()).models.pack));
  const worker = createHash('sha256').update(await readFile(path.join(entriesDir, 'vision.js')));
  return `${packKey(manifest)}-${worker.digest('hex').slice(0, 12)}-${String(generatorVersion)}-${String(photos)}`;
}

async function make(photos: number, kept: string, workbench: Workbench): Promise<void> {
  const { composer, say } = workbench;
  const libraryDir = await workbench.temporaryDir();
  const core = await workbench.startCore(libraryDir, 'copy');
  const eventId = core.events.open(eventCode).id;
  for (let i = 0; i < photos; i++) {
    if (i % 100 === 0) say(`small photos: ${String(i)} of ${String(photos)} are taken`);
    const options = { seed: i, width: 640, height: 480, quality: 88, faceHeightPx: { min: 60, max: 150 } };
    const { file } = await composer.composeFile({ ...options, faces: 1 + (i % 3) });
    valueOf(await core.library.take(eventId, file));
  }
  await within(photos * limitPerPhotoMs, 'indexing the small photos', core.library.settled());
  const { indexed } = core.store.photos.count(eventId);
  if (indexed !== photos) throw new Error(`${String(indexed)} of ${String(photos)} small photos were indexed`);
  await core.stop();
  const unfinished = `${kept}.${String(process.pid)}`;
  await mkdir(unfinished, { recursive: true });
  workbench.defer(() => rm(unfinished, { recursive: true, force: true }));
  await copyParts(libraryDir, unfinished);
  await rename(unfinished, kept);
}

async function copyParts(from: string, to: string): Promise<void> {
  for (const part of parts) await cp(path.join(from, part), path.join(to, part), { recursive: true });
}

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );
