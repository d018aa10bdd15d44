import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Core } from '../../main/core/index.ts';
import type { PackTemplate } from '../../main/core/matching/index.ts';
import { createSources } from '../../main/core/sources/index.ts';
import { watchedFolderSchema } from '../../preload/index.ts';
import { repoRoot } from '../fixtures/pack.ts';
import { cameraPhotos } from './cameraPhotos.ts';
import { median, percentile } from './report.ts';
import { valueOf, within, type Bench, type Workbench } from './workbench.ts';

const photosMeasured = 60;
const scenes = 20;
const perSecond = 1;
// Much longer than the slowest photo takes: beyond, something is broken.
const patienceMs = 60_000;

const shotSchema = z.object({ path: z.string(), picture: z.number(), completeAtMs: z.number() });
type Shot = z.infer<typeof shotSchema>;

/** From the moment a file is complete in the photographer's folder to the moment at which a guest in it finds it. */
export const latency: Bench = {
  name: 'latency',
  about: 'file complete in a watched folder to found by a guest in it, 24 megapixels, five faces, one a second',
  limits: { medianMs: 2500, p95Ms: 5000, missing: 0 },
  run: async (workbench, options) => {
    const count = options.photos ?? photosMeasured;
    const dir = await workbench.temporaryDir();
    const folder = path.join(dir, 'card');
    await mkdir(folder);
    const core = await workbench.startCore(path.join(dir, 'library'), 'copy');
    const { id: eventId } = core.events.open('bench');
    const probes = await probesOf(core, workbench);

    const arrivals = watchArrivals(core, eventId, folder, workbench);
    const shots = await photographed(folder, count, workbench);
    workbench.say(`${String(shots.length)} photos are written`);
    await within(patienceMs, 'the last photo', arrivals.untilIndexed(shots));

    const [latencies, settling]: number[][] = [[], []];
    let missing = 0;
    for (const shot of shots) {
      const arrived = arrivals.of(shot.path);
      const probe = probes.at(shot.picture);
      const found = probe === undefined ? undefined : await core.index.search(eventId, probe, 0.9);
      const isFound = found?.ok === true && found.value.matches.some(({ photoId }) => photoId === arrived?.photoId);
      if (arrived === undefined || !isFound) {
        missing += 1;
        continue;
      }
      latencies.push(arrived.indexedAtMs - shot.completeAtMs);
      settling.push(arrived.storedAtMs - shot.completeAtMs);
    }
    return {
      photos: shots.length,
      perSecond,
      missing,
      medianMs: median(latencies),
      p95Ms: percentile(latencies, 0.95),
      maxMs: percentile(latencies, 1),
      medianToStoredMs: median(settling),
      p95ToStoredMs: percentile(settling, 0.95),
      coreRssMB: process.memoryUsage.rss() / 1e6,
      largestWorkerRssMB: Math.max(...core.vision.health().rssBytes) / 1e6,
    };
  },
};

/** By scene: the template of somebody in it, as a guest's selfie gives one. */
async function probesOf({ vision }: Core, workbench: Workbench): Promise<(PackTemplate | undefined)[]> {
  const probes: (PackTemplate | undefined)[] = [];
  for (const { file } of await cameraPhotos(scenes, workbench)) {
    const face = valueOf(await vision.analysePhoto(file)).faces.at(0);
    probes.push(face && { packKey: vision.packKey, template: face.template });
  }
  return probes;
}

interface Arrival {
  photoId: number;
  storedAtMs: number;
  indexedAtMs: number;
}

/** Watches the folder as the booth does. Times are milliseconds since 1970, as those of the photographer, who is another process. */
function watchArrivals(core: Core, eventId: number, folder: string, { log, defer }: Workbench) {
  const { library, store } = core;
  const stored = new Map<number, number>();
  const indexed = new Map<string, Arrival>();
  let check: () => void = () => undefined;
  library.events.on('photo:stored', ({ photoId }) => stored.set(photoId, Date.now()));
  library.events.on('photo:indexed', ({ photoId }) => {
    const indexedAtMs = Date.now();
    for (const file of store.photos.originsOf(photoId)) {
      indexed.set(file, { photoId, storedAtMs: stored.get(photoId) ?? indexedAtMs, indexedAtMs });
    }
    check();
  });
  const sources = createSources({
    except: '/nowhere',
    rescanMs: 5_000,
    take: (file, arrival) => library.take(eventId, file, arrival),
    mayTake: () => true,
    log,
  });
  defer(() => sources.stop());
  void sources.set([watchedFolderSchema.parse(folder)]);
  return {
    of: (file: string) => indexed.get(file),
    untilIndexed: (shots: readonly Shot[]) =>
      new Promise<void>((resolve) => {
        check = () => {
          if (shots.every(({ path: file }) => indexed.has(file))) resolve();
        };
        check();
      }),
  };
}

/** Has the photographer work, in a process of their own. */
async function photographed(folder: string, count: number, { defer }: Workbench): Promise<Shot[]> {
  const program = path.join(repoRoot, 'test', 'fixtures', 'photographer', 'main.ts');
  const options = [
    '--folder',
    folder,
    '--rate',
    String(perSecond),
    '--count',
    String(count),
    '--pictures',
    String(scenes),
  ];
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), program, ...options, '--json'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  defer(() => Promise.resolve(child.kill('SIGKILL')));
  const shots: Shot[] = [];
  for await (const line of createInterface({ input: child.stdout })) shots.push(shotSchema.parse(JSON.parse(line)));
  return shots;
}
