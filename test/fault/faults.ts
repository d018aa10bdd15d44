import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { photograph } from '../fixtures/photographer/index.ts';
import { sampleFile } from '../fixtures/photos.ts';
import { seeded } from '../fixtures/random.ts';
import { audit, type Account } from './audit.ts';
import { createBooth, victims, type FaultBooth } from './booth.ts';

/** Where a fault plays. */
export interface Ground {
  /** Empty, and gone afterwards. */
  dir: string;
  seed: number;
  say: (text: string) => void;
  /** Done at the end, whatever happens; the last first. */
  defer: (cleanUp: () => Promise<unknown>) => void;
}

export interface Fault {
  name: string;
  about: string;
  /** @param scale 1 for the whole of it, less for a short form */
  run: (ground: Ground, scale: number) => Promise<Outcome>;
}

/** What is printed; `ok` says whether everything was as it has to be. */
export interface Outcome {
  ok: boolean;
  figures: Record<string, number | string>;
}

/** A small JPEG of each sample photo, with faces in it. */
export const smallPictures = (widthPx = 480): Promise<Buffer[]> =>
  Promise.all(
    [1, 2, 3, 4, 5, 6].map((number) => sharp(sampleFile(number)).resize({ width: widthPx }).jpeg().toBuffer()),
  );

export interface Place {
  folder: string;
  libraryDir: string;
  booth: FaultBooth;
}

/** A booth that looks after a folder; not started yet. */
export async function placeIn(
  { dir, defer }: Ground,
  options: { libraryDir?: string; disk?: object; hasJumpingClock?: boolean; folder?: string } = {},
): Promise<Place> {
  const folder = options.folder ?? path.join(dir, 'card');
  const libraryDir = options.libraryDir ?? path.join(dir, 'library');
  await mkdir(folder, { recursive: true });
  const booth = createBooth({
    config: {
      libraryDir,
      language: 'en',
      event: { code: 'fault' },
      sources: { folders: [folder], rescanSeconds: 1 },
      vision: { poolSize: 2, guestWorkers: 0 },
      disk: { warnFraction: 0, stopFraction: 0, stopBytes: 0, ...options.disk },
    },
    hasJumpingClock: options.hasJumpingClock ?? false,
  });
  defer(() => booth.stop());
  return { folder, libraryDir, booth };
}

/** Until nothing is left to be taken in or searched, and stays so. */
export async function settle(booth: FaultBooth, photos: number, patienceMs = 600_000): Promise<void> {
  await booth.until(
    'everything to be taken in',
    ({ indexed, quarantined, stored, waiting }) => indexed + quarantined >= photos && stored === 0 && waiting === 0,
    patienceMs,
  );
  // A file that was written twice may come once more.
  await sleep(2_000);
  await booth.until('everything to be searched', ({ stored, waiting }) => stored === 0 && waiting === 0, patienceMs);
}

export function outcomeOf(account: Account, figures: Record<string, number | string> = {}): Outcome {
  const { photos, lost, duplicated, halfWritten } = account;
  return {
    ok: lost.length + duplicated.length + halfWritten.length === 0,
    figures: {
      ...figures,
      photos,
      lost: lost.length,
      duplicated: duplicated.length,
      'half-written': halfWritten.length,
      ...(lost.length === 0 ? {} : { 'first lost': lost[0] }),
      ...(halfWritten.length === 0 ? {} : { 'first half-written': halfWritten[0] }),
    },
  };
}

const kills: Fault = {
  name: 'kills',
  about: 'SIGKILL of core, of a worker and of the whole group at random points',
  run: async (ground, scale) => {
    const { folder, libraryDir, booth } = await placeIn(ground);
    const random = seeded(ground.seed);
    const wanted = Math.ceil(200 * scale);
    const working = new AbortController();
    ground.defer(async () => {
      working.abort();
      await work;
    });
    const work = photograph({
      ...{ folder, pictures: await smallPictures(), perSecond: 8, count: 20_000, seed: ground.seed },
      signal: working.signal,
    });
    const done = { core: 0, worker: 0, group: 0 };
    let killed = 0;
    booth.start();
    while (killed < wanted) {
      await sleep(100 + random() * 2_500);
      if (!booth.isAlive()) booth.start();
      const victim = victims[Math.floor(random() * victims.length)];
      if (!booth.kill(victim, random)) continue;
      done[victim] += 1;
      killed += 1;
      if (killed % 20 === 0) ground.say(`kills ${String(killed)}`);
      if (victim === 'worker') continue;
      while (booth.isAlive()) await sleep(10);
      booth.start();
    }
    working.abort();
    const shots = await work;
    if (!booth.isAlive()) booth.start();
    await settle(booth, shots.length);
    await booth.stop();
    return outcomeOf(await audit(folder, libraryDir), { kills: killed, ...done });
  },
};

const unplugged: Fault = {
  name: 'unplugged',
  about: 'the folder goes away and comes back while it is written to',
  run: async (ground, scale) => {
    const { folder, libraryDir, booth } = await placeIn(ground);
    const random = seeded(ground.seed);
    const pictures = await smallPictures();
    booth.start();
    // Two of them may be the same photo.
    const contents = new Set<string>();
    for (let round = 0; round < Math.ceil(10 * scale); round++) {
      const shots = await photograph({
        ...{ folder: path.join(folder, `card ${String(round)}`), pictures, perSecond: 20, count: 10 },
        seed: ground.seed + round,
      });
      for (const { sha256 } of shots) contents.add(sha256);
      await sleep(random() * 700);
      await rename(folder, `${folder}-away`);
      await sleep(500 + random() * 2_000);
      await rename(`${folder}-away`, folder);
    }
    await settle(booth, contents.size);
    await booth.stop();
    return outcomeOf(await audit(folder, libraryDir));
  },
};

const clock: Fault = {
  name: 'clock',
  about: 'the system’s clock jumps by hours, to and fro',
  run: async (ground, scale) => {
    const { folder, libraryDir, booth } = await placeIn(ground, { hasJumpingClock: true });
    booth.start();
    const count = Math.ceil(100 * scale);
    const shots = await photograph({
      folder,
      pictures: await smallPictures(),
      perSecond: 10,
      count,
      seed: ground.seed,
    });
    await settle(booth, shots.length);
    await booth.stop();
    return outcomeOf(await audit(folder, libraryDir));
  },
};

const flood: Fault = {
  name: 'flood',
  about: '20,000 small files at once',
  run: async (ground, scale) => {
    const { folder, libraryDir, booth } = await placeIn(ground);
    const count = Math.ceil(20_000 * scale);
    const shots = await photograph({
      ...{ folder, pictures: await smallPictures(64), perSecond: 1_000_000, count, seed: ground.seed },
      patterns: ['atOnce'],
    });
    booth.start();
    await settle(booth, shots.length, 3_600_000);
    const { coreRss, workerRss } = booth.largest();
    await booth.stop();
    return outcomeOf(await audit(folder, libraryDir), {
      'core MB': Math.round(coreRss / 1e6),
      'largest worker MB': Math.round(workerRss / 1e6),
    });
  },
};

export const faults: readonly Fault[] = [kills, unplugged, clock, flood];

/** Plays one, and clears away what it leaves, whatever happens. */
export async function playFault(fault: Fault, ground: Omit<Ground, 'defer'>, scale: number): Promise<Outcome> {
  const cleanUps: (() => Promise<unknown>)[] = [];
  try {
    return await fault.run({ ...ground, defer: (cleanUp) => cleanUps.push(cleanUp) }, scale);
  } finally {
    for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  }
}
