import type { Logger } from 'pino';
import type { z } from 'zod';
import { askSchema, fail, type Fault, type Told } from '../../../preload/index.ts';
import type { HostPort } from '../../processes/index.ts';
import { libraryFaultOf } from '../store/index.ts';

/** What a kind of window may ask: the schema of each request, and of its reply. */
export type PortRequests = Record<string, { request: z.ZodType; reply: z.ZodType }>;

/** One function a method; the request has been validated. */
export type PortHandlers<R extends PortRequests> = {
  [M in keyof R]: (request: z.output<R[M]['request']>) => z.output<R[M]['reply']> | Promise<z.output<R[M]['reply']>>;
};

export interface AnsweredPort {
  tell: (name: string, payload: unknown) => void;
}

/**
 * Answers one window over its port until it is closed.
 *
 * A method that the contract does not have, or a request that is not as agreed, is answered with message.invalid; a bug with engine.failed and a
 * line in the log; a disk that fails with its library.* fault.
 *
 * @param deps.onClose once the window is gone; again for each answer that came too late for it
 */
export function answerPort<R extends PortRequests>(deps: {
  requests: R;
  handlers: PortHandlers<R>;
  port: HostPort;
  log: Logger;
  onClose: () => void;
}): AnsweredPort {
  const { port, onClose } = deps;
  let isOpen = true;
  const post = (message: Told) => port.postMessage(message);

  port.on('message', ({ data }) => {
    // What has no id cannot even be refused.
    const ask = askSchema.safeParse(data);
    if (!ask.success) return;
    const { id, method, payload } = ask.data;
    void answer(deps, method, payload).then((value) => {
      if (isOpen) post({ type: 'reply', id, value });
      // The window has gone meanwhile, and nobody else will end what was begun for it.
      else onClose();
    });
  });
  port.on('close', () => {
    isOpen = false;
    onClose();
  });
  port.start();

  return {
    tell: (name, payload) => {
      if (isOpen) post({ type: 'event', name, payload });
    },
  };
}

async function answer<R extends PortRequests>(
  { requests, handlers, log }: { requests: R; handlers: PortHandlers<R>; log: Logger },
  method: string,
  payload: unknown,
): Promise<unknown> {
  if (!Object.hasOwn(requests, method)) return fail('message.invalid');
  const request = requests[method].request.safeParse(payload);
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
