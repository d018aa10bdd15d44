import type { Logger } from 'pino';
import type { Fault, LogLine, WindowKind } from '../../preload/index.ts';
import type { HostPort, Spawner } from '../processes/index.ts';
import type { Config } from './config/index.ts';
import { runEngine, type RunningEngine } from './engine.ts';
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

  const kiosk = createKioskServer({ kiosk: kioskOf({ config }), log });
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
    engine = runEngine({
      ...deps,
      onGround: (opened) => {
        ground = { ...opened, access: createAccess({ store: opened.store }) };
        tellOfTransfers(desk, ground, staff);
        staff.tellAccess();
      },
      onEvent: (event, { events, store }) => {
        const camera = cameraChoiceOf(store);
        kiosk.setKiosk(kioskOf({ config, event, consents: event && events.consentsOf(event), camera }));
      },
      onState: (state) => {
        kiosk.setEngine(state, state.at === 'ready' ? engine?.services() : undefined);
        staff.tell('frame:changed', {});
        sayKnown();
      },
      onPhoto: (photo) => staff.photoArrived(photo),
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
    stop: async () => engine?.stop(),
  };
}
