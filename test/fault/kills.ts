import { setTimeout as sleep } from 'node:timers/promises';
import { photograph } from '../fixtures/photographer/index.ts';
import { seeded } from '../fixtures/random.ts';
import { audit } from './audit.ts';
import { victims } from './booth.ts';
import { outcomeOf, placeIn, settle, smallPictures, type Fault } from './ground.ts';

export const kills: Fault = {
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
    await settle(booth, { photos: shots.length });
    await booth.stop();
    return outcomeOf(await audit(folder, libraryDir), { kills: killed, ...done });
  },
};
