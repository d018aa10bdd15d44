// What a guest of the real app waits for: from the last frame's capture to the painted photos, and how fluent the window is meanwhile.
import { startS3Process } from '../fixtures/s3/ownProcess.ts';
import { openDisplay } from '../e2e/display.ts';
import type { Booth, LaunchOptions } from '../e2e/driver.ts';
import { createGuest, searchLimitMs } from '../e2e/guest.ts';
import { untilEngineIsReady } from '../e2e/line.ts';
import { layOutApp, openApp } from './app.ts';
import { cameraPhotos } from './cameraPhotos.ts';
import { eventCode } from './eventLibrary.ts';
import { startFolderFeed } from './folderFeed.ts';
import { startLoopWatch, type LoopWatch } from './loopWatch.ts';
import { median, percentile } from './report.ts';
import type { Bench, BenchOptions, Workbench } from './workbench.ts';

const defaultPhotos = 1000;
const defaultTries = 10;
const warmUps = 2;
const coldStarts = 3;
const distinctCameraPhotos = 12;
const guideMs = 6_000;

const limits: Bench['limits'] = {
  idleMedianMs: 600,
  ingestMedianMs: 1_200,
  idleLoopP99Ms: 20,
  ingestLoopP99Ms: 20,
  idleCameraFramesPerS: { atLeast: 15 },
  ingestCameraFramesPerS: { atLeast: 15 },
  idleGuideChecksPerS: { atLeast: 5 },
  coldStartMedianMs: 3_000,
};

export const shutter: Bench = {
  name: 'shutter',
  about:
    'the app itself: from the last frame’s capture to the painted photos, in an event of a thousand (--photos), idle and while 200 photos of 24 megapixels come in (--probes tries each, 10)',
  limits,
  run: (workbench, options) => measureApp(workbench, options, false),
};

export const shutterCloud: Bench = {
  name: 'shutter-cloud',
  about:
    'the same while the event is brought to a bucket on this machine, whose server takes its share of the processor',
  limits,
  run: (workbench, options) => measureApp(workbench, options, true),
};

async function measureApp(
  workbench: Workbench,
  { photos = defaultPhotos, probes: tries = defaultTries }: BenchOptions,
  hasCloud: boolean,
): ReturnType<Bench['run']> {
  const files = await cameraPhotos(distinctCameraPhotos, workbench);
  const folder = await layOutApp(photos, workbench);
  const display = await openDisplay();
  workbench.defer(() => display.close());
  const { vision } = await workbench.config();
  const cloud = hasCloud ? await startS3Process(await workbench.temporaryDir()) : undefined;
  if (cloud !== undefined) workbench.defer(() => cloud.close());
  const options: LaunchOptions = {
    ...{ display, folder, scene: 'guest' },
    ...(cloud && { secrets: cloud.environment }),
    settings: {
      event: { code: eventCode, name: 'Bench' },
      ...(cloud && { cloud: cloud.settings }),
      vision: { poolSize: vision.poolSize, guestWorkers: vision.guestWorkers },
      // The bench itself touches nothing for a while.
      kiosk: { idle: { warnAfterSeconds: 3_000, wipeAfterSeconds: 3_000 } },
    },
  };

  workbench.say(`${String(coldStarts)} cold starts`);
  const coldStartsMs: number[] = [];
  for (let i = 0; i < coldStarts; i++) {
    const booth = await openApp(options, workbench);
    coldStartsMs.push(await coldStartOf(booth));
    await booth.close();
  }

  const booth = await openApp(options, workbench);
  await untilEngineIsReady(booth);
  const loop = await startLoopWatch(booth.app);

  workbench.say(`${String(tries)} tries while nothing else happens`);
  const idle = await measure(booth, loop, tries);

  workbench.say(`${String(tries)} tries while photos come in`);
  const feed = startFolderFeed(files, folder);
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
}

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
