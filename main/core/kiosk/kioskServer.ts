import type { Logger } from 'pino';
import {
  askSchema,
  fail,
  kioskRequests,
  type Engine,
  type Fault,
  type Kiosk,
  type KioskMethod,
  type Told,
} from '../../../preload/index.ts';
import type { HostPort } from '../../processes/index.ts';
import { libraryFaultOf } from '../store/index.ts';
import { createHandlers, type KioskHandlers, type Services } from './handlers.ts';

/** Answers the guests' windows, each over a port of its own. */
export interface KioskServer {
  /** Until the window, or whatever is at the other end, closes it; its visits end with it. */
  connect(port: HostPort): void;
  /** Tells all windows. @param services from now on; undefined for none */
  setEngine(engine: Engine, services?: Services): void;
}

export function createKioskServer({ kiosk, log }: { kiosk: Omit<Kiosk, 'engine'>; log: Logger }): KioskServer {
  const ports = new Set<HostPort>();
  let engine: Engine = { at: 'starting' };
  let services: Services | undefined;

  return {
    connect: (port) => {
      const ownVisits = new Set<string>();
      const handlers = createHandlers(
        () => ({ ...kiosk, engine }),
        () => services,
        ownVisits,
      );
      const endVisits = () => {
        for (const visitId of ownVisits) services?.visits.end(visitId);
        ownVisits.clear();
      };
      ports.add(port);
      port.on('message', ({ data }) => {
        // What has no id cannot even be refused.
        const ask = askSchema.safeParse(data);
        if (!ask.success) return;
        const { id, method, payload } = ask.data;
        void answer(handlers, method, payload, log).then((value) => {
          if (ports.has(port)) port.postMessage({ type: 'reply', id, value } satisfies Told);
          // The window has gone meanwhile, and nobody else will end what was begun for it.
          else endVisits();
        });
      });
      port.on('close', () => {
        ports.delete(port);
        endVisits();
      });
      port.start();
    },

    setEngine: (now, ready) => {
      engine = now;
      services = ready;
      for (const port of ports) {
        port.postMessage({ type: 'event', name: 'engine:changed', payload: engine } satisfies Told);
      }
    },
  };
}

/** @returns the method's reply; message.invalid for what the contract does not have; engine.failed, and a line in the log, for a bug */
async function answer(handlers: KioskHandlers, method: string, payload: unknown, log: Logger): Promise<unknown> {
  if (!isMethod(method)) return fail('message.invalid');
  const request = kioskRequests[method].request.safeParse(payload);
  if (!request.success) return fail('message.invalid');
  try {
    // The compiler does not follow that the request is that of this very method.
    return await (handlers[method] as (request: unknown) => unknown)(request.data);
  } catch (error) {
    log.error({ err: error, method }, 'a window’s question failed');
    const fault: Fault = libraryFaultOf(error) ?? { code: 'engine.failed' };
    return { ok: false, fault };
  }
}

const isMethod = (method: string): method is KioskMethod => Object.hasOwn(kioskRequests, method);
