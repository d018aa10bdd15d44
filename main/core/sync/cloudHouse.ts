import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { SyncLane } from '../../../preload/index.ts';
import type { Config } from '../config/index.ts';
import type { Keys } from '../keys/index.ts';
import type { Derivatives } from '../library/index.ts';
import type { Store } from '../store/index.ts';
import { createBucketCarrier } from './bucketCarrier.ts';
import { createContents, type GuestContents } from './contents.ts';
import { createGalleryRules } from './galleryRules.ts';
import { createKeyRing } from './keyRing.ts';
import { pagesIn } from './pages.ts';
import { createParts } from './parts.ts';
import type { Lane } from './sync.ts';

/** With what a booth syncs. */
export interface CloudHouse {
  /** By lane, whatever tells the place from another: what lies in one does not lie in the other. */
  places: Partial<Record<SyncLane, string>>;
  atOnce: number;
  mostBytesPerSecond: number | undefined;
  open(ground: SyncGround): Promise<Lane[]>;
}

/** Where what is brought comes from. */
export interface SyncGround {
  libraryDir: string;
  store: Store;
  keys: Keys;
  derivatives: Derivatives;
  guests: GuestContents;
}

interface HouseDeps {
  env: NodeJS.ProcessEnv;
  /** Of the built pages that open galleries. */
  pagesDir: string;
  log: Logger;
}

/** The places that the settings name; undefined where they name none. */
export function cloudHouseOf({ cloud }: Pick<Config, 'cloud'>, deps: HouseDeps): CloudHouse | undefined {
  if (cloud === undefined) return undefined;
  return {
    places: { bucket: bucketPlace(cloud) },
    atOnce: cloud.atOnce,
    mostBytesPerSecond: cloud.mostBytesPerSecond,
    open: async (ground) => [await bucketLane(cloud, ground, deps)],
  };
}

type CloudSettings = NonNullable<Config['cloud']>;

const bucketPlace = ({ region, endpoint = region, bucket, prefix }: CloudSettings): string =>
  createHash('sha256')
    .update(JSON.stringify([endpoint, bucket, prefix]))
    .digest('hex');

async function bucketLane(
  settings: CloudSettings,
  ground: SyncGround,
  { env, pagesDir, log }: HouseDeps,
): Promise<Lane> {
  const { store, keys } = ground;
  // Only where it is needed: it is large.
  const { createS3Storage } = await import('./s3/index.ts');
  const keyRing = createKeyRing({ store, keys, env });
  const storage = createS3Storage({
    settings,
    credentials: () => keyRing.get(),
    parts: createParts(store, log),
    log,
  });
  const isOffered = settings.galleryUrl !== undefined;
  const told = store.outbox.setPages(isOffered ? await pagesIn(pagesDir) : []);
  if (!told.ok) log.error({ fault: told.fault }, 'the pages that open galleries cannot be brought');
  const carrier = createBucketCarrier({
    storage,
    contents: createContents({ ...ground, pagesDir }),
    rules: createGalleryRules({ storage, store }),
    close: () => storage.close(),
  });
  return {
    ...{ lane: 'bucket', carrier },
    key: {
      source: () => keyRing.source(),
      set: ({ id, secret }) => keyRing.set({ accessKeyId: id, secretAccessKey: secret }),
    },
  };
}
