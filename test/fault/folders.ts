// What goes wrong with the folder that the booth looks after.
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { photograph } from '../fixtures/photographer/index.ts';
import { seeded } from '../fixtures/random.ts';
import { audit } from './audit.ts';
import { outcomeOf, placeIn, settle, smallPictures, type Fault } from './ground.ts';

export const unplugged: Fault = {
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
    await settle(booth, { photos: contents.size });
    await booth.stop();
    return outcomeOf(await audit(folder, libraryDir));
  },
};

export const clock: Fault = {
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
    await settle(booth, { photos: shots.length });
    await booth.stop();
    return outcomeOf(await audit(folder, libraryDir));
  },
};

export const flood: Fault = {
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
    await settle(booth, { photos: shots.length, patienceMs: 3_600_000 });
    const { coreRss, workerRss } = booth.largest();
    await booth.stop();
    return outcomeOf(await audit(folder, libraryDir), {
      'core MB': Math.round(coreRss / 1e6),
      'largest worker MB': Math.round(workerRss / 1e6),
    });
  },
};
