import type { Logger } from 'pino';
import type { WallPhoto } from '../../preload/index.ts';
import type { Core } from './index.ts';
import type { Config } from './config/index.ts';
import type { BoothEvent } from './events/index.ts';
import type { Ground } from './ground/index.ts';
import { createVisits, type Visits } from './guests/index.ts';
import type { Sealer } from './keys/index.ts';
import { watchFolders } from './sources/index.ts';
import { wallPhotoFor } from './wall.ts';

/** The booth at one event: its guests are served, its folders are watched. */
export interface Standing {
  readonly eventId: number;
  readonly visits: Visits;
  /** Whether it still is what the event's settings ask for. */
  isOf(event: BoothEvent): boolean;
  stop(): Promise<void>;
}

/** The folders that are watched for an event: its own, and where the settings file names the event, those of the file. */
export const foldersOf = ({ code, settings }: BoothEvent, { event, sources }: Config): string[] => [
  ...new Set([...settings.folders, ...(event?.code === code ? sources.folders : [])]),
];

export function standAt(deps: {
  event: BoothEvent;
  core: Core;
  /** Of the event. */
  sealer: Sealer;
  ground: Ground;
  config: Config;
  log: Logger;
  onPhoto: (photo: WallPhoto) => void;
  onQueue: () => void;
  onErased: () => Promise<void>;
}): Standing {
  const { event, core, sealer, ground, config, log, onPhoto, onQueue, onErased } = deps;
  const { id: eventId } = event;
  const { library, store } = core;
  const visits = createVisits({
    vision: core.vision,
    matching: core.matching,
    index: core.index,
    store,
    sealer,
    events: ground.events,
    eventId,
    onErased,
    log,
  });
  const folders = foldersOf(event, config);
  const watched = watchFolders({
    folders,
    except: config.libraryDir,
    rescanMs: config.sources.rescanSeconds * 1000,
    take: (file) => library.take(eventId, file),
    log,
  });

  const isOurs = (of: { eventId: number }) => of.eventId === eventId;
  const onIndexed = (indexed: { eventId: number; photoId: number }) => {
    if (!isOurs(indexed)) return;
    const photo = wallPhotoFor(store, eventId, indexed.photoId);
    if (photo !== undefined) onPhoto(photo);
    onQueue();
  };
  const onOther = (of: { eventId: number }) => {
    if (isOurs(of)) onQueue();
  };
  library.events.on('photo:indexed', onIndexed);
  library.events.on('photo:stored', onOther);
  library.events.on('photo:quarantined', onOther);

  library.resume(eventId);
  watched.start();

  return {
    eventId,
    visits,
    isOf: (now) => now.id === eventId && foldersOf(now, config).join('\n') === folders.join('\n'),
    stop: async () => {
      library.events.off('photo:indexed', onIndexed);
      library.events.off('photo:stored', onOther);
      library.events.off('photo:quarantined', onOther);
      visits.stop();
      await watched.stop();
    },
  };
}
