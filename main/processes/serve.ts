import type { z } from 'zod';
import { toChildSchema, type Contract, type FromChild, type Reply } from './contract.ts';
import { hostLine, type HostPort } from './host.ts';

/** One function a method; the request has been validated. A handler that throws is a bug and is reported as one. */
export type Handlers<C extends Contract> = {
  [M in keyof C]: (request: z.output<C[M]['request']>) => Promise<Reply<C, M>> | Reply<C, M>;
};

interface Link {
  post(message: FromChild): void;
  onMessage(listener: (message: unknown) => void): void;
}

/**
 * The child's side: waits for `open`, then answers calls until told to stop or until the parent is gone.
 *
 * @param contract what is answered; requests are validated against it
 * @param open makes the handlers from the settings; throws if that is not possible, and the parent hears why
 * @param options.beforeEnd closes what has to be closed when the parent asks for an end; it does not run when the parent is gone
 */
export async function serve<C extends Contract>(
  contract: C,
  open: (settings: unknown) => Promise<Handlers<C>>,
  { beforeEnd }: { beforeEnd?: () => Promise<void> | undefined } = {},
): Promise<void> {
  const link = await openLink();
  let handlers: Handlers<C> | undefined;
  let underWay = 0;
  let isStopping = false;

  let ending: Promise<void> | undefined;

  /** What is under way is let finish: native code that is cut off in mid-work may not go quietly. The parent waits only so long. */
  const endIfDone = () => {
    if (isStopping && underWay === 0) ending ??= end();
  };
  const end = async () => {
    await beforeEnd?.();
    process.exit(0);
  };

  const answer = async (id: number, method: string, payload: unknown) => {
    underWay += 1;
    try {
      if (handlers === undefined || !Object.hasOwn(contract, method)) throw new Error(`no such method: ${method}`);
      const value = await handlers[method](contract[method].request.parse(payload) as z.output<C[string]['request']>);
      link.post({ type: 'reply', id, value, rssBytes: process.memoryUsage.rss() });
    } catch (error) {
      const bug = error instanceof Error ? error : new Error(String(error));
      link.post({ type: 'bug', id, message: bug.message, stack: bug.stack ?? '' });
    }
    underWay -= 1;
    endIfDone();
  };

  const begin = async (settings: unknown) => {
    try {
      handlers = await open(settings);
      link.post({ type: 'ready' });
    } catch (error) {
      link.post({ type: 'refused', reason: error instanceof Error ? error.message : String(error) });
    }
  };

  link.onMessage((raw) => {
    const message = toChildSchema.parse(raw);
    switch (message.type) {
      case 'open':
        void begin(message.settings);
        return;
      case 'call':
        link.post({ type: 'began', id: message.id });
        void answer(message.id, message.method, message.payload);
        return;
      case 'stop':
        isStopping = true;
        endIfDone();
        return;
    }
  });
}

/** In a utility process the port that shell hands over ([Note: Worker ports]); in a forked one the IPC channel. */
async function openLink(): Promise<Link> {
  const line = hostLine();
  if (line !== undefined) {
    const port = await new Promise<HostPort>((resolve) => {
      line.on('message', ({ ports }) => {
        const port = ports.at(0);
        if (port !== undefined) resolve(port);
      });
    });
    // Whoever asked for this child is gone: there is no one left to work for.
    port.on('close', endAtOnce);
    return {
      post: (message) => port.postMessage(message),
      onMessage: (listener) => {
        port.on('message', ({ data }) => listener(data));
        port.start();
      },
    };
  }
  process.on('disconnect', endAtOnce);
  if (!process.connected) endAtOnce();
  // A service manager sends its SIGTERM to all of them; the parent decides when this one ends.
  process.on('SIGTERM', () => undefined);
  return {
    // A parent that is gone reads no more; 'disconnect' tells of it.
    post: (message) => process.send?.(message, undefined, undefined, () => undefined),
    onMessage: (listener) => process.on('message', listener),
  };
}

/** Without the exit handlers of native modules: libvips' waits for the picture being decoded, and in WebAssembly for ever. */
const endAtOnce = () => process.kill(process.pid, 'SIGKILL');
