import type { Logger } from 'pino';
import type { WallPhoto } from '../../preload/index.ts';
import type { Core } from './index.ts';
import type { Config } from './config/index.ts';
import { cameraClockOf, type BoothEvent } from './events/index.ts';
import type { Ground } from './ground/index.ts';
import {
  createGuestBook,
  createPhoneGuests,
  createVisits,
  type PhoneGuests,
  type SweepPace,
  type Visits,
} from './guests/index.ts';
import type { Sealer } from './keys/index.ts';
import type { Pack } from '../packs/index.ts';
import { eventTimeOf, type CameraClock, type Reembedding } from './library/index.ts';
import { createSources, type Sources } from './sources/index.ts';
import { wallPhotoFor } from './wall.ts';

/** The booth at one event: its guests are served, its folders are watched. */
export interface Standing {
  readonly eventId: number;
  readonly visits: Visits;
  readonly phoneGuests: PhoneGuests;
  readonly sources: Sources;
  /** While another pack looks at the event's photos. */
  readonly reembedding: Reembedding | undefined;
  /** The event is the same, and its settings are others. */
  update(event: BoothEvent): Promise<void>;
  stop(): Promise<void>;
}

export function standAt(deps: {
  event: BoothEvent;
  core: Core;
  /** The pack that is to follow the one that core works with. */
  next: Pack | undefined;
  /** Of the event. */
  sealer: Sealer;
  ground: Ground;
  config: Config;
  /** How often the galleries in the cloud are searched anew, where it is not as usual. */
  sweepPace?: SweepPace | undefined;
  log: Logger;
  /** Whether there is room for more photos. */
  mayTake: () => boolean;
  onPhoto: (photo: WallPhoto) => void;
  onQueue: () => void;
  onErased: () => Promise<void>;
  /** A guest has left. @param visitId of the visit's record */
  onVisitEnded: (visitId: string) => void;
  /** The pack that is to follow has looked at every photo. */
  onReembedded: () => void;
}): Standing {
  const { event, core, next, sealer, ground, config, sweepPace, log, mayTake } = deps;
  const { onPhoto, onQueue, onErased, onVisitEnded, onReembedded } = deps;
  const { id: eventId } = event;
  const { library, store } = core;
  const { vision, matching, index } = core;
  const book = createGuestBook({
    ...{ vision, matching, index, store, sealer, eventId, onErased, onVisitEnded, sweepPace, log },
    events: ground.events,
    galleryUrl: config.cloud?.galleryUrl,
    sendsMail: config.mail !== undefined,
    keepsSelfies: config.findme !== undefined,
  });
  const visits = createVisits({ book, vision, store, eventId });
  const phoneGuests = createPhoneGuests({ book, vision, store, eventId });
  const sources = createSources({
    except: config.libraryDir,
    rescanMs: config.sources.rescanSeconds * 1000,
    take: (file, arrival) => library.take(eventId, file, arrival),
    mayTake,
    log,
  });
  let clocks = clocksOf(event);

  /** A camera's clock turns out to be wrong, or the event to be elsewhere: its photos were taken at another time. */
  function correctTimes(now: BoothEvent): void {
    const before = clocks;
    clocks = clocksOf(now);
    for (const [folder, clock] of clocks) {
      if (JSON.stringify(before.get(folder)) === JSON.stringify(clock)) continue;
      const corrected = store.photos.correctTimes(eventId, folder, (capture) => eventTimeOf(capture, clock));
      if (!corrected.ok) log.error({ fault: corrected.fault }, 'times of capture cannot be corrected');
    }
  }

  const isOurs = (of: { eventId: number }) => of.eventId === eventId;
  const onIndexed = (indexed: { eventId: number; photoId: number }) => {
    if (!isOurs(indexed)) return;
    const photo = wallPhotoFor(store, eventId, indexed.photoId);
    phoneGuests.outdate();
    if (photo !== undefined) onPhoto(photo);
    onQueue();
  };
  const onOther = (of: { eventId: number }) => {
    if (isOurs(of)) onQueue();
  };
  /** It may have been shown before. */
  const onGone = (of: { eventId: number }) => {
    if (isOurs(of)) book.outdate();
    onOther(of);
  };
  library.events.on('photo:indexed', onIndexed);
  library.events.on('photo:stored', onOther);
  library.events.on('photo:quarantined', onGone);
  library.events.on('photo:put-by', onGone);

  library.resume(eventId);
  const reembedding = next && core.reembed(eventId, next, onReembedded);
  reembedding?.start();
  void sources.set(event.settings.folders);

  return {
    eventId,
    visits,
    phoneGuests,
    sources,
    reembedding,
    update: async (now) => {
      correctTimes(now);
      await sources.set(now.settings.folders);
    },
    stop: async () => {
      library.events.off('photo:indexed', onIndexed);
      library.events.off('photo:stored', onOther);
      library.events.off('photo:quarantined', onGone);
      library.events.off('photo:put-by', onGone);
      await book.stop();
      await sources.stop();
      await reembedding?.stop();
    },
  };
}

const clocksOf = ({ settings }: BoothEvent): Map<string, CameraClock> =>
  new Map(settings.folders.map(({ path }) => [path, cameraClockOf(settings, path)]));
