// What goes wrong with the disk that the library lies on. Linux, and the right to mount and to lock files, are needed to make these faults.
import { execFile } from 'node:child_process';
import { mkdir, open, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { photograph, type ShotFile } from '../fixtures/photographer/index.ts';
import { seeded } from '../fixtures/random.ts';
import { audit } from './audit.ts';
import { outcomeOf, placeIn, settle, skipped, smallPictures, type Fault, type Ground } from './ground.ts';

const run = promisify(execFile);
const mebibyte = 1024 ** 2;
const diskBytes = 96 * mebibyte;
const photosARound = 30;

const succeeds = (program: string, args: readonly string[]): Promise<boolean> =>
  run(program, args).then(
    () => true,
    () => false,
  );

interface SmallDisk {
  dir: string;
  /** Fills it up with something else until so many bytes are free. */
  fillUntil(freeBytes: number): Promise<void>;
  makeRoom(): Promise<void>;
}

/** @returns undefined where nothing may be mounted */
async function mountSmallDisk({ dir, defer }: Ground): Promise<SmallDisk | undefined> {
  const mountDir = path.join(dir, 'disk');
  await mkdir(mountDir);
  const options = `size=${String(diskBytes)}`;
  if (!(await succeeds('mount', ['-t', 'tmpfs', '-o', options, 'findme-fault', mountDir]))) return undefined;
  // It may be in use for a moment after the booth has ended.
  defer(() => run('umount', ['--lazy', mountDir]));
  const ballast = path.join(mountDir, 'ballast');
  return {
    dir: mountDir,
    fillUntil: async (freeBytes) => {
      const { bavail, bsize } = await statfs(mountDir);
      const block = Buffer.alloc(64 * 1024, 1);
      const file = await open(ballast, 'w');
      try {
        for (let left = bavail * bsize - freeBytes; left > 0; left -= block.length) await file.write(block);
      } finally {
        await file.close();
      }
    },
    makeRoom: () => rm(ballast),
  };
}

export const fullDisk: Fault = {
  name: 'full',
  about: 'the library’s disk is full in the midst of a copy, of a thumbnail, of what the database writes',
  run: async (ground, scale) => {
    const disk = await mountSmallDisk(ground);
    if (disk === undefined) return skipped('nothing may be mounted here');
    const { folder, libraryDir, booth } = await placeIn(ground, { libraryDir: path.join(disk.dir, 'library') });
    const random = seeded(ground.seed);
    const pictures = await smallPictures();
    const shots: ShotFile[] = [];
    let timesFull = 0;
    booth.start();
    await booth.until('the booth to be ready', ({ state }) => state === 'ready');
    for (let round = 0; round < Math.ceil(8 * scale); round++) {
      await disk.fillUntil(random() * 2 * mebibyte);
      shots.push(...(await photograph(roundOf(folder, pictures, ground.seed + round))));
      await sleep(2_000 + random() * 4_000);
      const { halted, troubled } = await booth.until('a word', ({ state }) => state === 'ready');
      if (halted === 'library.full' || troubled > 0) timesFull += 1;
      await disk.makeRoom();
      await settle(booth, { photos: contentsOf(shots) });
      ground.say(`round ${String(round + 1)}`);
    }
    await booth.stop();
    const outcome = outcomeOf(await audit(folder, libraryDir), { 'times full': timesFull });
    return { ...outcome, ok: outcome.ok && timesFull > 0 };
  },
};

const stopBytes = 32 * mebibyte;

export const nearlyFullDisk: Fault = {
  name: 'room',
  about: 'there is less room on the library’s disk than guests need: nothing is taken in, until there is more',
  run: async (ground) => {
    const disk = await mountSmallDisk(ground);
    if (disk === undefined) return skipped('nothing may be mounted here');
    const { folder, libraryDir, booth } = await placeIn(ground, {
      libraryDir: path.join(disk.dir, 'library'),
      disk: { stopBytes },
    });
    booth.start();
    await booth.until('the booth to be ready', ({ state }) => state === 'ready');
    await disk.fillUntil(stopBytes / 2);
    await booth.until('nothing to be taken in', (standing) => standing.folder === 'paused');
    const shots = await photograph(roundOf(folder, await smallPictures(), ground.seed));
    const { halted, ...before } = await booth.until('photos to wait', ({ waiting }) => waiting === shots.length);
    const takenWhenFull = before.stored + before.indexed;
    await disk.makeRoom();
    await settle(booth, { photos: contentsOf(shots) });
    await booth.stop();
    const outcome = outcomeOf(await audit(folder, libraryDir), { 'taken in without room': takenWhenFull });
    return { ...outcome, ok: outcome.ok && takenWhenFull === 0 && halted === 'library.nearly-full' };
  },
};

export const lockedLibrary: Fault = {
  name: 'readonly',
  about: 'nothing in the library can be written for a while, at the start and in the midst of work',
  run: async (ground, scale) => {
    const { folder, libraryDir, booth } = await placeIn(ground);
    const random = seeded(ground.seed);
    const pictures = await smallPictures();
    const shots: ShotFile[] = [];
    let timesLocked = 0;
    await mkdir(libraryDir);
    const lock = () => succeeds('chattr', ['-R', '+i', libraryDir]);
    const unlock = () => succeeds('chattr', ['-R', '-i', libraryDir]);
    if (!(await lock())) return skipped('no file may be locked here');
    ground.defer(unlock);
    booth.start();
    await booth.until('the booth to say that it cannot start', ({ state }) => state === 'failed');
    await unlock();
    await booth.until('the booth to be ready', ({ state }) => state === 'ready');
    for (let round = 0; round < Math.ceil(6 * scale); round++) {
      const writing = photograph(roundOf(folder, pictures, ground.seed + round));
      await sleep(random() * 1_500);
      await lock();
      shots.push(...(await writing));
      await sleep(1_000 + random() * 3_000);
      const { halted, troubled } = await booth.until('a word', ({ state }) => state === 'ready');
      if (halted === 'library.not-writable' || troubled > 0) timesLocked += 1;
      await unlock();
      await settle(booth, { photos: contentsOf(shots) });
      ground.say(`round ${String(round + 1)}`);
    }
    await booth.stop();
    const outcome = outcomeOf(await audit(folder, libraryDir), { 'times locked': timesLocked });
    return { ...outcome, ok: outcome.ok && timesLocked > 0 };
  },
};

const roundOf = (folder: string, pictures: readonly Buffer[], seed: number) => ({
  ...{ folder: path.join(folder, `round ${String(seed)}`), pictures, perSecond: 30, count: photosARound, seed },
  patterns: ['slowWrite', 'tempThenRename', 'atOnce'] as const,
});

/** Two files may be the same photo. */
const contentsOf = (shots: readonly ShotFile[]): number => new Set(shots.map(({ sha256 }) => sha256)).size;
