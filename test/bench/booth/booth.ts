// Thirty phones at once at the real app, while a guest stands before the kiosk and photos come in.
import { createServer } from 'node:net';
import { once } from 'node:events';
import { openDisplay } from '../../e2e/display.ts';
import type { Booth } from '../../e2e/driver.ts';
import { createGuest } from '../../e2e/guest.ts';
import { untilEngineIsReady } from '../../e2e/line.ts';
import { layOutApp, openApp } from '../app.ts';
import { cameraPhotos } from '../cameraPhotos.ts';
import { eventCode } from '../eventLibrary.ts';
import { startFolderFeed } from '../folderFeed.ts';
import { median, percentile } from '../report.ts';
import { selfieFilesOf } from '../selfies.ts';
import { startTeam } from '../team/team.ts';
import { within, type Bench } from '../workbench.ts';
import type { CrowdQuestion } from './crowd.ts';
import { endpoints, type Seen } from './journey.ts';

const defaultUsers = 30;
const defaultSpawnPerS = 5;
const photosInEvent = 1000;
const distinctCameraPhotos = 12;
const limitPerUserMs = 20_000;

export const booth: Bench = {
  name: 'booth',
  about:
    'the app itself, and phones over HTTP from addresses of their own (--users, 30; --spawn a second, 5): register, selfie, gallery, thumbnails, archive, while a guest stands before the kiosk and photos of 24 megapixels come in',
  limits: { failures: 0, registerP95Ms: 300, selfieToResultP95Ms: 3_000, usersWithoutGallery: 0 },
  run: async (workbench, { users = defaultUsers, spawn = defaultSpawnPerS }) => {
    const files = await cameraPhotos(distinctCameraPhotos, workbench);
    const selfies = await selfieFilesOf(users, workbench);
    const folder = await layOutApp(photosInEvent, workbench);
    const display = await openDisplay();
    workbench.defer(() => display.close());
    const { vision } = await workbench.config();
    const port = await freePort();
    const app = await openApp(
      {
        ...{ display, folder, scene: 'guest' },
        settings: {
          event: { code: eventCode, name: 'Bench' },
          vision: { poolSize: vision.poolSize, guestWorkers: vision.guestWorkers },
          kiosk: { idle: { warnAfterSeconds: 3_000, wipeAfterSeconds: 3_000 } },
          phones: { host: '127.0.0.1', port, address: '127.0.0.1' },
        },
      },
      workbench,
    );
    await untilEngineIsReady(app);
    const feed = startFolderFeed(files, folder);
    workbench.defer(() => feed.stop().catch(() => undefined));
    await feed.untilFull();
    const kiosk = useKiosk(app);
    const crowd = await startTeam('booth/crowd.ts', [], 1);
    workbench.defer(crowd.stop);

    workbench.say(`${String(users)} phones, ${String(spawn)} more each second`);
    const indexedBefore = feed.indexed();
    const startMs = performance.now();
    const question: CrowdQuestion = { origin: `http://127.0.0.1:${String(port)}`, spawnPerS: spawn, selfies };
    const [answers] = await within(users * limitPerUserMs, 'the crowd', crowd.ask([question]));
    const seconds = (performance.now() - startMs) / 1000;
    const seen = answers as Seen[];
    feed.check();
    const photosIndexed = feed.indexed() - indexedBefore;
    await feed.stop();
    const kioskTries = await kiosk.stop();

    const refused = seen.flatMap((guest) => guest.refused);
    workbench.lay(
      'selfies refused',
      [...new Set(refused)].map((code) => ({ code, times: refused.filter((other) => other === code).length })),
    );
    const waits = seen.flatMap(({ selfieToResultMs }) => selfieToResultMs ?? []);
    return {
      ...{ users, spawnPerS: spawn, seconds, kioskTries, photosIndexed },
      failures: seen.reduce((sum, { failures }) => sum + Object.values(failures).reduce((all, n) => all + n, 0), 0),
      usersWithoutGallery: users - waits.length,
      selfiesRefused: refused.length,
      retries: seen.reduce((sum, { retries }) => sum + retries, 0),
      ...figuresOf('selfieToResult', waits),
      ...endpoints.reduce<Record<string, number>>(
        (all, endpoint) => ({
          ...all,
          ...figuresOf(
            endpoint,
            seen.flatMap(({ times }) => times[endpoint]),
          ),
          [`${endpoint}Failures`]: seen.reduce((sum, { failures }) => sum + failures[endpoint], 0),
        }),
        {},
      ),
    };
  },
};

const figuresOf = (name: string, ms: readonly number[]): Record<string, number> => ({
  [`${name}P50Ms`]: median(ms),
  [`${name}P95Ms`]: percentile(ms, 0.95),
  [`${name}MaxMs`]: Math.max(...ms),
});

/** A guest before the kiosk who takes one picture after the other. */
function useKiosk(app: Booth): { stop(): Promise<number> } {
  let isStopped = false;
  let tries = 0;
  const using = (async () => {
    const guest = createGuest(app, 'fr');
    await guest.findPhotos();
    for (tries = 1; !isStopped; tries++) {
      await guest.tap('kiosk.results.again');
      await app.waitForScreen('camera');
      await app.waitForScreen(['results', 'nothing'], limitPerUserMs);
    }
  })();
  // A failure is told to whoever stops it; until then it must not end the process.
  using.catch(() => undefined);
  return {
    stop: async () => {
      isStopped = true;
      await using;
      return tries;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (typeof address !== 'object' || address === null) throw new Error('a server that listens has an address');
  return address.port;
}
