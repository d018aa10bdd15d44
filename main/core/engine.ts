import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Engine, Fault, OrderProgress, WallPhoto } from '../../preload/index.ts';
import { packKey } from '../packs/index.ts';
import type { Spawner } from '../processes/index.ts';
import type { Config } from './config/index.ts';
import { createBranding, type BoothEvent, type Branding } from './events/index.ts';
import { openGround, type Ground } from './ground/index.ts';
import { createRetention, type Retention, type SweepPace } from './guests/index.ts';
import { createGuestContents } from './guestContents.ts';
import { packsOf, placeStaged, type EventPacks } from './eventPacks.ts';
import { startCore, type Core } from './index.ts';
import type { Vault } from './keys/index.ts';
import { createDiskGuard, type DiskGuard, type DiskState } from './library/index.ts';
import { createPrinting, type PrintHouse, type Printing } from './printing/index.ts';
import { applySettingsFile, dressEvent } from './settingsFile.ts';
import { createSync, type CloudHouse, type Sync } from './sync/index.ts';
import { standAt, type Standing } from './standing.ts';
import { recoverEvents, tellOfMishap } from './recovery.ts';

/** The booth's engine: the ground, on it core, and the event that the booth stands at. */
export interface RunningEngine {
  ground(): Ground | undefined;
  state(): Engine;
  /** What there is while an event is served or prepared. */
  services():
    | (Pick<Core, 'library' | 'downloads' | 'vision' | 'index' | 'store'> & {
        eventId: number;
        visits: Standing['visits'];
        phoneGuests: Standing['phoneGuests'];
        sources: Standing['sources'];
        reembedding: Standing['reembedding'];
        branding: Branding;
        /** undefined where the settings switch it off. */
        printing: Printing | undefined;
        /** undefined where no cloud is set up. */
        sync: Sync | undefined;
      })
    | undefined;
  /** Why no photo is taken in any more. */
  halted(): Fault | undefined;
  /** Something that it depends on is another now: events, keys, settings. */
  refresh(): void;
  /** The library's derivatives, once there is a library. */
  derive(sha256: string): Promise<boolean>;
  stop(): Promise<void>;
}

/** What the engine tells whoever shows it. */
export interface EngineListeners {
  /** The library is open: staff can be let in. */
  onGround: (ground: Ground) => void;
  /** The event or its settings are others; undefined for a booth that stands at none. */
  onEvent: (event: BoothEvent | undefined, ground: Ground) => void;
  onState: (state: Engine) => void;
  onPhoto: (photo: WallPhoto) => void;
  onQueue: () => void;
  /** A printer or an order is in another way now. */
  onPrints?: () => void;
  onPrintProgress?: (progress: OrderProgress) => void;
  /** One of the places that things are brought to refuses them, or does so no more. */
  onRefusal?: () => void;
}

// A disk that comes back or has room again, a library that another program closes: staff mend it, and the booth goes on without being told.
const retryAfterMs = 10_000;
// Until guests have gone; the next pack waits for that.
const guestsGoneMs = 2_000;

/** Brings the booth to where its events, keys and settings want it, and keeps it there. */
export function runEngine(
  deps: {
    config: Config;
    modelsDir: string;
    spawner: Spawner;
    vault: Vault;
    /** undefined where nothing is printed. */
    printHouse?: PrintHouse | undefined;
    /** undefined where nothing is brought to a cloud. */
    cloudHouse?: CloudHouse | undefined;
    /** How often the galleries in the cloud are searched anew, where it is not as usual. */
    sweepPace?: SweepPace | undefined;
    version: string;
    log: Logger;
  } & EngineListeners,
): RunningEngine {
  const { config, log } = deps;
  const stopping = new AbortController();
  let state: Engine = { at: 'starting' };
  let ground: Ground | undefined;
  let core: Core | undefined;
  let branding: Branding | undefined;
  let retention: Retention | undefined;
  let printing: Printing | undefined;
  let sync: Sync | undefined;
  let standing: Standing | undefined;
  let halted: Fault | undefined;
  let disk: DiskGuard | undefined;
  let adopting: Promise<void> | undefined;
  let untilGuestsGone: NodeJS.Timeout | undefined;

  let isAsked = true;
  let running: Promise<void> = run();

  /** Once more from the top, whatever changed; one at a time. */
  async function run(): Promise<void> {
    while (isAsked && !stopping.signal.aborted) {
      isAsked = false;
      const isDone = await reconcile();
      if (isDone) continue;
      isAsked = true;
      await sleep(retryAfterMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  function refresh(): void {
    if (isAsked) return;
    isAsked = true;
    running = running.then(run);
  }

  /** @returns false where it has to be tried again by and by */
  async function reconcile(): Promise<boolean> {
    if (ground === undefined) {
      const opened = await openGround({ ...deps, libraryDir: config.libraryDir });
      if (!opened.ok) return failed(opened.fault);
      ground = opened.value;
      settle(ground);
      deps.onGround(ground);
    }
    const { keys, events } = ground;
    const event = events.active();
    deps.onEvent(event, ground);
    if (event === undefined) return is({ at: 'setup' });
    const eventKeys = keys.eventKeys();
    if (eventKeys === undefined) {
      return is(keys.state() === 'locked' ? { at: 'locked' } : { at: 'failed', code: 'keys.lost' });
    }
    if (standing?.reembedding?.isComplete() === true) await changePack(standing, ground);
    let packs: EventPacks | undefined;
    if (standing?.eventId !== event.id && event.keyErasedAt === undefined) {
      const known = await packsOf({ ...deps, wanted: config.models.pack, store: ground.store, eventId: event.id });
      if (!known.ok) return failed(known.fault);
      packs = known.value;
      tellOfLostPacks(packs, ground);
      if (core !== undefined && core.vision.packKey !== packKey(packs.serving.manifest)) {
        await adopting;
        await startOver();
      }
    }
    if (core === undefined) {
      const on = { store: ground.store, events, eventKeys };
      const started = await startCore({ ...deps, pack: packs?.serving, ground: on });
      if (!started.ok) return failed(started.fault);
      await begin(started.value, ground);
    }
    if (event.keyErasedAt !== undefined) {
      await standing?.stop();
      standing = undefined;
      return is({ at: 'closed' });
    }
    if (core !== undefined && standing?.eventId === event.id) {
      await standing.update(event);
    } else if (core !== undefined) {
      const sealer = eventKeys.sealerOf(event.id);
      if (!sealer.ok) return failed(sealer.fault);
      await standing?.stop();
      standing = standAt({
        ...deps,
        ...{ event, core, next: packs?.next, sealer: sealer.value, ground },
        mayTake: () => halted === undefined && disk?.state() !== 'full',
        onErased: () => erased(ground),
        onVisitEnded: (visitId) => printing?.forget(visitId),
        onReembedded: refresh,
      });
    }
    return is(event.state === 'open' ? { at: 'ready' } : { at: 'closed' });
  }

  /** The next pack has looked at every photo. Its templates take the place of the others once no guest is there, and core begins anew with it. */
  async function changePack({ eventId, visits, reembedding }: Standing, { store }: Ground): Promise<void> {
    // It is done once, with the core that it began with.
    await adopting;
    if (reembedding === undefined) return;
    if (visits.areUnderWay() || !placeStaged(store, eventId, reembedding.packKey)) {
      clearTimeout(untilGuestsGone);
      untilGuestsGone = setTimeout(refresh, guestsGoneMs).unref();
      return;
    }
    await startOver();
  }

  /** Core is to begin with another pack; guests are told, and find nobody to ask. */
  async function startOver(): Promise<void> {
    is({ at: 'starting' });
    await end();
  }

  function tellOfLostPacks({ lost }: EventPacks, { store }: Ground): void {
    store.notices.removeCode('notice.models-lost');
    if (lost.length > 0) store.notices.put('notice.models-lost', { packs: lost.join(', ') });
  }

  /** The booth stands at no event any more, and core is stopped. */
  async function end(): Promise<void> {
    const ended = { core, standing, retention, printing, sync };
    [core, standing, retention, branding, printing, sync] = [
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ];
    disk?.stop();
    ended.core?.library.stop();
    await ended.retention?.stop();
    await ended.standing?.stop();
    await ended.printing?.stop();
    await ended.sync?.stop();
    await ended.core?.stop();
  }

  function settle(opened: Ground): void {
    tellOfMishap(opened, log);
    if (opened.keys.protection().by === 'none') opened.store.notices.put('notice.keys-unprotected');
    if (opened.keys.state() === 'lost') opened.store.notices.put('notice.keys-lost');
    opened.store.visits.endAll();
    opened.store.audit.add({ actor: 'booth', action: 'booth.started', values: { version: deps.version } });
    recoverEvents(opened, config);
    applySettingsFile(opened.events, config, log);
    beginOutbox(opened);
    opened.events.changes.on('changed', eventsChanged);
    opened.events.changes.on('activated', eventsChanged);
    opened.backups.onFailed((fault) => opened.store.notices.put('notice.backup-failed', { code: fault.code }));
    opened.transfer.onChanged(({ kind, at, eventId }) => {
      if (kind === 'import' && at === 'done' && eventId !== undefined) void core?.library.load(eventId);
    });
    opened.backups.start();
  }

  /** Before anything changes that the cloud is to hear of. */
  function beginOutbox({ store, mishap }: Ground): void {
    const begun = store.syncTo(deps.cloudHouse?.places ?? {}, mishap === undefined);
    if (!begun.ok)
      log.error({ fault: begun.fault }, 'the outbox cannot be written: the cloud gets nothing before the next start');
  }

  /** An event that was just set up is not to be lost with the next hour. */
  function eventsChanged(): void {
    refresh();
    void ground?.backups.now();
  }

  async function begin(started: Core, on: Ground): Promise<void> {
    core = started;
    branding = createBranding({ libraryDir: config.libraryDir, toPicture: started.vision.convert });
    await dressEvent(on.events, branding, config, log);
    started.library.events.on('library:halted', ({ fault }) => halt(fault, on));
    started.library.events.on('photo:quarantined', ({ photoId, fault }) =>
      log.warn({ photoId, fault }, 'a photo is set aside'),
    );
    retention = createRetention({
      ...on,
      eventKeys: started.eventKeys,
      index: started.index,
      onErased: () => erased(on),
      log,
    });
    retention.start();
    if (deps.printHouse !== undefined) await beginPrinting(deps.printHouse, started, on);
    if (deps.cloudHouse !== undefined) await beginSync(deps.cloudHouse, started, on);
    disk = createDiskGuard({
      libraryDir: config.libraryDir,
      limits: config.disk,
      onChanged: (room) => tellOfDisk(room, on),
      log,
    });
    disk.start();
    if (on.mishap !== undefined) adopting ??= adoptAll(started, on);
  }

  /** What lies in the library and is not in a database that had to be restored. */
  async function adoptAll({ library }: Core, { events, store }: Ground): Promise<void> {
    let files = 0;
    for (const { id } of events.list()) {
      const adopted = await library.adopt(id);
      if (adopted.ok) files += adopted.value;
      else log.error({ fault: adopted.fault }, 'photos of the library cannot be taken in again');
    }
    for (const { code, values } of store.notices.list()) {
      if (code === 'notice.database-restored' || code === 'notice.database-lost') {
        store.notices.put(code, { ...values, files });
      }
    }
    deps.onQueue();
    refresh();
  }

  function tellOfDisk(room: DiskState, { store }: Ground): void {
    const notices = { low: 'notice.disk-low', full: 'notice.disk-full' } as const;
    for (const code of Object.values(notices)) store.notices.removeCode(code);
    if (room !== 'fine') store.notices.put(notices[room]);
    deps.onQueue();
    deps.onState(state);
  }

  function halt(fault: Fault, { store }: Ground): void {
    log.error({ fault }, 'the library takes no more photos');
    // Another process finds the database damaged, sets it aside and takes the newest backup.
    if (fault.code === 'library.damaged') process.exit(1);
    halted = fault;
    store.notices.put('notice.library-halted', { code: fault.code });
    deps.onQueue();
    deps.onState(state);
    setTimeout(() => {
      halted = undefined;
      if (standing !== undefined) core?.library.resume(standing.eventId);
      deps.onQueue();
    }, retryAfterMs).unref();
  }

  async function beginPrinting(
    house: PrintHouse,
    { vision, eventKeys }: Core,
    { store, events }: Ground,
  ): Promise<void> {
    printing = createPrinting({ ...house, config, store, events, vision, eventKeys, log });
    if (deps.onPrints !== undefined) printing.onChanged(deps.onPrints);
    if (deps.onPrintProgress !== undefined) printing.onProgress(deps.onPrintProgress);
    await printing.start();
  }

  async function beginSync(house: CloudHouse, core: Core, { store, keys }: Ground): Promise<void> {
    const { derivatives, vision } = core;
    const guests = createGuestContents(core);
    const lanes = await house.open({ libraryDir: config.libraryDir, store, keys, derivatives, guests });
    const isInTheWay = () => vision.isWithGuest();
    sync = createSync({ ...house, store, lanes, onRefusal: deps.onRefusal, isInTheWay, log });
    sync.start();
  }

  /** What was erased is to be in no file any more. */
  async function erased(on: Ground | undefined): Promise<void> {
    if (on === undefined) return;
    await printing?.forgetErased();
    const replaced = await on.backups.replaceAll();
    if (replaced.ok) on.store.backupsReplaced();
    else on.store.notices.put('notice.backup-failed', { code: replaced.fault.code });
  }

  function failed(fault: Fault): false {
    log.error({ fault }, 'the engine does not start');
    is({ at: 'failed', code: fault.code });
    return false;
  }

  function is(now: Engine): true {
    if (now.at !== state.at) log.info({ state: now }, 'the booth’s state');
    state = now;
    deps.onState(state);
    return true;
  }

  return {
    ground: () => ground,
    state: () => state,
    services: () =>
      core === undefined || standing === undefined || branding === undefined
        ? undefined
        : {
            ...core,
            eventId: standing.eventId,
            visits: standing.visits,
            phoneGuests: standing.phoneGuests,
            sources: standing.sources,
            reembedding: standing.reembedding,
            branding,
            printing,
            sync,
          },
    halted: () => halted ?? (disk?.state() === 'full' ? { code: 'library.nearly-full' } : undefined),
    refresh,
    derive: async (sha256) => core?.derivatives.make(sha256) ?? false,
    stop: async () => {
      stopping.abort();
      clearTimeout(untilGuestsGone);
      await running;
      await end();
      await ground?.close();
    },
  };
}
