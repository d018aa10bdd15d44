// How fast photos are taken in: from the file to faces that can be found.
import { stat } from 'node:fs/promises';
import type { LibraryEvents } from '../../main/core/index.ts';
import { measureBareLoop } from './bareLoop/measure.ts';
import { cameraMegapixels, cameraPhotos, type CameraPhoto } from './cameraPhotos.ts';
import { countFaces } from './faceCount.ts';
import { judgePeers } from './peers/judge.ts';
import { measurePeers } from './peers/measure.ts';
import { mean } from './report.ts';
import { valueOf, within, type Bench } from './workbench.ts';

const defaultPhotos = 24;
const limitPerPhotoMs = 30_000;

export const ingest: Bench = {
  name: 'ingest',
  about:
    'photos of 24 megapixels with five faces each: how many a second, where the time goes, what decoding and networks alone take (--photos, 24), and how other libraries do on the same photos (--no-peers: without)',
  limits: { shareOfBareLoop: { atLeast: 0.7 } },
  peerLimits: { timesClosestPeer: { atLeast: 3 }, recallAbovePeers: { atLeast: 0.001 } },
  run: async (workbench, { photos: count = defaultPhotos, peers: isWithPeers }) => {
    const { vision } = await workbench.config();
    const warmUp = Math.max(2, vision.poolSize);
    const all = await cameraPhotos(warmUp + count, workbench);
    const [first, photos] = [all.slice(0, warmUp), all.slice(warmUp)];
    // Copied and flushed, as at an event.
    const core = await workbench.startCore(await workbench.temporaryDir(), 'copy');
    const eventId = core.events.open('bench').id;

    const reads: number[] = [];
    const indexed: LibraryEvents['photo:indexed'][0][] = [];
    const quarantined: LibraryEvents['photo:quarantined'][0][] = [];
    core.library.events.on('photo:stored', ({ readMs }) => reads.push(readMs));
    core.library.events.on('photo:indexed', (photo) => indexed.push(photo));
    core.library.events.on('photo:quarantined', (photo) => quarantined.push(photo));
    const take = async (some: readonly CameraPhoto[]) => {
      const photoIds: number[] = [];
      for (const { file } of some) photoIds.push(valueOf(await core.library.take(eventId, file)).photoId);
      await core.library.settled();
      return photoIds;
    };

    await within(warmUp * limitPerPhotoMs, 'warming up', take(first));
    reads.length = 0;
    indexed.length = 0;

    workbench.say(`taking ${String(count)} photos in`);
    const startMs = performance.now();
    const photoIds = await within(count * limitPerPhotoMs, 'taking the photos in', take(photos));
    const seconds = (performance.now() - startMs) / 1000;
    if (indexed.length !== count || quarantined.length > 0) {
      throw new Error(
        `${String(indexed.length)} of ${String(count)} photos were indexed: ${JSON.stringify(quarantined)}`,
      );
    }

    const facesIndexed = indexed.reduce((sum, { faces }) => sum + faces, 0);
    const { recall, falseFaces } = countFaces(
      photos,
      photoIds.map((photoId) => core.store.faces.boxesOf(photoId)),
    );
    const largestWorkerMB = Math.max(...core.vision.health().rssBytes) / 1e6;
    // The others have the machine to themselves.
    await core.stop();
    const own = { photosPerS: count / seconds, recall };
    const bareLoop = await measureBareLoop(first, photos, workbench);
    const peers = isWithPeers ? await measurePeers(first, photos, vision.poolSize, workbench) : [];
    workbench.lay(
      'peers',
      peers.map((peer) => ({ ...peer })),
    );

    const sizes = await Promise.all(photos.map(async ({ file }) => (await stat(file)).size));
    const stage = (name: keyof LibraryEvents['photo:indexed'][0]['timings']) =>
      mean(indexed.map(({ timings }) => timings[name] ?? 0));

    return {
      photos: count,
      megapixels: cameraMegapixels,
      megabytesPerPhoto: mean(sizes) / 1e6,
      workers: vision.poolSize,
      photosPerS: own.photosPerS,
      recall,
      falseFacesPerPhoto: falseFaces / count,
      facesPerS: facesIndexed / seconds,
      readMs: mean(reads),
      decodeMs: stage('decode'),
      deriveMs: stage('derive'),
      detectMs: stage('detect'),
      alignMs: stage('align'),
      embedMs: stage('embed'),
      writeMs: stage('write'),
      facesIndexed,
      largestWorkerMB,
      bareLoopPhotosPerS: bareLoop.photosPerS,
      bareLoopRunsPerPhoto: bareLoop.runsPerPhoto,
      shareOfBareLoop: own.photosPerS / bareLoop.photosPerS,
      ...(isWithPeers ? judgePeers(own, peers) : {}),
    };
  },
};
