// What a guest of the real app waits for: from the last frame's capture to the painted photos, and how fluent the window is meanwhile.
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDisplay } from '../e2e/display.ts';
import { launchBooth, libraryDirOf, photosDirOf, type Booth, type LaunchOptions } from '../e2e/driver.ts';
import { createGuest, searchLimitMs } from '../e2e/guest.ts';
import { untilEngineIsReady } from '../e2e/line.ts';
import { writeVariant } from '../fixtures/photos.ts';
import { cameraPhotos, type CameraPhoto } from './cameraPhotos.ts';
import { eventCode, eventLibrary } from './eventLibrary.ts';
import { startLoopWatch, type LoopWatch } from './loopWatch.ts';
import { median, percentile } from './report.ts';
import type { Bench, Workbench } from './workbench.ts';

const defaultPhotos = 1000;
const defaultTries = 10;
const warmUps = 2;
const coldStarts = 3;
const distinctCameraPhotos = 12;
const ingestPhotos = 200;
const guideMs = 6_000;

export const shutter: Bench = {
  name: 'shutter',
  about:
    'the app itself: from the last frame’s capture to the painted photos, in an event of a thousand (--photos), idle and while 200 photos of 24 megapixels come in (--probes tries each, 10)',
  limits: {
    idleMedianMs: 600,
    ingestMedianMs: 1_200,
    idleLoopP99Ms: 20,
    ingestLoopP99Ms: 20,
    idleCameraFramesPerS: { atLeast: 15 },
    ingestCameraFramesPerS: { atLeast: 15 },
    idleGuideChecksPerS: { atLeast: 5 },
    coldStartMedianMs: 3_000,
  },
  run: async (workbench, { photos = defaultPhotos, probes: tries = defaultTries }) => {
    const files = await cameraPhotos(distinctCameraPhotos, workbench);
    const folder = await layOut(photos, workbench);
    const display = await openDisplay();
    workbench.defer(() => display.close());
    const { vision } = await workbench.config();
    const options: LaunchOptions = {
      ...{ display, folder, scene: 'guest' },
      settings: {
        event: { code: eventCode, name: 'Bench' },
        vision: { poolSize: vision.poolSize, guestWorkers: vision.guestWorkers },
        // The bench itself touches nothing for a while.
        kiosk: { idle: { warnAfterSeconds: 3_000, wipeAfterSeconds: 3_000 } },
      },
    };

    workbench.say(`${String(coldStarts)} cold starts`);
    const coldStartsMs: number[] = [];
    for (let i = 0; i < coldStarts; i++) {
      const booth = await open(options, workbench);
      coldStartsMs.push(await coldStartOf(booth));
      await booth.close();
    }

    const booth = await open(options, workbench);
    await untilEngineIsReady(booth);
    const loop = await startLoopWatch(booth.app);

    workbench.say(`${String(tries)} tries while nothing else happens`);
    const idle = await measure(booth, loop, tries);

    workbench.say(`${String(tries)} tries while photos come in`);
    const feed = startFeed(files, folder);
    workbench.defer(() => feed.stop().catch(() => undefined));
    await feed.untilFull();
    const indexedBefore = feed.indexed();
    const startMs = performance.now();
    const during = await measure(booth, loop, tries, () => feed.check());
    const seconds = (performance.now() - startMs) / 1000;
    const indexedMeanwhile = feed.indexed() - indexedBefore;
    await feed.stop();

    return {
      photosInEvent: photos,
      photosOfGuest: idle.photosOfGuest,
      workers: vision.poolSize,
      ...figuresOf('idle', idle),
      ...figuresOf('ingest', during),
      ingestPhotosIndexedMeanwhile: indexedMeanwhile,
      ingestPhotosPerS: indexedMeanwhile / seconds,
      coldStartMedianMs: median(coldStartsMs),
      coldStartMaxMs: Math.max(...coldStartsMs),
    };
  },
};

interface Measured {
  shutterToGridMs: number[];
  cameraFramesPerS: number;
  guideChecksPerS: number;
  loopP99Ms: number;
  photosOfGuest: number;
}

const figuresOf = (name: 'idle' | 'ingest', measured: Measured): Record<string, number> => ({
  [`${name}Tries`]: measured.shutterToGridMs.length,
  [`${name}MedianMs`]: median(measured.shutterToGridMs),
  [`${name}P95Ms`]: percentile(measured.shutterToGridMs, 0.95),
  [`${name}MaxMs`]: Math.max(...measured.shutterToGridMs),
  [`${name}CameraFramesPerS`]: measured.cameraFramesPerS,
  [`${name}GuideChecksPerS`]: measured.guideChecksPerS,
  [`${name}LoopP99Ms`]: measured.loopP99Ms,
});

/** A booth's folder with the event's library in it, and no photos to take in yet. */
async function layOut(photos: number, workbench: Workbench): Promise<string> {
  const library = await eventLibrary(photos, workbench);
  const folder = await workbench.temporaryDir();
  await mkdir(photosDirOf(folder));
  await rename(library, libraryDirOf(folder));
  return folder;
}

async function open(options: LaunchOptions, workbench: Workbench): Promise<Booth> {
  const booth = await launchBooth(options);
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    await booth.close();
  };
  workbench.defer(close);
  await booth.waitForScreen('attract');
  return { ...booth, close };
}

/** From the process's creation to the window with the attract screen in it. */
async function coldStartOf(booth: Booth): Promise<number> {
  const createdAtMs = await booth.app.evaluate(() => process.getCreationTime() ?? Number.NaN);
  await booth.untilShown();
  return Date.now() - createdAtMs;
}

/** First the guide, before someone it finds too far away to take a picture of; then one try after the other. */
async function measure(
  booth: Booth,
  loop: LoopWatch,
  tries: number,
  look: () => void = () => undefined,
): Promise<Measured> {
  await booth.startAfresh();
  await loop.reset();
  await booth.showScene('too-far');
  const guest = createGuest(booth, 'fr');
  await guest.goToCamera();
  await booth.page.getByText(guest.t('kiosk.camera.advice.too-far.what')).first().waitFor();
  const fluency = await fluencyOf(booth);

  await guest.tap('kiosk.camera.cancel');
  await booth.showScene('guest');
  await guest.findPhotos();
  const shutterToGridMs: number[] = [];
  for (let i = 0; i < warmUps + tries; i++) {
    if (i > 0) await guest.tap('kiosk.results.again');
    const measured = await untilMeasured(booth);
    look();
    if (i >= warmUps) shutterToGridMs.push(measured);
  }
  const photosOfGuest = (await guest.shownPhotos()).length;
  return { shutterToGridMs, ...fluency, loopP99Ms: await loop.p99Ms(), photosOfGuest };
}

/** What the page says of the try under way. Asked seldom, because asking takes the page's time. */
async function untilMeasured({ page }: Booth): Promise<number> {
  const measure = await page.waitForFunction(
    () => {
      const entry = performance.getEntriesByName('shutter-to-grid').at(0);
      performance.clearMeasures('shutter-to-grid');
      return entry && { duration: entry.duration };
    },
    undefined,
    { polling: 250, timeout: searchLimitMs },
  );
  return (await measure.jsonValue())?.duration ?? Number.NaN;
}

/** Frames that the live picture presented, and how often the guide asked, both seen from inside the page. */
const fluencyOf = ({ page }: Booth): Promise<{ cameraFramesPerS: number; guideChecksPerS: number }> =>
  page.evaluate(async (durationMs) => {
    const video = document.querySelector('video');
    if (video === null) throw new Error('no live picture is shown');
    let checks = 0;
    const untouched = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'postMessage') ?? {};
    const counting: ProxyHandler<MessagePort['postMessage']> = {
      // React posts messages, too, with nothing in them.
      apply: (send, port, sent: [{ method?: unknown } | null]) => {
        if (sent[0]?.method === 'guide:check') checks += 1;
        Reflect.apply(send, port, sent);
      },
    };
    Object.defineProperty(MessagePort.prototype, 'postMessage', {
      ...untouched,
      value: new Proxy(untouched.value as MessagePort['postMessage'], counting),
    });
    let first: VideoFrameCallbackMetadata | undefined;
    let last: VideoFrameCallbackMetadata | undefined;
    const next = (_: number, frame: VideoFrameCallbackMetadata) => {
      first ??= frame;
      last = frame;
      video.requestVideoFrameCallback(next);
    };
    video.requestVideoFrameCallback(next);
    const startMs = performance.now();
    await new Promise((resolve) => setTimeout(resolve, durationMs));
    const elapsedMs = performance.now() - startMs;
    Object.defineProperty(MessagePort.prototype, 'postMessage', untouched);
    if (first === undefined || last === undefined) throw new Error('no frame was presented');
    return {
      cameraFramesPerS:
        (1000 * (last.presentedFrames - first.presentedFrames)) / (last.presentationTime - first.presentationTime),
      guideChecksPerS: (1000 * checks) / elapsedMs,
    };
  }, guideMs);

interface Feed {
  untilFull(): Promise<void>;
  /** Throws where the workers have run out of photos, and the guests had it too easy. */
  check(): void;
  indexed(): number;
  /** Rejects if it had come to an end by itself. */
  stop(): Promise<void>;
}

/** A photographer who hands in photos of 24 megapixels, all different, faster than they can be searched. */
function startFeed(photos: readonly CameraPhoto[], folder: string): Feed {
  const wanted = 16;
  const thumbnails = path.join(libraryDirOf(folder), 'derivatives', 'thumbnail');
  let handedIn = 0;
  let indexed = 0;
  let isStopped = false;
  const countThumbnails = async () =>
    (await readdir(thumbnails, { recursive: true })).filter((name) => name.endsWith('.jpg')).length;
  const fed = feed();
  // A failure is told to whoever stops the feed; until then it must not end the process.
  fed.catch(() => undefined);

  async function feed(): Promise<void> {
    const before = await countThumbnails();
    while (!isStopped) {
      indexed = (await countThumbnails()) - before;
      if (handedIn - indexed >= wanted || handedIn >= ingestPhotos + wanted) {
        await sleep(100);
        continue;
      }
      const file = path.join(photosDirOf(folder), `${String(handedIn)}.jpg`);
      await writeVariant(photos[handedIn % photos.length].file, String(handedIn), `${file}.part`);
      await rename(`${file}.part`, file);
      handedIn += 1;
      // What was searched long ago is in the library.
      await rm(path.join(photosDirOf(folder), `${String(indexed - wanted)}.jpg`), { force: true });
    }
  }

  return {
    untilFull: async () => {
      while (!isStopped && indexed < 2) await Promise.race([sleep(100), fed]);
    },
    check: () => {
      if (handedIn - indexed < 2) throw new Error('the photos ran out before the tries did');
    },
    indexed: () => indexed,
    stop: () => {
      isStopped = true;
      return fed;
    },
  };
}
