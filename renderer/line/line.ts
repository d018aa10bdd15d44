import { z } from 'zod';
import { fail, toldSchema, type Ask, type Bridge, type BridgeMessage, type FaultCode } from '../../preload/index.ts';
import { createPendingAsks } from './pendingAsks.ts';

const bridgeMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('findme:port') }),
  z.object({ type: z.literal('findme:lost') }),
]) satisfies z.ZodType<BridgeMessage>;

/** What a kind of window may ask: the schema of each request, and of its reply, which is a Result. */
type Requests = Record<string, { request: z.ZodType; reply: z.ZodType }>;
/** What it is told. */
type Events = Record<string, z.ZodType>;

/** `open`: a core is there, and knows nothing of this window yet. */
export type LineState = 'open' | 'lost';

export interface Line<R extends Requests, E extends Events> {
  /** Asks shell for the line. It comes with onLine, and again each time core was started anew. */
  connect(): void;
  /**
   * @returns core's reply; engine.starting where there is no line or it was lost meanwhile, engine.search-failed after the deadline,
   * message.invalid for a reply that is not what was agreed
   */
  ask<M extends keyof R & string>(method: M, payload: z.input<R[M]['request']>): Promise<z.output<R[M]['reply']>>;
  onLine(listener: (state: LineState) => void): void;
  /** @returns what ends the listening */
  onEvent<N extends keyof E & string>(name: N, listener: (payload: z.output<E[N]>) => void): () => void;
}

/** The part of `window` that is used here. */
export interface Page extends EventTarget {
  location: { origin: string };
}

/**
 * @param deps.page the window itself, to which the bridge posts the port
 * @param deps.deadlineMs core answers within this, or the asker is told that it did not
 */
export function createLine<R extends Requests, E extends Events>(deps: {
  bridge: Pick<Bridge, 'connect'>;
  page: Page;
  requests: R;
  events: E;
  deadlineMs: number;
}): Line<R, E> {
  const { bridge, page, requests, events } = deps;
  const asks = createPendingAsks({ deadlineMs: deps.deadlineMs });
  const lineListeners: ((state: LineState) => void)[] = [];
  const eventListeners = new Map<string, Set<(payload: unknown) => void>>();
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
    else tell(told.data.name, told.data.payload);
  }

  function tell(name: string, payload: unknown): void {
    if (!Object.hasOwn(events, name)) return;
    const event = events[name].safeParse(payload);
    if (!event.success) return;
    for (const listener of eventListeners.get(name) ?? []) listener(event.data);
  }

  return {
    connect: () => {
      page.addEventListener('message', receive);
      bridge.connect();
    },

    ask: <M extends keyof R & string>(method: M, payload: z.input<R[M]['request']>) =>
      new Promise<z.output<R[M]['reply']>>((resolve) => {
        // Every reply of the contract is a Result.
        const refuse = (code: FaultCode) => resolve(fail(code) as z.output<R[M]['reply']>);
        if (port === undefined) {
          refuse('engine.starting');
          return;
        }
        const id = asks.add(
          (value) => {
            const reply = requests[method].reply.safeParse(value);
            if (reply.success) resolve(reply.data as z.output<R[M]['reply']>);
            else refuse('message.invalid');
          },
          () => refuse('engine.search-failed'),
          () => refuse('engine.starting'),
        );
        port.postMessage({ type: 'ask', id, method, payload } satisfies Ask);
      }),

    onLine: (listener) => lineListeners.push(listener),
    onEvent: (name, listener) => {
      const listeners = eventListeners.get(name) ?? new Set();
      // The payload is that of this very event: `tell` has validated it.
      const heard = listener as (payload: unknown) => void;
      eventListeners.set(name, listeners.add(heard));
      return () => void listeners.delete(heard);
    },
  };
}
