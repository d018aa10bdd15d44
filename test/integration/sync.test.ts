// From the library into the cloud: a real database and real files; the cloud is a folder with its moods.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { LaneProgress, SyncProgress } from '../../preload/index.ts';
import { openStore, type Store } from '../../main/core/store/index.ts';
import { createSync, type Sync } from '../../main/core/sync/index.ts';
import { originalPathOf } from '../../main/core/library/index.ts';
import { addEvent, codeOf, commitFaces, valueOf } from '../fixtures/core.ts';
import { searchedBooth, signIn, startDesk, untilIndexed, type StaffWindow } from '../fixtures/desk.ts';
import { createFolderCloud, houseOf, laneTo, type FolderCloud } from '../fixtures/folderCloud.ts';
import { filesIn, temporaryFolder } from '../fixtures/folders.ts';
import { beginVisit, share } from '../fixtures/sharedGallery.ts';
import { copySamples, sampleFile, writeVariant } from '../fixtures/photos.ts';
import { guestsPhoto } from '../fixtures/cameraFile.ts';

const until = <T>(work: () => Promise<T> | T, timeout = 20_000): Promise<T> =>
  vi.waitFor(work, { timeout, interval: 20 });

interface Booth {
  libraryDir: string;
  cloudDir: string;
  cloud: FolderCloud;
  store: Store;
  eventId: number;
  /** Another file that is shown from now on. @returns its SHA-256 */
  show: (text: string, file?: string) => Promise<string>;
  sync: (options?: { atOnce?: number; mostBytesPerSecond?: number }) => Sync;
}

/** A library without anybody who looks at photos: they are as if they had been searched. */
async function openBooth(): Promise<Booth> {
  const [libraryDir, cloudDir] = [await temporaryFolder(), await temporaryFolder()];
  const cloud = createFolderCloud(cloudDir);
  const store = valueOf(openStore(libraryDir));
  onTestFinished(() => store.close());
  valueOf(store.syncTo({ bucket: 'folder' }));
  const eventId = addEvent(store, 'wedding');
  const uid = store.events.get(eventId)?.uid ?? '';
  const derivative = (sha256: string, size: string) => path.join(libraryDir, 'derivatives', size, sha256);
  const filesOf = (sha256: string) => ({
    thumbnail: derivative(sha256, 'thumbnail'),
    screen: derivative(sha256, 'screen'),
  });

  return {
    ...{ libraryDir, cloudDir, cloud, store, eventId },
    show: async (text, file = text.slice(0, 20)) => {
      const sha256 = createHash('sha256').update(text).digest('hex');
      const original = originalPathOf(libraryDir, { eventUid: uid, sha256 });
      for (const [to, bytes] of [
        [original, text],
        [filesOf(sha256).thumbnail, `thumbnail of ${text.slice(0, 20)}`],
        [filesOf(sha256).screen, `screen of ${text.slice(0, 20)}`],
      ] as const) {
        await mkdir(path.dirname(to), { recursive: true });
        await writeFile(to, bytes);
      }
      const photo = { sha256, extension: '.jpg', sizeBytes: text.length };
      const origin = { path: `/photos/${file}.jpg`, sizeBytes: text.length, modifiedMs: Math.random() };
      const { photoId } = valueOf(store.photos.addStored(eventId, photo, origin));
      const searched = { width: 30, height: 20, notes: [], faces: [], hash: '0123456789abcdef' };
      commitFaces(store, photoId, searched, 'pack');
      return sha256;
    },
    sync: ({ atOnce = 2, mostBytesPerSecond } = {}) => {
      const derivatives = { filesOf, make: () => Promise.resolve(false) };
      const guests = { factsOf: () => undefined, resultOf: () => ({}), contentsOf: () => ({}) };
      const lanes = [laneTo(cloud, { libraryDir, store, derivatives, guests })];
      const sync = createSync({ store, lanes, atOnce, mostBytesPerSecond, log: pino({ level: 'silent' }) });
      sync.start();
      onTestFinished(() => sync.stop());
      return sync;
    },
  };
}

/** Of the bucket, which is the only place here. */
const bucketOf = ({ lanes }: SyncProgress): LaneProgress => lanes.at(0) ?? expect.fail('there is no bucket');
const photoKinds = ['thumbnail', 'screen', 'photo'];
const photosIn = (progress: SyncProgress) => bucketOf(progress).kinds.filter(({ kind }) => photoKinds.includes(kind));

const untilState = (sync: Sync, state: string, timeout?: number) =>
  until(() => expect(bucketOf(sync.progress()).state).toBe(state), timeout);

/** What has to lie there of these photos, and nothing else. */
const objectsOf = (uid: string, sha256s: readonly string[]) =>
  ['photos', 'screens', 'thumbnails']
    .flatMap((folder) => sha256s.map((sha256) => path.join('events', uid, folder, `${sha256}.jpg`)))
    .sort();

async function expectThere({ cloudDir, store, eventId }: Booth, sha256s: readonly string[]): Promise<void> {
  const uid = store.events.get(eventId)?.uid ?? '';
  expect(await filesIn(cloudDir)).toEqual(objectsOf(uid, sha256s));
  for (const sha256 of sha256s) {
    const bytes = await readFile(path.join(cloudDir, 'events', uid, 'photos', `${sha256}.jpg`));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  }
}

const putsOf = (cloud: FolderCloud) => cloud.asked.filter((request) => request.startsWith('put'));

describe('the sync', () => {
  it('brings everything there once, so many at once, and the small before the large', async () => {
    const booth = await openBooth();
    const photos = [];
    for (let i = 0; i < 10; i += 1) photos.push(await booth.show(`photo ${String(i)}`));
    booth.cloud.pieceMs = 5;
    const sync = booth.sync();
    await untilState(sync, 'done');
    await expectThere(booth, photos);
    expect(booth.cloud.mostAtOnce()).toBe(2);
    const folders = putsOf(booth.cloud).map((request) => request.split('/')[2]);
    expect(folders).toEqual(['thumbnails', 'screens', 'photos'].flatMap((folder) => Array<string>(10).fill(folder)));
    expect(photosIn(sync.progress())).toEqual(photoKinds.map((kind) => ({ kind, waiting: 0, done: 10 })));
    expect(sync.progress().troubled).toEqual([]);
  });

  it('asks a cloud that cannot be reached now and then, and not for each photo; it goes on when it can', async () => {
    const booth = await openBooth();
    const photos = [];
    for (let i = 0; i < 30; i += 1) photos.push(await booth.show(`photo ${String(i)}`));
    booth.cloud.mood = 'unreachable';
    const sync = booth.sync();
    await untilState(sync, 'unreachable');
    expect(bucketOf(sync.progress()).fault).toEqual({ code: 'cloud.unreachable', detail: 'ECONNRESET' });
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    // Two were under way when it was found out.
    expect(putsOf(booth.cloud)).toHaveLength(2);
    expect(booth.cloud.asked.length).toBeLessThanOrEqual(5);
    booth.cloud.mood = 'well';
    await untilState(sync, 'done', 40_000);
    await expectThere(booth, photos);
  }, 60_000);

  it('does nothing twice to harm where the answer is lost', async () => {
    const booth = await openBooth();
    const photo = await booth.show('photo');
    booth.cloud.mood = 'deaf';
    const sync = booth.sync();
    await untilState(sync, 'unreachable');
    booth.cloud.mood = 'well';
    await untilState(sync, 'done', 40_000);
    await expectThere(booth, [photo]);
  }, 60_000);

  it('says why the cloud refuses it, to the crew as well, and goes on once somebody has seen to it', async () => {
    const booth = await openBooth();
    const photo = await booth.show('photo');
    booth.cloud.mood = 'refusing';
    const sync = booth.sync();
    await untilState(sync, 'refused');
    const { fault, secondsToTry } = bucketOf(sync.progress());
    expect(fault).toEqual({ code: 'cloud.not-allowed', detail: 'InvalidAccessKeyId' });
    expect(secondsToTry).toBeGreaterThan(280);
    expect(booth.store.notices.list()).toMatchObject([
      { code: 'notice.cloud-refused', values: { code: 'cloud.not-allowed' } },
    ]);
    booth.cloud.mood = 'well';
    valueOf(sync.retry());
    await untilState(sync, 'done');
    await expectThere(booth, [photo]);
    expect(booth.store.notices.list()).toEqual([]);
  });

  it('goes on with the others where one is refused, or is gone, and says which', async () => {
    const booth = await openBooth();
    // First of all, so that it would hold up the others.
    const [refused, fine, gone] = [await booth.show('refused'), await booth.show('fine'), await booth.show('gone')];
    const uid = booth.store.events.get(booth.eventId)?.uid ?? '';
    await rm(originalPathOf(booth.libraryDir, { eventUid: uid, sha256: gone }));
    booth.cloud.refuses = (key) => key.includes(`thumbnails/${refused}`);
    const sync = booth.sync({ atOnce: 1 });
    await until(() => expect(photosIn(sync.progress()).map(({ done }) => done)).toEqual([2, 3, 2]));
    await until(() => expect(sync.progress().troubledCount).toBe(2));
    const troubled = sync.progress().troubled.map(({ kind, path: file, fault }) => [kind, file, fault.code]);
    expect(troubled.sort()).toEqual([
      ['photo', '/photos/gone.jpg', 'cloud.content-missing'],
      ['thumbnail', '/photos/refused.jpg', 'cloud.not-allowed'],
    ]);
    expect(await filesIn(path.join(booth.cloudDir, 'events', uid, 'photos'))).toEqual(
      [fine, refused].map((sha256) => `${sha256}.jpg`).sort(),
    );
    const asked = putsOf(booth.cloud).length;
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(putsOf(booth.cloud)).toHaveLength(asked);
  }, 30_000);

  it('is at a thing once, however often the crew has it tried anew', async () => {
    const booth = await openBooth();
    const photo = await booth.show('photo');
    booth.cloud.refuses = (key) => key.includes(`thumbnails/${photo}`);
    let answer: (() => void) | undefined;
    const check = booth.cloud.check.bind(booth.cloud);
    // What a refusal means is found out by asking something else, and that takes its time.
    booth.cloud.check = () => new Promise((resolve) => (answer = () => resolve(check())));
    const sync = booth.sync();
    const thumbnails = () => putsOf(booth.cloud).filter((put) => put.includes('thumbnails')).length;
    await until(() => expect(thumbnails()).toBe(1));
    for (let i = 0; i < 3; i += 1) {
      valueOf(sync.retry());
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(thumbnails()).toBe(1);
    booth.cloud.check = check;
    booth.cloud.refuses = () => false;
    answer?.();
    valueOf(sync.retry());
    await untilState(sync, 'done');
    await expectThere(booth, [photo]);
  });

  it('tells the crew where guests’ galleries would not go by themselves, and brings all but those until they do', async () => {
    const booth = await openBooth();
    const photo = await booth.show('photo');
    share(booth.store, booth.eventId, beginVisit(booth.store, booth.eventId), 'a');
    booth.cloud.hasRules = false;
    const sync = booth.sync();
    await until(() => expect(photosIn(sync.progress()).map(({ done }) => done)).toEqual([1, 1, 1]));
    await until(() => expect(sync.progress().troubledCount).toBe(1));
    expect(booth.store.notices.list()).toMatchObject([
      { code: 'notice.cloud-refused', values: { code: 'cloud.no-expiry' } },
    ]);
    const folders = (await filesIn(booth.cloudDir)).map((file) => file.split(path.sep)[2]);
    expect(new Set(folders)).toEqual(new Set(['photos', 'results', 'screens', 'thumbnails']));
    expect(putsOf(booth.cloud).some((put) => put.includes(photo))).toBe(true);
    booth.cloud.hasRules = true;
    valueOf(sync.retry());
    await untilState(sync, 'done');
    expect(booth.store.notices.list()).toEqual([]);
    expect(putsOf(booth.cloud).filter((put) => put.includes('contents-a') || put.includes('door-a'))).toHaveLength(2);
  });

  it('takes from there what another content has taken the place of', async () => {
    const booth = await openBooth();
    await booth.show('first', 'same');
    const sync = booth.sync();
    await untilState(sync, 'done');
    const second = await booth.show('second', 'same');
    await until(() => expect(sync.progress().removals).toBe(0));
    await untilState(sync, 'done');
    await expectThere(booth, [second]);
  });

  it('stays paused over restarts, lets go of what is under way, and goes on where it was', async () => {
    const booth = await openBooth();
    const photo = await booth.show('p'.repeat(1_000_000));
    booth.cloud.pieceMs = 200;
    const sync = booth.sync();
    await until(() => expect(putsOf(booth.cloud).some((request) => request.includes('/photos/'))).toBe(true));
    valueOf(sync.pause(true));
    await sync.stop();
    booth.cloud.pieceMs = 0;
    const asked = booth.cloud.asked.length;
    const later = booth.sync();
    expect(bucketOf(later.progress()).state).toBe('paused');
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(booth.cloud.asked).toHaveLength(asked);
    valueOf(later.pause(false));
    await untilState(later, 'done');
    await expectThere(booth, [photo]);
    // It was cut off, and had not failed.
    expect(booth.store.outbox.troubledByKind()).toEqual([]);
  }, 30_000);

  it('stops at once, whatever the cloud does, and a restart goes on with it', async () => {
    const booth = await openBooth();
    const photo = await booth.show('photo');
    booth.cloud.mood = 'hanging';
    const sync = booth.sync();
    await until(() => expect(putsOf(booth.cloud)).toHaveLength(2));
    const startMs = performance.now();
    await sync.stop();
    expect(performance.now() - startMs).toBeLessThan(2_000);
    booth.cloud.mood = 'well';
    await untilState(booth.sync(), 'done');
    await expectThere(booth, [photo]);
  });

  it.each([true, false])('takes no more of the line than it may (asked before each piece: %s)', async (isPaced) => {
    const booth = await openBooth();
    const photos = [];
    for (let i = 0; i < 4; i += 1) photos.push(await booth.show(`${String(i)}${'p'.repeat(100_000)}`));
    booth.cloud.isPaced = isPaced;
    const startMs = performance.now();
    await untilState(booth.sync({ mostBytesPerSecond: 150_000 }), 'done');
    const seconds = (performance.now() - startMs) / 1000;
    // What goes at once after a silence, and without being asked the last two, is not waited for.
    expect(seconds).toBeGreaterThan((400_000 - 65_536 - (isPaced ? 0 : 200_000)) / 150_000);
    expect(seconds).toBeLessThan(8);
    await expectThere(booth, photos);
  });
});

describe('a booth that syncs', () => {
  const searched = searchedBooth([guestsPhoto, 6]);

  async function openHall(cloud: FolderCloud) {
    const desk = await startDesk(await searched(), { cloudHouse: houseOf(cloud) });
    const staff = desk.openStaff();
    await signIn(staff);
    return { desk, staff };
  }
  const progress = async (staff: StaffWindow) => {
    const { sync } = valueOf(await staff.ask('sync:open', {}));
    return sync ?? expect.fail('nothing is synced');
  };
  const untilDone = (staff: StaffWindow, photos: number) =>
    until(async () => {
      const now = await progress(staff);
      expect([bucketOf(now).state, photosIn(now).map(({ done }) => done)]).toEqual(['done', [photos, photos, photos]]);
    }, 40_000);

  it('has in the cloud what it shows, from before and from now on, and what is made anew', async () => {
    const cloudDir = await temporaryFolder();
    const cloud = createFolderCloud(cloudDir);
    const folder = await searched();
    await rm(path.join(folder, 'library', 'derivatives'), { recursive: true });
    const desk = await startDesk(folder, { cloudHouse: houseOf(cloud) });
    const staff = desk.openStaff();
    await signIn(staff);
    await untilDone(staff, 2);
    await copySamples([2], desk.photosDir);
    await untilIndexed(staff, 3);
    await untilDone(staff, 3);
    // The same picture, and another file.
    await writeVariant(sampleFile(2), 'edited', path.join(desk.photosDir, 'sample2.jpg'));
    const edited = createHash('sha256')
      .update(await readFile(path.join(desk.photosDir, 'sample2.jpg')))
      .digest('hex');
    await until(async () => {
      expect(bucketOf(await progress(staff)).state).toBe('done');
      const there = await filesIn(cloudDir);
      expect(there).toHaveLength(9);
      expect(there.filter((file) => file.includes(edited))).toHaveLength(3);
    }, 40_000);
    const originals = await filesIn(path.join(desk.libraryDir, 'originals'));
    for (const file of await filesIn(cloudDir)) {
      if (!file.includes('photos')) continue;
      const sha256 = path.parse(file).name;
      const bytes = await readFile(path.join(cloudDir, file));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
      expect(originals.some((original) => original.endsWith(sha256))).toBe(true);
    }
  }, 120_000);

  it('lets the crew pause and go on, and puts it on record', async () => {
    const cloud = createFolderCloud(await temporaryFolder());
    cloud.mood = 'unreachable';
    const { staff } = await openHall(cloud);
    valueOf(await staff.ask('sync:pause', { isPaused: true }));
    expect(bucketOf(await progress(staff)).state).toBe('paused');
    cloud.mood = 'well';
    valueOf(await staff.ask('sync:pause', { isPaused: false }));
    valueOf(await staff.ask('sync:retry', {}));
    await untilDone(staff, 2);
    const actions = valueOf(await staff.ask('audit:page', {})).map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['sync.paused', 'sync.resumed', 'sync.retried']));
  }, 60_000);

  it('asks nobody where no cloud is set up', async () => {
    const desk = await startDesk(await searched());
    const staff = desk.openStaff();
    await signIn(staff);
    expect(valueOf(await staff.ask('sync:open', {}))).toEqual({});
    expect(codeOf(await staff.ask('sync:pause', { isPaused: true }))).toBe('sync.off');
  }, 60_000);
});
