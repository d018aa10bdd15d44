import path from 'node:path';
import { z } from 'zod';
import type { Child, Exit, Spawner } from './spawner.ts';

// [Note: Worker ports] Only Electron's main process can fork utility processes, so core, itself one of them, asks shell.
// Shell forks the worker, makes a MessageChannel, hands one end to the worker and the other to core, and from then on has
// no part in what they say to each other: nothing passes through main for its own sake.

const exitSchema = z.object({
  kind: z.enum(['clean', 'crashed', 'killed']),
  code: z.number().nullable(),
  signal: z.string().nullable(),
});

const sizeSchema = z.object({ widthMm: z.number().positive(), heightMm: z.number().positive() });

/** A picture that shell prints on one page. */
export const hostPageSchema = z.object({
  /** The system's name of it. */
  printer: z.string().min(1),
  title: z.string(),
  /** Absolute path of a JPEG. */
  file: z.string().refine((file) => path.isAbsolute(file) && file.endsWith('.jpg')),
  /** The paper, held upright. */
  paper: sizeSchema,
  /** As it is looked at: wider than high for one that lies. */
  picture: sizeSchema,
});

/** A printer as Electron tells of it: `status` and `isDefault` only in older ones, of the rest whatever the system has. */
export const hostPrinterSchema = z.object({
  name: z.string(),
  displayName: z.string(),
  description: z.string(),
  status: z.number().optional(),
  isDefault: z.boolean().optional(),
  options: z.record(z.string(), z.string()).catch({}),
});

/** `no-printer` and `failed`: nothing was printed. `unclear`: the system has been told to, and says nothing of it. */
const printOutcomeSchema = z.discriminatedUnion('at', [
  z.object({ at: z.literal('spooled') }),
  z.object({ at: z.literal('no-printer') }),
  z.object({ at: z.literal('failed'), detail: z.string() }),
  z.object({ at: z.literal('unclear') }),
]);

/** Core to shell. */
export const hostRequestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('host:spawn'), childId: z.number(), entry: z.string() }),
  z.object({ type: z.literal('host:kill'), childId: z.number() }),
  /** Base 64; answered by `host:secret`. */
  z.object({ type: z.literal('host:wrap'), id: z.number(), value: z.string() }),
  z.object({ type: z.literal('host:unwrap'), id: z.number(), value: z.string() }),
  /** Answered by `host:printer-list`. */
  z.object({ type: z.literal('host:printers'), id: z.number() }),
  /** Answered by `host:printed`, in a minute at most for each page that is asked for before it. */
  z.object({ type: z.literal('host:print'), id: z.number(), page: hostPageSchema }),
  /** Staff want the whole booth to end. */
  z.object({ type: z.literal('host:quit') }),
]);

/** Shell to core. `host:spawned` carries the worker's port. */
export const hostMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('host:spawned'), childId: z.number(), pid: z.number().optional() }),
  z.object({ type: z.literal('host:exited'), childId: z.number(), exit: exitSchema }),
  z.object({ type: z.literal('host:stop') }),
  z.object({ type: z.literal('host:secret'), id: z.number(), value: z.string().optional() }),
  /** Without `printers`: the system does not tell. */
  z.object({ type: z.literal('host:printer-list'), id: z.number(), printers: z.array(hostPrinterSchema).optional() }),
  z.object({ type: z.literal('host:printed'), id: z.number(), outcome: printOutcomeSchema }),
]);

export type HostRequest = z.infer<typeof hostRequestSchema>;
export type HostMessage = z.infer<typeof hostMessageSchema>;
export type HostPage = z.infer<typeof hostPageSchema>;
export type HostPrinter = z.infer<typeof hostPrinterSchema>;
export type PrintOutcome = z.infer<typeof printOutcomeSchema>;

/** The part of Electron's MessagePortMain that is used here; named structurally so that this room needs no Electron. */
export interface HostPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(message: unknown): void;
  start(): void;
}

/** The part of a utility process's `parentPort` that is used here. */
export interface HostLine {
  on(event: 'message', listener: (event: { data: unknown; ports: HostPort[] }) => void): unknown;
  postMessage(message: unknown): void;
}

/** The line to shell, if this process is one of Electron's utility processes. */
export const hostLine = (): HostLine | undefined => (process as { parentPort?: HostLine }).parentPort;

/** Asks shell to end the whole booth. */
export const askToQuit = (line: HostLine): void => line.postMessage({ type: 'host:quit' } satisfies HostRequest);

/** Spawns by asking shell over the given line. See [Note: Worker ports]. */
export function createHostSpawner(line: HostLine): Spawner {
  const children = new Map<number, HostedChild>();
  let lastChildId = 0;

  line.on('message', ({ data, ports }) => {
    const message = hostMessageSchema.safeParse(data);
    if (!message.success || !('childId' in message.data)) return;
    const child = children.get(message.data.childId);
    if (child === undefined) return;
    if (message.data.type === 'host:spawned') {
      child.connect(ports.at(0), message.data.pid);
    } else {
      children.delete(message.data.childId);
      child.exited(message.data.exit);
    }
  });

  return (spec) => {
    lastChildId += 1;
    const childId = lastChildId;
    const child = createHostedChild(() => {
      line.postMessage({ type: 'host:kill', childId } satisfies HostRequest);
    });
    children.set(childId, child);
    line.postMessage({ type: 'host:spawn', childId, entry: spec.entry } satisfies HostRequest);
    return child;
  };
}

interface HostedChild extends Child {
  connect(port: HostPort | undefined, pid: number | undefined): void;
  exited(exit: Exit): void;
}

function createHostedChild(kill: () => void): HostedChild {
  const listeners: ((message: unknown) => void)[] = [];
  const exitListeners: ((exit: Exit) => void)[] = [];
  const waiting: unknown[] = [];
  let port: HostPort | undefined;
  let childPid: number | undefined;

  return {
    get pid() {
      return childPid;
    },
    post: (message) => {
      if (port === undefined) waiting.push(message);
      else port.postMessage(message);
    },
    onMessage: (listener) => listeners.push(listener),
    onExit: (listener) => exitListeners.push(listener),
    kill,
    connect: (arrived, pid) => {
      if (arrived === undefined) return;
      port = arrived;
      childPid = pid;
      port.on('message', ({ data }) => {
        for (const listener of listeners) listener(data);
      });
      port.start();
      for (const message of waiting.splice(0)) port.postMessage(message);
    },
    exited: (exit) => {
      for (const listener of exitListeners) listener(exit);
    },
  };
}
