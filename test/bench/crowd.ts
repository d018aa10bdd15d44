// How long each of many guests waits who all come at the same moment, while photos come in.
import type { Core } from '../../main/core/index.ts';
import { cameraPhotos } from './cameraPhotos.ts';
import { eventCode, eventLibrary } from './eventLibrary.ts';
import { startFeed } from './feed.ts';
import { median, percentile } from './report.ts';
import { selfiesOf } from './selfies.ts';
import { within, type Bench } from './workbench.ts';

const guests = 30;
const rounds = 3;
const warmUps = 3;
const photosIndexed = 1000;
const distinctCameraPhotos = 12;
const limitPerRoundMs = 60_000;

export const crowd: Bench = {
  name: 'crowd',
  about:
    'thirty selfies at the same moment (--probes), in an event of a thousand photos and while photos of 24 megapixels come in',
  limits: { failures: 0, p95Ms: 2000 },
  run: async (workbench, { probes = guests }) => {
    const cameraFiles = await cameraPhotos(distinctCameraPhotos, workbench);
    const selfies = await selfiesOf(warmUps + rounds * probes, workbench);
    const core = await workbench.startCore(await eventLibrary(photosIndexed, workbench), 'copy');
    const { id: eventId } = core.events.open(eventCode);
    for (const bytes of selfies.slice(0, warmUps)) await core.guests.findPhotos(eventId, bytes);
    const feed = startFeed(core, eventId, cameraFiles, await workbench.temporaryDir());
    workbench.defer(() => feed.stop().catch(() => undefined));
    await feed.untilFull();

    const waits: number[] = [];
    let failures = 0;
    for (let round = 0; round < rounds; round++) {
      const from = warmUps + round * probes;
      const came = selfies.slice(from, from + probes).map((bytes) => timed(core, eventId, bytes));
      for (const { isAnswered, waitMs } of await within(limitPerRoundMs, 'a crowd', Promise.all(came))) {
        waits.push(waitMs);
        if (!isAnswered) failures += 1;
      }
    }
    await feed.stop();
    const { poolSize, guestWorkers } = (await workbench.config()).vision;
    return {
      ...{ guests: probes, rounds, workers: poolSize, guestWorkers, failures },
      medianMs: median(waits),
      p95Ms: percentile(waits, 0.95),
      maxMs: Math.max(...waits),
    };
  },
};

/** A selfie without a face that can be used is answered too: the guest is told. */
async function timed(core: Core, eventId: number, bytes: Uint8Array) {
  const startMs = performance.now();
  const found = await core.guests.findPhotos(eventId, bytes);
  return { waitMs: performance.now() - startMs, isAnswered: found.ok || found.fault.code === 'selfie.no-face' };
}
