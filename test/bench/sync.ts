// What it costs the booth to bring an event to the cloud, besides the line: the product's own outbox and S3, into a server that has a process to itself.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openGround, noVault, type Ground } from '../../main/core/index.ts';
import { originalPathOf } from '../../main/core/library/index.ts';
import { cloudHouseOf, createSync, type Sync } from '../../main/core/sync/index.ts';
import { configSchema } from '../../main/core/index.ts';
import { commitFaces } from '../fixtures/core.ts';
import { startS3Process, type S3Process } from '../fixtures/s3/ownProcess.ts';
import { valueOf, within, type Bench, type Workbench } from './workbench.ts';

const defaultPhotos = 200;
/** About what a camera of 24 megapixels gives, and what is made of it. */
const bytesOf = { original: 8_000_000, screen: 500_000, thumbnail: 70_000 } as const;
const photosPerHour = 1_000;
const restMs = 30_000;
const limitMs = 600_000;

export const sync: Bench = {
  name: 'sync',
  about: `photos of 8 MB (--photos, ${String(defaultPhotos)}) and their two sizes into a real S3 server: the core's time at ${String(photosPerHour)} photos an hour, and while there is nothing to do or no network`,
  limits: { corePercentAt1000PerHour: 10, idleCorePercent: 1, unreachableCorePercent: 2 },
  run: async (workbench, { photos = defaultPhotos }) => {
    const s3 = await startS3Process(await workbench.temporaryDir());
    workbench.defer(() => s3.close());
    const { ground, libraryDir } = await openLibrary(workbench);
    const begin = (to: S3Process['settings']) => beginSync(workbench, { ground, libraryDir, s3, to });

    workbench.say('an empty outbox');
    const idle = await begin(s3.settings);
    const idleCorePercent = await restPercent();
    await idle.stop();

    workbench.say(`${String(photos)} photos`);
    await showPhotos(ground, libraryDir, photos);
    const before = process.cpuUsage();
    const startMs = performance.now();
    const running = await begin(s3.settings);
    await within(limitMs, 'bringing them there', untilDone(running));
    const seconds = (performance.now() - startMs) / 1000;
    const cpuMs = msOf(process.cpuUsage(before));
    await running.stop();

    workbench.say('no network');
    await showPhotos(ground, libraryDir, 10);
    const lost = await begin({ ...s3.settings, endpoint: 'http://127.0.0.1:9' });
    const unreachableCorePercent = await restPercent();
    await lost.stop();

    return {
      photos,
      megabytes: (photos * (bytesOf.original + bytesOf.screen + bytesOf.thumbnail)) / 1e6,
      cpuMsPerPhoto: cpuMs / photos,
      corePercentAt1000PerHour: ((cpuMs / photos) * photosPerHour) / 36_000,
      idleCorePercent,
      unreachableCorePercent,
      photosPerS: photos / seconds,
    };
  },
};

async function openLibrary(workbench: Workbench): Promise<{ ground: Ground; libraryDir: string }> {
  const libraryDir = await workbench.temporaryDir();
  const ground = valueOf(await openGround({ libraryDir, vault: noVault, version: 'bench', log: workbench.log }));
  workbench.defer(() => ground.close());
  return { ground, libraryDir };
}

/** As if they had been taken in and searched; nobody looks at them. */
async function showPhotos({ store, events }: Ground, libraryDir: string, count: number): Promise<void> {
  const event = events.open('bench');
  for (let i = 0; i < count; i++) {
    const bytes = randomBytes(bytesOf.original);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await write(originalPathOf(libraryDir, { eventUid: event.uid, sha256 }), bytes);
    for (const size of ['screen', 'thumbnail'] as const) {
      await write(derivativeOf(libraryDir, sha256, size), bytes.subarray(0, bytesOf[size]));
    }
    const photo = { sha256, extension: '.jpg', sizeBytes: bytes.length };
    const origin = { path: `/photos/${sha256}.jpg`, sizeBytes: bytes.length, modifiedMs: i };
    const { photoId } = valueOf(store.photos.addStored(event.id, photo, origin));
    commitFaces(store, photoId, { width: 6000, height: 4000, notes: [], faces: [], hash: '0123456789abcdef' }, 'pack');
  }
}

async function beginSync(
  { log }: Workbench,
  at: { ground: Ground; libraryDir: string; s3: S3Process; to: S3Process['settings'] },
): Promise<Sync> {
  const { store, keys } = at.ground;
  const { cloud } = configSchema.parse({ libraryDir: at.libraryDir, language: 'en', cloud: at.to });
  const house = cloudHouseOf({ cloud }, { env: at.s3.environment, pagesDir: '', log });
  if (house === undefined) throw new Error('the settings name a cloud');
  // One place, wherever it is: what lies there stays known.
  valueOf(store.syncTo({ bucket: 'bench' }));
  const derivatives = {
    filesOf: (sha256: string) => ({
      thumbnail: derivativeOf(at.libraryDir, sha256, 'thumbnail'),
      screen: derivativeOf(at.libraryDir, sha256, 'screen'),
    }),
    make: () => Promise.resolve(false),
  };
  const nobody = () => undefined;
  const guests = { factsOf: nobody, resultOf: nobody, contentsOf: nobody };
  const lanes = await house.open({ libraryDir: at.libraryDir, store, keys, derivatives, guests });
  const begun = createSync({ ...house, store, lanes, log });
  begun.start();
  return begun;
}

const derivativeOf = (libraryDir: string, sha256: string, size: string): string =>
  path.join(libraryDir, 'derivatives', size, sha256);

async function write(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, bytes);
}

async function untilDone(running: Sync): Promise<void> {
  while (running.progress().lanes.some(({ state }) => state !== 'done')) await sleep(200);
}

/** Of one core, while nothing happens. */
async function restPercent(): Promise<number> {
  const before = process.cpuUsage();
  await sleep(restMs);
  return (100 * msOf(process.cpuUsage(before))) / restMs;
}

const msOf = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000;
