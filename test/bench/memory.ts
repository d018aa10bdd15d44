// Whether the processes grow over an event's photos.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { writeVariant } from '../fixtures/photos.ts';
import { mean } from './report.ts';
import { valueOf, within, type Bench } from './workbench.ts';

const defaultPhotos = 2000;
const distinct = 40;
const size = { width: 2400, height: 1600 };
const firstSeed = 90_000;
const sampleEvery = 20;
// Memory has found its size by then; and what is compared: so large a part of the samples after it, and of the last.
const warmUpShare = 0.25;
const comparedShare = 0.15;
const limitPerPhotoMs = 10_000;

export const memory: Bench = {
  name: 'memory',
  about: 'resident memory of each process over two thousand photos (--photos), after a warm-up and at the end',
  limits: { coreGrowth: 0.05, workerGrowth: 0.05, indexGrowth: 0.05 },
  run: async (workbench, { photos: count = defaultPhotos }) => {
    const dir = await workbench.temporaryDir();
    const originals: string[] = [];
    for (let i = 0; i < distinct; i++) {
      const options = { ...size, faces: 3, quality: 88, seed: firstSeed + i };
      originals.push((await workbench.composer.composeFile(options)).file);
    }
    const core = await workbench.startCore(path.join(dir, 'library'), 'copy');
    const { id: eventId } = core.events.open('bench');
    const samples: { core: number; worker: number; index: number }[] = [];
    for (let i = 0; i < count; i++) {
      const file = path.join(dir, 'photo.jpg');
      await writeVariant(originals[i % distinct], String(i), file);
      valueOf(await core.library.take(eventId, file));
      await rm(file);
      if (i % sampleEvery > 0) continue;
      await within(sampleEvery * limitPerPhotoMs, 'some photos', core.library.settled());
      samples.push({
        core: process.memoryUsage.rss(),
        worker: mean(core.vision.health().rssBytes),
        index: core.index.health().rssBytes,
      });
      if (i % 500 === 0) workbench.say(`${String(i)} of ${String(count)} photos`);
    }
    const part = Math.ceil(samples.length * comparedShare);
    const from = Math.floor(samples.length * warmUpShare);
    const figuresOf = (name: keyof (typeof samples)[number]) => {
      const sizeOf = (some: typeof samples) => mean(some.map((sample) => sample[name]));
      const [early, late] = [sizeOf(samples.slice(from, from + part)), sizeOf(samples.slice(-part))];
      return { [`${name}MB`]: late / 1e6, [`${name}Growth`]: late / early - 1 };
    };
    return { photos: count, ...figuresOf('core'), ...figuresOf('worker'), ...figuresOf('index') };
  },
};
