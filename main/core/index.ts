// The composition root: settings in, the running booth out. No logic of its own.
import type { Logger } from 'pino';
import { ok, type Result } from '../../preload/index.ts';
import { loadPack, type Pack } from '../packs/index.ts';
import type { Spawner } from '../processes/index.ts';
import type { Config } from './config/index.ts';
import { cameraClockOf, type Events } from './events/index.ts';
import { createGuests, type Guests } from './guests/index.ts';
import {
  createDerivatives,
  createDownloads,
  createLibrary,
  createOriginals,
  createReembedding,
  createTemplates,
  type Derivatives,
  type Downloads,
  type KeepOriginals,
  type Library,
  type Reembedding,
} from './library/index.ts';
import {
  createFaceIndex,
  createMatching,
  createVision,
  type FaceIndex,
  type Matching,
  type Vision,
} from './matching/index.ts';
import type { EventKeys } from './keys/index.ts';
import type { Store } from './store/index.ts';

export { choosePack, configSchema, languageOf, loadConfig, type Config } from './config/index.ts';
export { packsOf } from './eventPacks.ts';
export type { FoundPhotos, Visits } from './guests/index.ts';
export type { KeepOriginals, LibraryEvents } from './library/index.ts';
export { scoreAt, strengthOf, type IndexMatch, type Match, type Thresholds } from './matching/index.ts';
export { badCheck, checkUp } from './health/index.ts';
export { createAccess } from './staff/index.ts';
export { listFolder } from './sources/index.ts';
export { openGround, type Ground } from './ground/index.ts';
export { createEventKeys, createHostVault, noVault } from './keys/index.ts';
export type { EventKeys, Sealer, Vault } from './keys/index.ts';
export { createEvents } from './events/index.ts';
export { openBucketSetUp, type BucketSetUp, type CloudOutcome } from './sync/index.ts';
export { libraryFaultOf, openStore, type Store } from './store/index.ts';

/** The engine. */
export interface Core {
  readonly pack: Pack;
  readonly store: Store;
  readonly eventKeys: EventKeys;
  readonly events: Events;
  readonly library: Library;
  readonly derivatives: Derivatives;
  readonly downloads: Downloads;
  readonly vision: Vision;
  readonly index: FaceIndex;
  readonly matching: Matching;
  readonly guests: Guests;
  /** Another pack's look at an event's photos, in the background; not started yet. */
  reembed(eventId: number, next: Pack, onComplete: () => void): Reembedding;
  stop(): Promise<void>;
}

/** What the engine stands on; it is opened before and closed after it. */
export interface CoreGround {
  store: Store;
  events: Events;
  eventKeys: EventKeys;
}

/**
 * Starts the engine: checks the models, starts the workers and fills the index.
 *
 * @param deps.modelsDir the folder of model packs
 * @param deps.pack in the place of the one that the settings name
 * @returns the engine, or the first models.*, library.* or engine.* fault that keeps it from starting
 */
export async function startCore(deps: {
  config: Config;
  modelsDir: string;
  pack?: Pack | undefined;
  ground: CoreGround;
  keepOriginals?: KeepOriginals;
  spawner: Spawner;
  log: Logger;
}): Promise<Result<Core>> {
  const { config, spawner, log } = deps;
  const { store, events, eventKeys } = deps.ground;
  const loaded = deps.pack === undefined ? await loadPack(deps.modelsDir, config.models.pack) : ok(deps.pack);
  if (!loaded.ok) return loaded;
  const pack = loaded.value;

  const vision = createVision({ pack, settings: config.vision, spawner, log });
  const templates = createTemplates({ store, eventKeys });
  const index = createFaceIndex({
    packKey: vision.packKey,
    dimensions: pack.manifest.template.dimensions,
    stored: () => templates.stored(vision.packKey),
    spawner,
    log,
  });
  const originals = createOriginals({ libraryDir: config.libraryDir, store, keep: deps.keepOriginals ?? 'copy' });
  const derivatives = createDerivatives({ libraryDir: config.libraryDir, store, originals, vision });
  const downloads = createDownloads({ libraryDir: config.libraryDir, store, originals, derivatives });
  const library = createLibrary({
    libraryDir: config.libraryDir,
    store,
    originals,
    // A library that only links its originals lives too short for anybody to look at them.
    derivatives: deps.keepOriginals === 'link' ? undefined : derivatives,
    vision,
    index,
    templates,
    clockOf: (eventId, folder) => cameraClockOf(events.get(eventId)?.settings, folder),
    maxFileBytes: config.sources.maxFileBytes,
    concurrency: config.vision.poolSize + 1,
  });
  const matching = createMatching({ index, rule: pack.decision, settings: config.matching });

  const stop = async () => {
    library.stop();
    await Promise.all([vision.stop(), index.stop()]);
    await library.settled();
  };

  const started = await Promise.all([library.prepare(), vision.start(), index.start()]);
  for (const outcome of started) {
    if (outcome.ok) continue;
    await stop();
    return outcome;
  }

  return ok({
    pack,
    store,
    eventKeys,
    events,
    library,
    derivatives,
    downloads,
    vision,
    index,
    matching,
    guests: createGuests({ vision, matching }),
    reembed: (eventId, next, onComplete) =>
      createReembedding({
        ...{ eventId, store, originals, templates, library, onComplete, log },
        vision: createVision({
          pack: next,
          settings: { ...config.vision, poolSize: 1, guestWorkers: 0 },
          isInBackground: true,
          spawner,
          log,
        }),
      }),
    stop,
  });
}
