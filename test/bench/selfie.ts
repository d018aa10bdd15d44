// How long a guest waits: from the selfie's bytes to the decision, with nothing else to do and while photos come in.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Core, FoundPhotos } from '../../main/core/index.ts';
import { createRandom } from '../fixtures/compose.ts';
import { cameraPhotos } from './cameraPhotos.ts';
import { eventCode, eventLibrary } from './eventLibrary.ts';
import { startFeed } from './feed.ts';
import { mean, median, percentile } from './report.ts';
import { selfiesOf } from './selfies.ts';
import { valueOf, within, type Bench } from './workbench.ts';

const defaultPhotos = 1000;
const defaultProbes = 40;
const warmUps = 3;
const pauseSeed = 7_000;
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
  const random = createRandom(pauseSeed);
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
