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
import { createFindmeToken, createKeyRing, createMailPassword } from './keyRing.ts';
import { pagesIn } from './pages.ts';
import { createParts } from './parts.ts';
import type { Secret } from './secret.ts';
import type { Lane, LaneKey } from './sync.ts';

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
export function cloudHouseOf(
  { cloud, findme, mail }: Pick<Config, 'cloud' | 'findme' | 'mail'>,
  deps: HouseDeps,
): CloudHouse | undefined {
  const sites: Site[] = [
    ...(cloud === undefined ? [] : [bucketSite(cloud, deps)]),
    ...(findme === undefined ? [] : [findmeSite(findme, deps)]),
    ...(mail === undefined ? [] : [mailSite(mail, deps)]),
  ];
  if (sites.length === 0) return undefined;
  return {
    places: Object.fromEntries(sites.map(({ lane, place }) => [lane, place])),
    atOnce: cloud?.atOnce ?? 1,
    mostBytesPerSecond: cloud?.mostBytesPerSecond,
    open: (ground) => Promise.all(sites.map(async ({ lane, open }) => ({ lane, ...(await open(ground)) }))),
  };
}

/** One of the places, before anything is opened. */
interface Site {
  lane: SyncLane;
  place: string;
  open: (ground: SyncGround) => Promise<Omit<Lane, 'lane'>>;
}

type CloudSettings = NonNullable<Config['cloud']>;

const hashOf = (parts: readonly string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

function bucketSite(settings: CloudSettings, deps: HouseDeps): Site {
  const { region, endpoint = region, bucket, prefix } = settings;
  const place = hashOf([endpoint, bucket, prefix]);
  return { lane: 'bucket', place, open: (ground) => openBucket(settings, ground, deps) };
}

async function openBucket(
  settings: CloudSettings,
  ground: SyncGround,
  { env, pagesDir, log }: HouseDeps,
): Promise<Omit<Lane, 'lane'>> {
  const { store, keys } = ground;
  // Only where it is needed: it is large.
  const { createS3Storage, patienceFor } = await import('./s3/index.ts');
  const keyRing = createKeyRing({ store, keys, env });
  const storage = createS3Storage({
    settings,
    credentials: () => keyRing.get(),
    parts: createParts(store, log),
    patience: patienceFor(slowestOf(settings)),
    log,
  });
  await bringPages(settings.galleryUrl === undefined ? undefined : pagesDir, store, log);
  const carrier = createBucketCarrier({
    storage,
    contents: createContents({ ...ground, pagesDir }),
    rules: createGalleryRules({ storage, store }),
    close: () => storage.close(),
  });
  return {
    carrier,
    key: {
      source: () => keyRing.source(),
      set: ({ id, secret }) => keyRing.set({ accessKeyId: id, secretAccessKey: secret }),
    },
  };
}

/** To what one of those that are under way may come down, where the line is not to be had whole; with as much to spare. */
const slowestOf = ({ mostBytesPerSecond, atOnce }: CloudSettings): number | undefined =>
  mostBytesPerSecond && mostBytesPerSecond / (2 * atOnce);

/** The booth serves its guests without those pages, too. @param dir undefined where no gallery is brought there */
async function bringPages(dir: string | undefined, { outbox }: Store, log: Logger): Promise<void> {
  try {
    const told = outbox.setPages(dir === undefined ? [] : await pagesIn(dir));
    if (!told.ok) log.error({ fault: told.fault }, 'the outbox cannot be written');
  } catch (error) {
    log.error({ err: error }, 'there are no pages that open galleries: they have not been built');
  }
}

const findmeSite = (settings: NonNullable<Config['findme']>, { env }: HouseDeps): Site => ({
  lane: 'findme',
  place: hashOf([settings.url]),
  open: async ({ store, keys, guests }) => {
    const { createFindmeCarrier, createFindmeRecords } = await import('./findme/index.ts');
    const token = createFindmeToken({ store, keys, env });
    const records = createFindmeRecords({ store, keys, factsOf: (visitId) => guests.factsOf(visitId) });
    return {
      carrier: createFindmeCarrier({ settings, token: () => token.get(), records }),
      key: keyOfWord(token),
    };
  },
});

const mailSite = (settings: NonNullable<Config['mail']>, { env, log }: HouseDeps): Site => ({
  lane: 'mail',
  place: hashOf([settings.host, settings.from]),
  open: async ({ store, keys }) => {
    const { createLetters, createMailCarrier } = await import('./mail/index.ts');
    const password = createMailPassword({ store, keys, env });
    return {
      carrier: createMailCarrier({
        ...{ settings, log },
        password: () => password.get(),
        letters: createLetters({ store, keys }),
      }),
      // A server that asks for no name asks for no password.
      key: settings.user === undefined ? undefined : keyOfWord(password),
    };
  },
});

const keyOfWord = (word: Secret<string>): LaneKey => ({
  source: () => word.source(),
  set: ({ secret }) => word.set(secret),
});
