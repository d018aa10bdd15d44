// How long a guest waits: from the selfie's bytes to the decision, with nothing else to do and while photos come in.
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Core, FoundPhotos } from '../../main/core/index.ts';
import type { Fault } from '../../preload/index.ts';
import { createRandom } from '../fixtures/compose.ts';
import { writeVariant } from '../fixtures/photos.ts';
import { cameraPhotos, type CameraPhoto } from './cameraPhotos.ts';
import { eventCode, eventLibrary } from './eventLibrary.ts';
import { mean, median, percentile } from './report.ts';
import { valueOf, within, type Bench, type Workbench } from './workbench.ts';

const defaultPhotos = 1000;
const defaultProbes = 40;
const warmUps = 3;
const firstSeed = 7_000;
const distinctCameraPhotos = 12;
// Between two guests, so that they meet a photo being searched at every point of its way and not always at its beginning.
const pauseMs = { min: 50, max: 1_000 };
const limitPerProbeMs = 10_000;
const stages = ['decode', 'detect', 'align', 'embed', 'search'] as const;

export const selfie: Bench = {
  name: 'selfie',
  about:
    'from the bytes of a selfie to the decision, in an event of a thousand photos (--photos), idle and while photos of 24 megapixels come in (--probes each, 40)',
  limits: { idleMedianMs: 250, ingestMedianMs: 500 },
  run: async (workbench, { photos = defaultPhotos, probes = defaultProbes }) => {
    const cameraFiles = await cameraPhotos(distinctCameraPhotos, workbench);
    const selfies = await selfiesOf(2 * (probes + warmUps), workbench);
    const libraryDir = await eventLibrary(photos, workbench);
    const core = await workbench.startCore(libraryDir, 'copy');
    const { id: eventId } = core.events.open(eventCode);
    const { indexed: photosIndexed } = core.store.photos.count(eventId);
    if (photosIndexed !== photos) throw new Error(`${String(photosIndexed)} of ${String(photos)} photos are indexed`);
    const facesIndexed = core.store.faces.count(eventId);

    workbench.say(`${String(probes)} selfies while nothing else happens`);
    const idle = await visits(core, eventId, selfies.slice(0, probes + warmUps), () => undefined);

    workbench.say(`${String(probes)} selfies while photos come in`);
    const feed = startFeed(core, eventId, cameraFiles, await workbench.temporaryDir());
    workbench.defer(() => feed.stop().catch(() => undefined));
    await feed.untilFull();
    const startMs = performance.now();
    const indexedBefore = feed.indexed();
    let leastInHand = Infinity;
    const during = await visits(core, eventId, selfies.slice(probes + warmUps), () => {
      leastInHand = Math.min(leastInHand, feed.inHand());
    });
    const indexedMeanwhile = feed.indexed() - indexedBefore;
    const seconds = (performance.now() - startMs) / 1000;
    await feed.stop();
    const { poolSize } = (await workbench.config()).vision;
    // Fewer than the workers there are: one of them had nothing to do, and the guests it too easy.
    if (leastInHand < poolSize) throw new Error(`the queue ran dry: ${String(leastInHand)} photos were left`);

    return {
      photosIndexed,
      facesIndexed,
      workers: poolSize,
      ...figuresOf('idle', idle),
      ...figuresOf('ingest', during),
      ingestPhotosIndexedMeanwhile: indexedMeanwhile,
      ingestPhotosPerS: indexedMeanwhile / seconds,
      ingestLeastPhotosInHand: leastInHand,
    };
  },
};

interface Timed {
  /** As whoever asks sees it. */
  elapsedMs: number;
  /** undefined: no face was found in the selfie. */
  visit: FoundPhotos | undefined;
}

function figuresOf(name: 'idle' | 'ingest', timed: readonly Timed[]): Record<string, number> {
  const elapsed = timed.map(({ elapsedMs }) => elapsedMs);
  const found = timed.flatMap(({ visit }) => visit ?? []);
  if (found.length < timed.length * 0.9) throw new Error(`only ${String(found.length)} selfies showed a face`);
  const matches = found.map((visit) => visit.matches.length);
  return {
    [`${name}Probes`]: timed.length,
    [`${name}MedianMs`]: median(elapsed),
    [`${name}P95Ms`]: percentile(elapsed, 0.95),
    [`${name}MaxMs`]: Math.max(...elapsed),
    ...Object.fromEntries(
      stages.map((stage) => [`${name}MedianMsOf_${stage}`, median(found.map(({ timings }) => timings[stage]))]),
    ),
    [`${name}ProbesWithoutFace`]: timed.length - found.length,
    [`${name}ProbesWithMatches`]: matches.filter((count) => count > 0).length,
    [`${name}MatchesMean`]: mean(matches),
  };
}

/** One guest after the other; the first few do not count. */
async function visits(core: Core, eventId: number, selfies: readonly Uint8Array[], look: () => void): Promise<Timed[]> {
  const random = createRandom(firstSeed);
  const timed: Timed[] = [];
  for (const bytes of selfies) {
    await sleep(random.between(pauseMs.min, pauseMs.max));
    look();
    const startMs = performance.now();
    const found = await within(limitPerProbeMs, 'a selfie', core.guests.findPhotos(eventId, bytes));
    const elapsedMs = performance.now() - startMs;
    look();
    const isWithoutFace = !found.ok && found.fault.code === 'selfie.no-face';
    timed.push({ elapsedMs, visit: isWithoutFace ? undefined : valueOf(found) });
  }
  return timed.slice(warmUps);
}

/** Selfies of everyone in turn, no two alike: the face as high as about 35 % of the picture. */
async function selfiesOf(count: number, { composer, say }: Workbench): Promise<Uint8Array[]> {
  say(`making ${String(count)} selfies`);
  const selfies: Uint8Array[] = [];
  for (let i = 0; i < count; i++) {
    const { file } = await composer.composeFile({
      seed: firstSeed + i,
      width: 1280,
      height: 720,
      faces: 1,
      quality: 90,
      faceHeightPx: { min: 235, max: 270 },
      placing: 'centred',
    });
    selfies.push(await readFile(file));
  }
  return selfies;
}

interface Feed {
  untilFull(): Promise<void>;
  /** Photos taken and not yet indexed. */
  inHand(): number;
  indexed(): number;
  /** Rejects if it had come to an end by itself. */
  stop(): Promise<void>;
}

/** Keeps more photos waiting than the workers can hold, for as long as it runs. */
function startFeed(core: Core, eventId: number, photos: readonly CameraPhoto[], dir: string): Feed {
  const wanted = 12;
  let taken = 0;
  let indexed = 0;
  let quarantined: Fault | undefined;
  let isStopped = false;
  core.library.events.on('photo:indexed', () => (indexed += 1));
  core.library.events.on('photo:quarantined', ({ fault }) => (quarantined = fault));

  const fed = feed();
  // A failure is told to whoever stops the feed; until then it must not end the process.
  fed.catch(() => undefined);

  async function feed(): Promise<void> {
    while (!isStopped) {
      if (quarantined !== undefined) throw new Error(`a photo was quarantined: ${quarantined.code}`);
      if (taken - indexed >= wanted) {
        await sleep(20);
        continue;
      }
      const file = path.join(dir, `${String(taken)}.jpg`);
      const { file: original } = photos[taken % photos.length];
      await writeVariant(original, String(taken), file);
      const { isNew } = valueOf(await core.library.take(eventId, file));
      if (!isNew) throw new Error(`${file} was taken before`);
      taken += 1;
      await rm(file);
    }
  }

  return {
    untilFull: async () => {
      const isFull = async () => {
        while (taken - indexed < wanted || indexed < 2) await sleep(20);
      };
      await within(120_000, 'filling the queue', Promise.race([isFull(), fed]));
    },
    inHand: () => taken - indexed,
    indexed: () => indexed,
    stop: () => {
      isStopped = true;
      return fed;
    },
  };
}
