import { z } from 'zod';
import {
  fail,
  kioskEvents,
  kioskRequests,
  toldSchema,
  type Ask,
  type Bridge,
  type BridgeMessage,
  type FaultCode,
  type KioskEvents,
  type KioskMethod,
  type KioskReply,
  type KioskRequest,
} from '../../../preload/index.ts';
import { createPendingAsks } from './pendingAsks.ts';

/** Core answers within this, or the guest is told that it did not. */
const deadlineMs = 10_000;

const bridgeMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('findme:port') }),
  z.object({ type: z.literal('findme:lost') }),
]) satisfies z.ZodType<BridgeMessage>;

/** `open`: a core is there, and knows nothing of a visit yet. */
export type Line = 'open' | 'lost';

export interface Booth {
  /** Asks shell for the line. It comes with onLine, and again each time core was started anew. */
  connect(): void;
  /**
   * @returns core's reply; engine.starting where there is no line or it was lost meanwhile, engine.search-failed after ten seconds,
   * message.invalid for a reply that is not what was agreed
   */
  ask<M extends KioskMethod>(method: M, payload: KioskRequest<M>): Promise<KioskReply<M>>;
  onLine(listener: (line: Line) => void): void;
  onEvent<E extends keyof KioskEvents>(name: E, listener: (payload: KioskEvents[E]) => void): void;
}

/** The part of `window` that is used here. */
export interface Page extends EventTarget {
  location: { origin: string };
}

/** @param page the window itself, to which the bridge posts the port */
export function createBooth({ bridge, page }: { bridge: Pick<Bridge, 'connect'>; page: Page }): Booth {
  const asks = createPendingAsks({ deadlineMs });
  const lineListeners: ((line: Line) => void)[] = [];
  const eventListeners: { [E in keyof KioskEvents]: ((payload: KioskEvents[E]) => void)[] } = { 'engine:changed': [] };
  let port: MessagePort | undefined;

  function receive(event: Event): void {
    // Nobody else may hand this window a line: no frame, no opener, no other origin.
    if (!(event instanceof MessageEvent) || event.source !== page || event.origin !== page.location.origin) return;
    const message = bridgeMessageSchema.safeParse(event.data);
    if (!message.success) return;
    const arrived = message.data.type === 'findme:port' ? event.ports[0] : undefined;
    lose();
    if (arrived !== undefined) take(arrived);
  }

  function take(arrived: MessagePort): void {
    port = arrived;
    arrived.addEventListener('message', ({ data }) => hear(data));
    arrived.addEventListener('close', () => {
      if (port === arrived) lose();
    });
    arrived.start();
    for (const listener of lineListeners) listener('open');
  }

  function lose(): void {
    if (port === undefined) return;
    port.close();
    port = undefined;
    asks.lose();
    for (const listener of lineListeners) listener('lost');
  }

  function hear(data: unknown): void {
    const told = toldSchema.safeParse(data);
    if (!told.success) return;
    if (told.data.type === 'reply') asks.reply(told.data.id, told.data.value);
    else if (told.data.name === 'engine:changed') tell('engine:changed', told.data.payload);
  }

  function tell(name: keyof KioskEvents, payload: unknown): void {
    const event = kioskEvents[name].safeParse(payload);
    if (!event.success) return;
    for (const listener of eventListeners[name]) listener(event.data);
  }

  return {
    connect: () => {
      page.addEventListener('message', receive);
      bridge.connect();
    },

    ask: <M extends KioskMethod>(method: M, payload: KioskRequest<M>) =>
      new Promise<KioskReply<M>>((resolve) => {
        // Every reply of the contract is a Result.
        const refuse = (code: FaultCode) => resolve(fail(code) as KioskReply<M>);
        if (port === undefined) {
          refuse('engine.starting');
          return;
        }
        const id = asks.add(
          (value) => {
            const reply = kioskRequests[method].reply.safeParse(value);
            if (reply.success) resolve(reply.data as KioskReply<M>);
            else refuse('message.invalid');
          },
          () => refuse('engine.search-failed'),
          () => refuse('engine.starting'),
        );
        port.postMessage({ type: 'ask', id, method, payload } satisfies Ask);
      }),

    onLine: (listener) => lineListeners.push(listener),
    onEvent: (name, listener) => eventListeners[name].push(listener),
  };
}
