import type { Logger } from 'pino';
import {
  kioskRequests,
  type Engine,
  type Health,
  type Kiosk,
  type KioskEvents,
  type OrderProgress,
} from '../../../preload/index.ts';
import type { BoothEvent } from '../events/index.ts';
import type { HostPort } from '../../processes/index.ts';
import { answerPort, type AnsweredPort } from '../windows/index.ts';
import { createHandlers, type Services } from './handlers.ts';

type KioskSettings = Omit<Kiosk, 'engine'>;

/** Answers the guests' windows, each over a port of its own. */
export interface KioskServer {
  /** Until the window, or whatever is at the other end, closes it; its visits end with it. */
  connect(port: HostPort): void;
  /** Tells all windows what the event is now. */
  setKiosk(kiosk: KioskSettings): void;
  /** Tells all windows how far an order is. */
  tellProgress(progress: OrderProgress): void;
  /** Tells all windows. @param services from now on; undefined for none */
  setEngine(engine: Engine, services?: Services): void;
  /** What a window last said of its camera. */
  camera(): Health['camera'];
}

/** @param deps.kiosk until another is set */
export function createKioskServer(deps: {
  kiosk: KioskSettings;
  event: () => BoothEvent | undefined;
  galleryUrlOf: (token: string) => string | undefined;
  log: Logger;
}): KioskServer {
  const windows = new Set<{ port: AnsweredPort; leave: () => void }>();
  let { kiosk } = deps;
  let engine: Engine = { at: 'starting' };
  let services: Services | undefined;
  let camera: Health['camera'] = 'unknown';

  function tell<E extends keyof KioskEvents>(name: E, payload: KioskEvents[E]): void {
    for (const { port } of windows) port.tell(name, payload);
  }

  return {
    connect: (hostPort) => {
      const ownVisits = new Map<string, Services['visits']>();
      const leave = () => {
        for (const [visitId, visits] of ownVisits) visits.end(visitId);
        ownVisits.clear();
      };
      const port = answerPort({
        requests: kioskRequests,
        handlers: createHandlers({
          kiosk: () => ({ ...kiosk, engine }),
          event: deps.event,
          services: () => services,
          ownVisits,
          galleryUrlOf: deps.galleryUrlOf,
          onCamera: (now) => (camera = now),
        }),
        port: hostPort,
        log: deps.log,
        onClose: () => {
          windows.delete(window);
          leave();
        },
      });
      const window = { port, leave };
      windows.add(window);
    },

    setKiosk: (now) => {
      const isOther = JSON.stringify(now) !== JSON.stringify(kiosk);
      kiosk = now;
      if (isOther) tell('kiosk:changed', { ...kiosk, engine });
    },

    tellProgress: (progress) => tell('print:progress', progress),

    setEngine: (now, ready) => {
      // Of another event, or of none: whoever is there belongs to the one before.
      if (services !== undefined && services.visits !== ready?.visits) for (const { leave } of windows) leave();
      engine = now;
      services = ready;
      tell('engine:changed', engine);
    },

    camera: () => camera,
  };
}
