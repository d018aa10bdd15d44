// How fast photos are taken in: from the file to faces that can be found.
import { stat } from 'node:fs/promises';
import type { LibraryEvents } from '../../main/core/index.ts';
import type { Rectangle } from '../fixtures/compose.ts';
import { cameraMegapixels, cameraPhotos } from './cameraPhotos.ts';
import { mean } from './report.ts';
import { valueOf, within, type Bench } from './workbench.ts';

const defaultPhotos = 24;
const limitPerPhotoMs = 30_000;

export const ingest: Bench = {
  name: 'ingest',
  about: 'photos of 24 megapixels with five faces each: how many a second, and where the time goes (--photos, 24)',
  limits: {},
  run: async (workbench, { photos: count = defaultPhotos }) => {
    const { vision } = await workbench.config();
    const warmUp = Math.max(2, vision.poolSize);
    const photos = await cameraPhotos(warmUp + count, workbench);
    // Copied and flushed, as at an event.
    const core = await workbench.startCore(await workbench.temporaryDir(), 'copy');
    const eventId = core.events.open('bench').id;

    const reads: number[] = [];
    const indexed: LibraryEvents['photo:indexed'][0][] = [];
    const quarantined: LibraryEvents['photo:quarantined'][0][] = [];
    core.library.events.on('photo:stored', ({ readMs }) => reads.push(readMs));
    core.library.events.on('photo:indexed', (photo) => indexed.push(photo));
    core.library.events.on('photo:quarantined', (photo) => quarantined.push(photo));
    const photoIds = new Map<number, readonly Rectangle[]>();
    const take = async (from: number, to: number) => {
      for (const { file, faces } of photos.slice(from, to)) {
        photoIds.set(valueOf(await core.library.take(eventId, file)).photoId, faces);
      }
      await core.library.settled();
    };

    await within(warmUp * limitPerPhotoMs, 'warming up', take(0, warmUp));
    reads.length = 0;
    indexed.length = 0;
    photoIds.clear();

    workbench.say(`taking ${String(count)} photos in`);
    const startMs = performance.now();
    await within(count * limitPerPhotoMs, 'taking the photos in', take(warmUp, warmUp + count));
    const seconds = (performance.now() - startMs) / 1000;
    if (indexed.length !== count || quarantined.length > 0) {
      throw new Error(
        `${String(indexed.length)} of ${String(count)} photos were indexed: ${JSON.stringify(quarantined)}`,
      );
    }

    const facesIndexed = indexed.reduce((sum, { faces }) => sum + faces, 0);
    const placed = [...photoIds].flatMap(([photoId, faces]) => {
      const found = core.store.faces.boxesOf(photoId);
      return faces.map((face) => found.some((box) => isSameFace(face, box)));
    });
    const sizes = await Promise.all(photos.slice(warmUp).map(async ({ file }) => (await stat(file)).size));
    const stage = (name: keyof LibraryEvents['photo:indexed'][0]['timings']) =>
      mean(indexed.map(({ timings }) => timings[name] ?? 0));

    return {
      photos: count,
      megapixels: cameraMegapixels,
      megabytesPerPhoto: mean(sizes) / 1e6,
      workers: vision.poolSize,
      photosPerS: count / seconds,
      facesPerS: facesIndexed / seconds,
      readMs: mean(reads),
      decodeMs: stage('decode'),
      deriveMs: stage('derive'),
      detectMs: stage('detect'),
      alignMs: stage('align'),
      embedMs: stage('embed'),
      writeMs: stage('write'),
      facesPlaced: placed.length,
      facesPlacedFound: placed.filter(Boolean).length,
      facesIndexed,
      largestWorkerMB: Math.max(...core.vision.health().rssBytes) / 1e6,
    };
  },
};

/** The centre of the one lies in the other. */
const isSameFace = (placed: Rectangle, found: Rectangle): boolean => {
  const x = found.x + found.width / 2 - placed.x;
  const y = found.y + found.height / 2 - placed.y;
  return x >= 0 && x <= placed.width && y >= 0 && y <= placed.height;
};
