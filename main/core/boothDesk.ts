import type { Logger } from 'pino';
import type { Fault, LogLine, Result, WindowKind } from '../../preload/index.ts';
import type { HostPort, Spawner } from '../processes/index.ts';
import type { Config } from './config/index.ts';
import { runEngine, type RunningEngine } from './engine.ts';
import { createDelivery, type PhoneServices } from './delivery/index.ts';
import { brandingDirOf, type BoothEvent } from './events/index.ts';
import type { SweepPace } from './guests/index.ts';
import type { Vault } from './keys/index.ts';
import { createKioskServer, kioskOf } from './kiosk/index.ts';
import {
  cameraChoiceOf,
  createAccess,
  createStaffServer,
  needsSetup,
  queueOf,
  tellOfTransfers,
  type Desk,
  type OpenGround,
} from './staff/index.ts';
import type { PrintHouse } from './printing/index.ts';
import type { CloudHouse } from './sync/index.ts';
import { newestPhotos } from './wall.ts';

/** Everything behind the windows: the engine, and who answers guests and staff from it. */
export interface BoothDesk {
  /** A window's end of its line. */
  connect(kind: WindowKind, port: HostPort): void;
  /** Whether the first-run wizard is to be shown; once that is known. */
  needsSetup(): Promise<boolean>;
  /** The library's derivatives, once there is a library. */
  derive(sha256: string): Promise<boolean>;
  stop(): Promise<void>;
}

/** @param deps.fault why the settings cannot be used: the windows open and say so */
export function createBoothDesk(deps: {
  config: Config;
  fault?: Fault | undefined;
  modelsDir: string;
  /** Of the built pages for phones. */
  pagesDir: string;
  printHouse?: PrintHouse | undefined;
  cloudHouse?: CloudHouse | undefined;
  sweepPace?: SweepPace | undefined;
  spawner: Spawner;
  vault: Vault;
  log: Logger;
  logTail: () => LogLine[];
  version: string;
  quit: () => void;
}): BoothDesk {
  const { config, fault, log } = deps;
  let engine: RunningEngine | undefined;
  let ground: OpenGround | undefined;
  let sayKnown: () => void = () => undefined;
  const isKnown = new Promise<void>((resolve) => (sayKnown = resolve));

  let event: BoothEvent | undefined;

  const kiosk = createKioskServer({
    kiosk: kioskOf({ config }),
    event: () => event,
    galleryUrlOf: (token) => delivery.galleryUrlOf(token),
    log,
  });
  const delivery = createDelivery({
    ...{ config, pagesDir: deps.pagesDir, brandingDir: brandingDirOf(config.libraryDir), log },
    services: phoneServices,
    event: () => event,
    eventOfCode: (code) => ground?.events.find(code),
    consentsOf: (of) => ground?.events.consentsOf(of, 'phone') ?? {},
    onChanged: presentKiosk,
  });

  /** What the guests' windows are told of the event. */
  function presentKiosk(): void {
    if (ground === undefined) return;
    const consents = event && ground.events.consentsOf(event);
    const phones = delivery.phones();
    const print =
      event &&
      engine?.services()?.printing?.offer(event, phones !== undefined || config.cloud?.galleryUrl !== undefined);
    kiosk.setKiosk(kioskOf({ config, event, consents, camera: cameraChoiceOf(ground.store), phones, print }));
  }

  function phoneServices(): PhoneServices | undefined {
    const services = engine?.services();
    if (services === undefined || event?.id !== services.eventId || event.keyErasedAt !== undefined) return undefined;
    return { event, guests: services.phoneGuests, downloads: services.downloads };
  }

  const desk: Desk = {
    ...deps,
    ground: () => ground,
    engine: () => engine?.state() ?? { at: 'failed', code: fault?.code ?? 'engine.starting' },
    services: () => engine?.services(),
    kioskCamera: () => kiosk.camera(),
    wall: () => {
      const services = engine?.services();
      return services === undefined ? [] : newestPhotos(services.store, services.eventId);
    },
    halted: () => engine?.halted(),
    refresh: () => engine?.refresh(),
  };
  const staff = createStaffServer(desk);

  if (fault === undefined) {
    const delivered = delivery.start();
    engine = runEngine({
      ...deps,
      onGround: (opened) => {
        ground = { ...opened, access: createAccess({ store: opened.store }) };
        tellOfTransfers(desk, ground, staff);
        void delivered.then((served) => tellOfPhones(served, opened));
        staff.tellAccess();
      },
      onEvent: (now) => {
        event = now;
        presentKiosk();
      },
      onState: (state) => {
        kiosk.setEngine(state, state.at === 'ready' ? engine?.services() : undefined);
        presentKiosk();
        staff.tell('frame:changed', {});
        sayKnown();
      },
      onPhoto: (photo) => staff.photoArrived(photo),
      onPrints: () => {
        presentKiosk();
        staff.tell('prints:changed', {});
        // A printer in trouble is a notice, whatever the crew is looking at.
        staff.tell('frame:changed', {});
      },
      onPrintProgress: (progress) => kiosk.tellProgress(progress),
      // A notice, likewise.
      onRefusal: () => staff.tell('frame:changed', {}),
      onQueue: () => {
        const services = engine?.services();
        if (services !== undefined) staff.tell('queue:changed', queueOf(desk, services));
      },
    });
  } else {
    log.error({ fault }, 'the settings cannot be understood');
    kiosk.setEngine({ at: 'failed', code: fault.code });
    sayKnown();
  }

  return {
    connect: (kind, port) => {
      switch (kind) {
        case 'kiosk':
          kiosk.connect(port);
          return;
        case 'staff':
          staff.connect(port);
          return;
      }
    },
    needsSetup: async () => {
      await isKnown;
      return ground !== undefined && needsSetup(ground, config);
    },
    derive: async (sha256) => (await engine?.derive(sha256)) ?? false,
    stop: async () => {
      await delivery.stop();
      await engine?.stop();
    },
  };
}

/** Whoever stands at the kiosk is served all the same. */
function tellOfPhones(served: Result<void>, { store }: Pick<OpenGround, 'store'>): void {
  store.notices.removeCode('notice.phones-not-served');
  if (!served.ok) store.notices.put('notice.phones-not-served', { code: served.fault.code });
}
